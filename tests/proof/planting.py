"""Trying solutions given as source text: the planted ones, the mutated ones, the rewritten ones."""

import numpy as np

from autograder.planted import function_sources
from course.running import fresh, run
from course.tasks import all_tasks


def unit_module(unit):
    """Return the module of a unit's reference solutions."""
    from importlib import import_module

    return import_module(f"autograder.solutions.{unit}")


def solutions(unit):
    """Return the source of a unit's reference solutions, function by function."""
    return function_sources(unit_module(unit))


def loaded(sources):
    """Return the functions that the sources define, in one namespace, as in a notebook."""
    namespace = {"np": np}
    for text in sources.values():
        exec(compile(text, "<solution>", "exec"), namespace)
    return namespace


def objects(task, namespace):
    """Return what a notebook hands to a check of the task: its function, and what it leans on."""
    given = [namespace[task.name]]
    if task.leans_on:
        given.append(namespace[task.leans_on.name])
    return given


def tasks_of(unit, functions):
    """Return the tasks of a unit whose functions are among those named."""
    tasks = all_tasks().values()
    return [t for t in tasks if t.id.partition(".")[0] == unit and t.name in functions]


def outputs(function, task, cases):
    """Return what the function returns on each case, flattened; None where it raises."""
    flat = []
    for case in cases:
        arguments = fresh(case.arguments)
        outcome = run(task.drive, function, arguments)
        value = outcome.value if len(task.parts) > 1 else (outcome.value,)
        try:
            arrays = [np.asarray(part, dtype=float) for part in value]
        except (TypeError, ValueError):
            arrays = None
        flat.append(arrays)
    return flat


def alike(one, other):
    """Whether two lists of outputs agree to rounding, case by case; raising is unlike values."""
    for a, b in zip(one, other, strict=True):
        if (a is None) != (b is None):
            return False
        if a is None:
            continue
        if len(a) != len(b):
            return False
        for x, y in zip(a, b, strict=True):
            if x.shape != y.shape or not np.allclose(x, y, rtol=1e-9, atol=1e-12, equal_nan=True):
                return False
    return True
