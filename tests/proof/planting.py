"""Trying solutions given as source text: the planted ones, the mutated ones, the rewritten ones."""

import numpy as np

from autograder.planted import function_sources
from course.arguments import fresh
from course.reading import as_parts
from course.running import run
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
    given = [namespace[name] for name in task.objects or (task.name,)]
    if task.leans_on:
        given.append(namespace[task.leans_on.name])
    return given


def tasks_of(unit, functions):
    """Return the tasks of a unit whose functions are among those named."""
    tasks = all_tasks().values()
    return [t for t in tasks if t.id.partition(".")[0] == unit and t.name in functions]


def cases_of(task, rng, times=1):
    """Draw the grade's kinds of case, but for the vast one: a slow answer never ends there."""
    cases = [task.draw(rng, kind) for kind in task.grade_kinds for _ in range(times)]
    return [case for case in cases if "vast" not in case.traits]


def outputs(given, task, cases, patience=1):
    """Yield what the objects return on each case, part by part; None where they raise.

    patience : how many times as long as usual a call may take.
    """
    student, _ = task.asked.handed_over(given)
    for case in cases:
        arguments = fresh(case.arguments)
        outcome = run(task.drive, student, arguments, seconds=patience * task.seconds)
        # read as a check reads it: a mutant may put a list into itself
        read = run(as_parts, task, outcome.value).value
        whole = read is not None and not any(isinstance(entry, str) for entry in read)
        yield [_numbers(entry) for entry in read] if whole else None


def _numbers(value):
    """Return a part's value as floats; of several arrays, their shapes are among them."""
    shapes = [n for _, shape in getattr(value, "shapes", ()) for n in (*shape, np.inf)]
    return np.append(np.asarray(value, dtype=float), shapes) if shapes else np.asarray(value, float)


def alike(one, other):
    """Whether outputs agree to rounding, case by case; raising is unlike values."""
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
