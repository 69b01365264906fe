"""The plain way to drive what a student wrote: call it."""

import inspect
from functools import lru_cache


def call(function, arguments):
    """Drive a student's function the plain way: arguments in order, or by name if need be."""
    if _takes_in_order(function, len(arguments)):
        return function(*arguments.values())
    # a signature that takes neither raises here, as the student's own call would
    return function(**arguments)


def _takes_in_order(function, count):
    """Whether a function takes so many arguments without their names."""
    # one function is called on case after case; what is none, or has attributes, such as that of
    # functools.wraps, may take others meanwhile
    if not inspect.isfunction(function) or vars(function):
        return _binds(function, count)
    # %autoreload gives a function another code and other defaults
    named = frozenset(function.__kwdefaults__ or ())
    return _kept(function, function.__code__, len(function.__defaults__ or ()), named, count)


@lru_cache(maxsize=16)
def _kept(function, code, defaults, named, count):
    return _binds(function, count)


def _binds(function, count):
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # some built-in functions tell no signature
        pass
    return True


def as_it_is(value, arguments):
    """Drive a value, which is its own answer."""
    return value
