"""Mistakes planted in the reference solutions, to test the graders and to fill example classes.

A module a unit, `autograder.planted.UNIT`, holds MISTAKES: the id of a mistake -> its edits.
"""

import inspect
from importlib import import_module
from typing import NamedTuple


class Edit(NamedTuple):
    """One change of a reference solution's source.

    function : the function's name; old : text that occurs in it exactly once; new : what
    stands there afterwards.
    """

    function: str
    old: str
    new: str


def reference_sources(unit):
    """Return the source of a unit's reference solutions: function -> text, in their order."""
    return function_sources(import_module(f"autograder.solutions.{unit}"))


def function_sources(module):
    """Return the source of each function or class that a module defines: name -> text, in order."""
    return {
        name: inspect.getsource(value)
        for name, value in vars(module).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
    }


def edited(sources, edits):
    """Return a copy of the sources with the edits made, in turn.

    sources : function -> text; edits : iterable of Edit. Raises ValueError where an edit names
    no function of the sources, or where its old text does not occur exactly once.
    """
    sources = dict(sources)
    for function, old, new in edits:
        if function not in sources:
            raise ValueError(
                f"Got an edit of {function!r}, but the functions are {', '.join(sources)}."
            )
        times = sources[function].count(old)
        if times != 1:
            raise ValueError(
                f"Got an edit of {function!r} whose old text occurs {times} times, but it must "
                f"occur once: {old!r}."
            )
        sources[function] = sources[function].replace(old, new)
    return sources


def mistakes(unit):
    """Return a unit's planted mistakes: id -> edits."""
    return import_module(f"autograder.planted.{unit}").MISTAKES


def planted(unit, mistake):
    """Return the unit's reference sources with one mistake in them: function -> text.

    Raises ValueError for a mistake that the unit does not have, naming those it has.
    """
    known = mistakes(unit)
    if mistake not in known:
        raise ValueError(
            f"Got the mistake {mistake!r}, but planted in {unit} are: {', '.join(known)}."
        )
    return edited(reference_sources(unit), known[mistake])
