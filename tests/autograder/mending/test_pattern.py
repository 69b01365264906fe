"""Patterns as the gradebook gives them, and nbgrader's own steps on what was mended to them."""

import json
import shutil

import nbformat
import numpy as np
import pytest
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    OverwriteCells,
    OverwriteKernelspec,
)

from autograder.course_folder import Course
from autograder.mending import ExpectedCell, mend, pattern_of, patterns_of
from autograder.mending.pattern import checksum, released
from autograder.through_nbgrader.assignment import record_assignment

from .fuzz import mutated
from .small import PATTERN, notebook
from .units import ROOT, pattern, solved

UNIT = "05_two_layer"


def sanitized(of, course, assignment, name):
    """Return a notebook after the steps that nbgrader takes before it executes one."""
    resources = {
        "nbgrader": {
            "notebook": name,
            "assignment": assignment,
            "db_url": course.directory().db_url,
        }
    }
    steps = (ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata)
    for step in steps:
        of, resources = step().preprocess(of, resources)
    return of


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of one unit, recorded in a gradebook of its own."""
    root = tmp_path_factory.mktemp("recorded")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / UNIT, root / "source" / UNIT)
    course = Course(root)
    record_assignment(course, UNIT)
    return course


@pytest.fixture
def quickstart(quickstart_course, tmp_path):
    """The course that `nbgrader quickstart` makes: manual answers, tasks, two notebooks."""
    course = Course(shutil.copytree(quickstart_course, tmp_path / quickstart_course.name))
    record_assignment(course, "ps1")
    return course


def test_a_pattern_holds_the_marked_cells_in_their_order():
    assert [cell.grade_id for cell in PATTERN.cells] == [
        "setup",
        "forward",
        "check_forward",
        "essay",
        "loss",
        "check_loss",
    ]
    setup, forward, check, essay, *_ = PATTERN.cells
    assert (setup.locked, setup.grade, setup.points) == (True, False, None)
    assert (forward.locked, forward.solution) == (False, True)
    assert (check.locked, check.points) == (True, 3)
    assert (essay.locked, essay.cell_type, essay.points) == (False, "markdown", 4)
    assert released(check) == "assert forward(1) == 2"
    assert "BEGIN HIDDEN" in check.source
    assert pattern_of(notebook()).cells[2].source == released(check)


def test_what_is_hidden_is_told_from_the_source_alone():
    cell = ExpectedCell("a", "code", "a\n# BEGIN HIDDEN TESTS\nb\n# END HIDDEN TESTS\nc")
    assert released(cell) == "a\nc"


@pytest.mark.nbgrader
def test_the_gradebook_gives_the_pattern_of_the_source(course):
    patterns = patterns_of(course, UNIT)
    assert patterns == {"two_layer": pattern(UNIT)}
    with course.gradebook() as book:
        recorded = {
            cell.name: cell.checksum for cell in book.find_notebook("two_layer", UNIT).source_cells
        }
    assert {cell.grade_id: checksum(cell) for cell in patterns["two_layer"].cells} == recorded


@pytest.mark.nbgrader
def test_an_honest_notebook_is_what_nbgrader_would_execute(course):
    (expected,) = patterns_of(course, UNIT).values()
    honest = nbformat.reads(solved(UNIT).decode(), as_version=4)
    stock = sanitized(honest, course, UNIT, "two_layer")
    result = mend(solved(UNIT), expected)
    assert result.mends == ()
    assert [(c.cell_type, c.id, c.source) for c in result.notebook.cells] == [
        (c.cell_type, c.id, c.source) for c in stock.cells
    ]
    ours = [cell.metadata.get("nbgrader") for cell in result.notebook.cells]
    assert ours == [cell.metadata.get("nbgrader") for cell in stock.cells]


@pytest.mark.nbgrader
def test_a_released_notebook_needs_no_mending(course):
    (expected,) = patterns_of(course, UNIT).values()
    (path,) = (ROOT / "release" / UNIT).glob("*.ipynb")
    result = mend(path.read_bytes(), expected)
    assert result.mends == ()
    before = nbformat.read(path, as_version=4).cells
    for cell, given in zip(result.notebook.cells, before, strict=True):
        assert {**cell.metadata, "nbgrader": 0} == {**given.metadata, "nbgrader": 0}


@pytest.mark.nbgrader
@pytest.mark.slow
def test_nbgrader_has_nothing_to_change_in_what_was_mended(course):
    (expected,) = patterns_of(course, UNIT).values()
    for seed in range(60):
        data = mutated(np.random.default_rng([3, seed]), solved(UNIT))
        before = mend(data, expected).notebook
        after = sanitized(
            nbformat.from_dict(json.loads(json.dumps(before))), course, UNIT, "two_layer"
        )
        assert after == before, seed


@pytest.mark.nbgrader
@pytest.mark.slow
def test_the_quickstart_course_is_read_and_its_release_needs_no_mending(quickstart):
    patterns = patterns_of(quickstart, "ps1")
    assert list(patterns) == ["problem1", "problem2"]
    for name, expected in patterns.items():
        order = [
            cell.metadata.nbgrader.grade_id
            for cell in nbformat.read(quickstart.root / f"source/ps1/{name}.ipynb", 4).cells
            if cell.metadata.get("nbgrader", {}).get("grade_id")
        ]
        found = [cell.grade_id for cell in expected.cells]
        assert found == [grade_id for grade_id in order if grade_id in found]
        result = mend(None, expected)
        stock = sanitized(result.notebook.copy(), quickstart, "ps1", name)
        assert stock.cells == result.notebook.cells
