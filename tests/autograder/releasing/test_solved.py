"""Solved copies, with outputs, for instructors."""

import shutil

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from autograder.__main__ import main

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT

DEMO = "from course import SoftmaxView\nSoftmaxView([2.0, -1.0], label=1)"


@pytest.fixture
def course(tmp_path):
    """A course with a notebook of three cells."""
    folder = tmp_path / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    notebook = nbformat.read(ROOT / "source" / ASSIGNMENT / NOTEBOOK, as_version=4)
    notebook.cells = notebook.cells[:3]
    for cell, source in zip(notebook.cells[1:], ("6 * 7", DEMO), strict=True):
        cell.cell_type, cell.metadata, cell.source = "code", NotebookNode(), source
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, folder / NOTEBOOK)
    return tmp_path


@pytest.mark.nbgrader
def test_a_solved_copy_has_outputs_and_the_source_has_none(course, capsys):
    before = (course / "source" / ASSIGNMENT / NOTEBOOK).read_bytes()
    assert main(["solve", ASSIGNMENT, "--course-root", str(course)]) == 0
    copy = course / "solutions" / ASSIGNMENT / NOTEBOOK
    assert capsys.readouterr().out.strip() == str(copy)
    answer, demo = nbformat.read(copy, as_version=4).cells[1:]
    assert answer.outputs[0].data["text/plain"] == "42"
    # nobody moves a demo of this copy: its picture is there to be seen
    assert "<img" in demo.outputs[0].data["text/html"]
    assert (course / "source" / ASSIGNMENT / NOTEBOOK).read_bytes() == before


@pytest.mark.nbgrader
def test_a_cell_that_fails_is_said_and_the_copy_from_before_stays(course, capsys):
    assert main(["solve", ASSIGNMENT, "--course-root", str(course)]) == 0
    copy = course / "solutions" / ASSIGNMENT / NOTEBOOK
    before = copy.read_bytes()
    source = course / "source" / ASSIGNMENT / NOTEBOOK
    source.write_text(source.read_text().replace("6 * 7", "6 / 0"))
    assert main(["solve", ASSIGNMENT, "--course-root", str(course)]) == 2
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().err
    assert copy.read_bytes() == before
    assert not list(copy.parent.glob("*.part"))


@pytest.mark.nbgrader
def test_what_lies_beside_the_notebook_is_there_and_stays_as_it_is(course):
    (course / "source" / ASSIGNMENT / "helper.py").write_text("seven = 7\n")
    (course / "source" / ASSIGNMENT / "data.txt").write_text("six")
    source = course / "source" / ASSIGNMENT / NOTEBOOK
    reads = "from helper import seven\\nopen('data.txt', 'a').write('ty')\\nseven"
    source.write_text(source.read_text().replace("6 * 7", reads))
    assert main(["solve", ASSIGNMENT, "--course-root", str(course)]) == 0
    copy = nbformat.read(course / "solutions" / ASSIGNMENT / NOTEBOOK, as_version=4)
    assert copy.cells[1].outputs[0].data["text/plain"] == "7"
    assert (course / "source" / ASSIGNMENT / "data.txt").read_text() == "six"
    assert {path.name for path in (course / "solutions" / ASSIGNMENT).iterdir()} == {NOTEBOOK}
