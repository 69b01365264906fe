"""The plain way to drive what a student wrote: call it."""

import inspect


def call(function, arguments):
    """Drive a student's function the plain way: arguments in order, or by name if need be."""
    try:
        inspect.signature(function).bind(*arguments.values())
    except TypeError:
        # a signature that takes neither raises here, as the student's own call would
        return function(**arguments)
    except ValueError:  # some built-in functions tell no signature
        pass
    return function(*arguments.values())


def as_it_is(value, arguments):
    """Drive a value, which is its own answer."""
    return value
