"""Unit 10: three oracles for the mended passes, and what makes the broken ones hard to find."""

import re
from pathlib import Path

import autograd.numpy as anp
import nbformat
import numpy as np
import pytest
from autograd import grad

from autograder.grading import reference
from autograder.planted import mistakes, planted
from autograder.solutions import bugs as solution
from course import central_difference, check
from course.driving.naming import WORDS
from course.tasks import bugs, find_task
from course.tasks.bugs.cases import CLEAR
from course.tasks.bugs.naming import IDS, MADE
from tests.proof.planting import loaded

RELEASE = Path(__file__).parents[3] / "release" / "10_find_the_bug" / "find_the_bug.ipynb"
PASSES = [task for task in bugs.TASKS if task.name != "name"]
SMALL = [
    (task, kind)
    for task in PASSES
    for kind in sorted({*task.check_kinds, *task.grade_kinds} - {"vast", "float32"})
]


def cost(parameters, X, Y, relu):
    out, last = X, len(parameters) // 2
    for layer in range(1, last + 1):
        out = anp.dot(out, parameters[f"w{layer}"]) + parameters[f"b{layer}"]
        if layer < last:
            out = anp.where(out > 0, out, 0) if relu else 1 / (1 + anp.exp(-out))
    shifted = out - anp.max(out, axis=1, keepdims=True)
    log_p = shifted - anp.log(anp.sum(anp.exp(shifted), axis=1, keepdims=True))
    return -anp.sum(Y * log_p) / len(Y)


def broken(task):
    """Return the pass as students find it."""
    return loaded(planted("bugs", IDS[task.name]))[task.name]


def slopes(task, function, X, Y, parameters, rate=0.1, size=4):
    """Return the gradients that a pass returns or, where it steps, steps by."""
    more = {"fix_6": (rate,), "fix_8": (size,)}.get(task.name, ())
    came = function(X, Y, parameters, *more)
    if task.name == "fix_6":
        return {key: (value - came[key]) / rate for key, value in parameters.items()}
    return came


