"""Every mechanical mutant of a reference solution that changes the result is caught."""

from collections import Counter

import numpy as np
import pytest

from autograder import grade
from course.tasks import UNITS, all_tasks
from tests.proof.mutants import mutants
from tests.proof.planting import alike, loaded, objects, outputs, solutions, tasks_of

EQUIVALENT = Counter()
"""Mutants that are the same function, with how many there are of each."""
for what, number in (
    # addition of arrays commutes, and so does the product of two numbers or arrays
    ("forward:3: operands swapped", 1),
    ("forward:5: operands swapped", 1),
    ("forward:4: operands swapped", 1),
    ("loss:3: operands swapped", 1),
    ("backward:6: operands swapped", 2),
    ("train_step:4: operands swapped", 4),
    # for two vectors, the sum of products is @, and np.sum of that number is itself
    ("loss:3: Mult to MatMult", 1),
    # z1 and z2 trade names, and neither is used afterwards
    ("backward:3: elts 0 and 2 swapped", 1),
):
    EQUIVALENT[what] = number


def all_mutants():
    for unit in UNITS:
        sources = solutions(unit)
        for task in tasks_of(unit, sources):
            for what, text in mutants(sources[task.name]):
                yield unit, task, what, text


@pytest.mark.slow
def test_mechanical_mutants_are_caught():
    changed, survived, unchanged = 0, [], []
    for unit, task, what, text in all_mutants():
        sources = {**solutions(unit), task.name: text}
        try:
            function = loaded(sources)[task.name]
        except SyntaxError:
            continue
        # cases of the test's own, so that "changes the result" does not lean on the grade's draw
        rng = np.random.default_rng(99)
        cases = [task.draw(rng, kind) for kind in task.grade_kinds for _ in range(3)]
        right = loaded(solutions(unit))
        if alike(outputs(function, task, cases), outputs(right[task.name], task, cases)):
            unchanged.append(what)
            continue
        changed += 1
        given = [function, *objects(task, right)[1:]]
        if grade(task.id, *given) >= task.points:
            survived.append((what, text))
    assert not survived
    assert changed >= 300, changed
    assert Counter(unchanged) == EQUIVALENT


def test_the_mutator_makes_what_it_says():
    texts = dict(mutants("def f(a, b):\n    return a.T @ b, -2 * a"))
    assert "def f(a, b):\n    return (a.real @ b, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (a.T * b, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (a.T @ a, -2 * a)" in texts.values()
    assert "def f(a, b):\n    return (-2 * a, a.T @ b)" in texts.values()
    assert len(set(texts.values())) == len(texts)
    assert all_tasks()
