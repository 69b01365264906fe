"""Notebooks of a few cells, and a sandbox to run them in."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum, determine_grade

from autograder.seal import Limits, Sandbox, SealError
from autograder.verdict import converse

SECRET = "5e" * 32


@pytest.fixture(scope="session")
def sandbox():
    """A sandbox shared by all tests: sealed where this machine can, else without the seal."""
    try:
        made = Sandbox(Limits())
    except SealError:
        made = Sandbox(Limits(), sealed=False)
    yield made
    made.close()


def code(source):
    """Return a student's code cell."""
    return new_code_cell(source)


def graded(name, source, points=2, kind="code", solution=False):
    """Return a graded cell: a test, or with solution=True an answer to be read by a person."""
    cell = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
    cell.metadata.nbgrader = {
        "grade": True,
        "grade_id": name,
        "locked": not solution,
        "points": points,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    return cell


def check_of(task, *objects, points):
    """Return the test cell of one of the course's tasks."""
    unit, _, name = task.partition(".")
    handed = ", ".join(objects or (name,))
    source = f'check("{task}", {handed})\nfrom autograder import grade\n\ngrade("{task}", {handed})'
    return graded(f"check_{name}", source, points)


@pytest.fixture
def run(sandbox):
    """Run cells as a notebook: (*cells, limits=..., others=...) -> Conversed.

    Each graded cell is held to nbgrader: its own rules give its outputs the same points.
    """

    def run(*cells, secret=SECRET, others=None, **limits):
        notebook = new_notebook(cells=list(cells))
        came = converse(notebook, secret, sandbox, Limits(**limits), others)
        by_id = {grade.grade_id: grade for grade in came.grades}
        for cell in came.notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                grade = by_id[cell.metadata.nbgrader["grade_id"]]
                assert determine_grade(cell) == (grade.points, grade.possible)
        return came

    return run


def points(came):
    """Return grade id -> points."""
    return {grade.grade_id: grade.points for grade in came.grades}


def texts(cell):
    """Return all words of a cell's outputs."""
    said = []
    for output in cell.outputs:
        said.append(output.get("text", ""))
        said.append(output.get("evalue", ""))
        said += [str(value) for value in output.get("data", {}).values()]
    return "\n".join(said)
