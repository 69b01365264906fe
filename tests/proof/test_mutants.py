"""Every mechanical mutant of a reference solution that changes the result is caught."""

import zlib
from collections import Counter
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from autograder.grading import reference
from course.judging import judge
from course.tasks import UNITS, all_tasks
from course.trying import LocalAnswer
from tests.proof.mutants import mutants
from tests.proof.planting import alike, cases_of, loaded, objects, outputs, solutions, tasks_of


def judged_quickly(task, given):
    """Return the points of the grade without asking which mistake it was: that takes longest."""
    rng = np.random.default_rng(7)
    cases = cases_of(task, rng)
    unnamed = replace(task, mistakes=())
    answer = LocalAnswer(unnamed.asked, given)
    return sum(finding.earned for finding in judge(unnamed, answer, cases, reference))


SAMPLE = 15
"""How many mutants of a task are tried, about, where not all are asked for."""


PATIENCE = 10
"""How many times as long as usual a call may take that is known to end."""


def sampled(source, everything):
    """Return a task's mutants: all, or a sample that depends on their texts alone."""
    made = list(mutants(source))
    if everything or len(made) <= SAMPLE:
        return made
    return [(w, text) for w, text in made if zlib.crc32(text.encode()) % len(made) < SAMPLE]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_mechanical_mutants_are_caught(unit, request):
    everything = request.config.getoption("--all-mutants")
    known = import_module(f"tests.proof.units.{unit}")
    changed, survived, unchanged = 0, [], []
    sources = solutions(unit)
    right = loaded(sources)
    for task in tasks_of(unit, sources):
        if task.name in getattr(known, "MANY_RIGHT", ()):
            continue
        # cases of the test's own, so that "changes the result" does not lean on the grade's draw
        rng = np.random.default_rng(99)
        cases = cases_of(task, rng, times=3)
        wanted = list(outputs(objects(task, right), task, cases, PATIENCE))
        for what, text in sampled(sources[task.name], everything):
            try:
                names = loaded({**sources, task.name: text})
            except SyntaxError:
                continue
            given = [names[name] for name in task.objects or (task.name,)]
            given += objects(task, right)[len(given) :]
            if alike(outputs(given, task, cases), wanted):
                unchanged.append(what)
                continue
            if judged_quickly(task, given) < task.points:
                changed += 1
            # where the machine was busy, it may not have come back in time before
            elif alike(outputs(given, task, cases, PATIENCE), wanted):
                unchanged.append(what)
            else:
                survived.append((what, text))
    assert not survived
    assert Counter(unchanged) <= Counter(known.EQUIVALENT)
    if everything:
        assert changed >= known.AT_LEAST, changed
        assert Counter(unchanged) == known.EQUIVALENT


def test_the_mutator_makes_what_it_says():
    texts = dict(mutants("def f(a, b):\n    return a.T @ b, -2 * a"))
    assert "def f(a, b):\n    return (a.real @ b, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (a.T * b, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (a.T @ a, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (-2 * a, a.T @ b)" in texts.values()
    assert len(set(texts.values())) == len(texts)
    assert all_tasks()
