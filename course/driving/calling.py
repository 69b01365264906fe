"""The plain way to drive what a student wrote: call it."""

import inspect
from functools import lru_cache


def call(function, arguments):
    """Drive a student's function the plain way: arguments in order, or by name if need be."""
    try:
        _signature(function).bind(*arguments.values())
    except TypeError:
        # a signature that takes neither raises here, as the student's own call would
        return function(**arguments)
    except ValueError:  # some built-in functions tell no signature
        pass
    return function(*arguments.values())


def _signature(function):
    # one function is called on case after case; what is none, or has attributes, such as that of
    # functools.wraps, may take others meanwhile
    if not inspect.isfunction(function) or vars(function):
        return inspect.signature(function)
    # %autoreload gives a function another code and other defaults
    named = frozenset(function.__kwdefaults__ or ())
    return _kept(function, function.__code__, len(function.__defaults__ or ()), named)


@lru_cache(maxsize=16)
def _kept(function, code, defaults, named):
    return inspect.signature(function)


def as_it_is(value, arguments):
    """Drive a value, which is its own answer."""
    return value
