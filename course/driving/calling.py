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
    # one function is called on case after case; what is no function may change, or have no hash
    return _kept(function) if inspect.isfunction(function) else inspect.signature(function)


_kept = lru_cache(maxsize=16)(inspect.signature)


def as_it_is(value, arguments):
    """Drive a value, which is its own answer."""
    return value
