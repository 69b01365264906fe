"""Damaged notebooks through the whole worker, and a class of them: graded, never a crash."""

import math
import shutil

import nbformat
import numpy as np
import pytest

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.run.grade_class import grade_class
from autograder.run.job import Job
from autograder.run.worker import grade_job
from autograder.seal import Limits

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in, with_answer
from ..mending.fuzz import mutated
from ..mending.units import pattern, solved
from ..nbgrader_command import points_of

FUZZED = ("00_start_here", "05_two_layer")
LIMITS = Limits(cell_seconds=10, notebook_seconds=40)
DAMAGED, HONEST_EVERY = 24, 8


def graded(unit, data):
    """Return the GradedNotebook of bytes that were handed in for a unit."""
    job = Job(
        unit, "ana", {"it": pattern(unit)}, {"it": data},
        secret="5e" * 32, limits=LIMITS, given={"it": given(unit)},
    )  # fmt: skip
    result = grade_job(job)
    assert result.failure == ""
    (notebook,) = result.notebooks
    return notebook


def given(unit):
    """Return the code that students were given: its pictures are drawn once for all."""
    cells = nbformat.reads(solved(unit).decode(), as_version=4).cells
    return tuple(cell.source for cell in cells if cell.cell_type == "code")


def hold(notebook, unit):
    """Assert what is true of every graded notebook."""
    expected = {cell.grade_id: cell.points for cell in pattern(unit).cells if cell.grade}
    assert {grade.grade_id: grade.possible for grade in notebook.grades} == expected
    assert len(notebook.grades) == len(expected)
    for grade in notebook.grades:
        if grade.points is not None:
            assert math.isfinite(grade.points)
            assert 0 <= grade.points <= grade.possible
    nbformat.validate(nbformat.reads(notebook.data.decode(), as_version=4))


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.parametrize("unit", FUZZED)
def test_whatever_is_handed_in_is_graded(unit, request):
    number = 2_000 if request.config.getoption("--all-mutants") else 20
    points = []
    for seed in range(number):
        rng = np.random.default_rng([3, FUZZED.index(unit), seed])
        notebook = graded(unit, mutated(rng, solved(unit)))
        hold(notebook, unit)
        points.append(sum(grade.points or 0 for grade in notebook.grades))
    # most damage is mended, and some leaves nothing to grade
    assert len(set(points)) > 1
    whole = sum(cell.points for cell in pattern(unit).cells if cell.grade)
    # the sandbox has come through it
    assert sum(grade.points for grade in graded(unit, solved(unit)).grades) == whole


@pytest.mark.slow
@pytest.mark.nbgrader
def test_a_class_of_damaged_notebooks_leaves_the_honest_ones_their_points(tmp_path):
    root = tmp_path / "class"
    assert main(["example-class", ASSIGNMENT, "--students", "1", "--course-root", str(root)]) == 0
    # what was given draws its pictures once for the class
    shutil.copytree(ROOT / "release" / ASSIGNMENT, root / "release" / ASSIGNMENT)
    source = ROOT / "source" / ASSIGNMENT / NOTEBOOK
    whole = solved(ASSIGNMENT)
    weak = with_answer(source, "loss", "def loss(p, y):\n    return 0.0")
    deserved = {}
    for seed in range(DAMAGED):
        damaged = mutated(np.random.default_rng([4, seed]), whole)
        hand_in(root, f"s{seed:03}-damaged", {NOTEBOOK: damaged})
        if seed % HONEST_EVERY == 0:
            hand_in(root, f"s{seed:03}-honest", {NOTEBOOK: whole})
            deserved[f"s{seed:03}-honest"] = [6, 4, 2, 10, 8]
            hand_in(root, f"s{seed:03}-weak", {NOTEBOOK: weak})
            deserved[f"s{seed:03}-weak"] = [6, 4, 0, 10, 8]
    done = list(grade_class(Course(root), ASSIGNMENT, workers=2))
    assert [one for one in done if one.failure] == []
    everybody = 1 + DAMAGED + len(deserved)
    assert len(done) == everybody
    points = points_of(root, ASSIGNMENT)
    assert len(points) == everybody
    tests = [f"check_{name}" for name in ("stages", "forward", "loss", "backward", "train_step")]
    for student, expected in deserved.items():
        earned = points[student]
        assert [earned["two_layer", test] for test in tests] == expected
    most = dict(zip(tests, [6, 4, 2, 10, 8], strict=True))
    for earned in points.values():
        for (_, cell), score in earned.items():
            assert cell not in most or 0 <= score <= most[cell]