@pytest.mark.parametrize(("task", "kind"), SMALL, ids=lambda value: getattr(value, "name", value))
def test_reference_complex_step_and_autograd_agree(task, kind):
    for seed in range(3):
        arguments = task.draw(np.random.default_rng(seed), kind).arguments
        (by_hand,), (by_complex_step,) = (
            reference(task)(**arguments),
            task.truth(**arguments),
        )
        floats = {key: np.asarray(v, dtype=float) for key, v in arguments["parameters"].items()}
        X, Y = (np.asarray(arguments[key], dtype=float) for key in "XY")
        by_autograd = grad(cost)(floats, X, Y, task.name == "fix_4")
        if task.name == "fix_6":
            rate = arguments["rate"]
            by_autograd = {key: floats[key] - rate * by_autograd[key] for key in floats}
        assert by_hand.keys() == by_complex_step.keys() == floats.keys()
        for key in floats:
            np.testing.assert_allclose(by_hand[key], by_complex_step[key], rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(
                by_autograd[key], by_complex_step[key], rtol=1e-9, atol=1e-12
            )


def example(task):
    """Return a batch of 10 and parameters that fit the pass as it is found."""
    rng = np.random.default_rng(4)
    widths = (2, 4, 4, 4, 3) if task.name == "fix_7" else (2, 4, 3)
    X = rng.normal(size=(10, 2))
    Y = np.eye(3)[(X[:, 0] > 0.3).astype(int) + (X[:, 1] > 0.2)]
    parameters = {}
    for layer in range(1, len(widths)):
        parameters[f"w{layer}"] = rng.normal(size=widths[layer - 1 : layer + 1])
        parameters[f"b{layer}"] = 0.1 * rng.normal(size=widths[layer])
    return X, Y, parameters, solution.relu if task.name == "fix_4" else solution.sigmoid


@pytest.mark.parametrize("task", PASSES, ids=lambda task: task.name)
def test_a_broken_pass_looks_right_by_shape_and_by_its_loss(task):
    X, Y, parameters, g = example(task)
    before, found_there = solution.cost(X, Y, parameters, g), broken(task)
    came = slopes(task, found_there, X, Y, parameters)
    assert {k: v.shape for k, v in came.items()} == {k: v.shape for k, v in parameters.items()}
    for _ in range(300):
        found = slopes(task, found_there, X, Y, parameters)
        parameters = {key: value - 0.5 * found[key] for key, value in parameters.items()}
    assert solution.cost(X, Y, parameters, g) < 0.9 * before


@pytest.mark.parametrize("task", PASSES, ids=lambda task: task.name)
def test_a_gradient_check_separates_broken_from_mended(task):
    X, Y, parameters, g = example(task)
    worst = {}
    for label, function in (("broken", broken(task)), ("mended", getattr(solution, task.name))):
        found = slopes(task, function, X, Y, parameters)
        errors = []
        for key in parameters:

            def moved(value, key=key):
                return solution.cost(X, Y, {**parameters, key: value}, g)

            measured = central_difference(moved, parameters[key])
            errors.append(np.abs(found[key] - measured).max() / np.abs(measured).max())
        worst[label] = max(errors)
    assert worst["broken"] > 1e-2
    assert worst["mended"] < 1e-7


@pytest.mark.parametrize("task", PASSES, ids=lambda task: task.name)
def test_the_release_holds_the_broken_pass(task):
    cells = nbformat.read(RELEASE, as_version=4).cells
    (cell,) = (c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == task.name)
    namespace = loaded({**planted("bugs", IDS[task.name]), task.name: cell.source})
    score = check(task.id, namespace[task.name])
    assert score == 0
    assert score.misconceptions == {IDS[task.name]}


def test_the_names_in_the_notebook_are_the_words():
    (cell,) = (c for c in nbformat.read(RELEASE, as_version=4).cells if c.id == "words")
    assert tuple(re.findall(r"^- (.+)$", cell.source, re.MULTILINE)) == WORDS


def test_the_first_plants_are_the_passes_as_found():
    assert tuple(mistakes("bugs"))[:8] == tuple(IDS.values())
    assert all(task.hints[IDS[task.name]] for task in PASSES)


def test_the_names_are_words_of_the_list_and_all_different():
    assert solution.name == MADE
    assert set(MADE.values()) <= set(WORDS[1:])
    assert len(set(MADE.values())) == len(MADE) == 8


def test_a_name_is_read_whatever_its_case():
    said = {task: f" {word.upper().replace(chr(39), chr(0x2019))}. " for task, word in MADE.items()}
    assert check("bugs.name", said) == 8


def test_a_wrong_name_is_found_as_the_mistake_that_was_not_recognised():
    score = check("bugs.name", {**MADE, "fix_3": "mean left out"})
    assert score == 7
    assert score.misconceptions == {"double-mean"}


def test_hard_kinds_are_what_they_say():
    relu = find_task("bugs.fix_4")
    for kind in relu.grade_kinds[:-1]:
        case = relu.draw(np.random.default_rng(1), kind)
        parameters = case.arguments["parameters"]
        z1 = case.arguments["X"] @ parameters["w1"] + parameters["b1"]
        assert np.abs(z1).min() > CLEAR
        assert z1.min() < 0 < z1.max()
    batches = find_task("bugs.fix_8")
    sizes = {}
    for kind in batches.grade_kinds:
        arguments = batches.draw(np.random.default_rng(1), kind).arguments
        sizes[kind] = len(arguments["X"]), arguments["size"]
    assert sizes["even"][0] % sizes["even"][1] == 0
    assert sizes["one row left"][0] % sizes["one row left"][1] == 1
    assert sizes["larger than all"][0] < sizes["larger than all"][1]
    for task in PASSES:
        vast = task.draw(np.random.default_rng(1), "vast").arguments["parameters"]
        assert sum(map(np.size, vast.values())) >= 1e5


def test_points_are_those_of_the_syllabus():
    points = {task.id: task.points for task in bugs.TASKS}
    assert points == {**{f"bugs.fix_{k}": 2 for k in range(1, 9)}, "bugs.name": 8}


def test_a_pass_that_is_half_mended_is_named_as_well():
    def half_mended(X, Y, parameters):
        found = solution.fix_2(X, Y, parameters)
        return {**found, "b1": np.full(len(found["b1"]), found["b1"].sum())}

    score = check("bugs.fix_2", half_mended)
    assert score == 0
    assert score.misconceptions == {"bias-sum-all"}
