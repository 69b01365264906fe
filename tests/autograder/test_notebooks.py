"""The notebooks of the units, against the tasks they grade."""

import re

import nbformat
import pytest

from course.tasks import all_tasks, unit_of

from .conftest import ROOT

NOTEBOOKS = sorted(ROOT.glob("source/*/*.ipynb")) + sorted(ROOT.glob("release/*/*.ipynb"))
each_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=[str(path.relative_to(ROOT)) for path in NOTEBOOKS]
)

BROUGHT_ALONG = {"training": {"network_loss"}}
"""Cells to fill in with what an earlier unit has graded already."""


def cells_with(path, key):
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get(key)
    }


@each_notebook
def test_cell_points_are_the_tasks_points(path):
    unit = unit_of(path.parent.name)
    tasks = {task.name: task for task in all_tasks().values() if task.id.startswith(f"{unit}.")}
    tests, answers = cells_with(path, "grade"), cells_with(path, "solution")
    assert {name.removeprefix("check_") for name in tests} == tasks.keys()
    assert answers.keys() - BROUGHT_ALONG.get(unit, set()) == tasks.keys()
    for name, task in tasks.items():
        cell = tests[f"check_{name}"]
        assert cell.metadata.nbgrader.points == task.points
        assert f'check("{task.id}", ' in cell.source


@each_notebook
def test_nothing_is_left_of_a_run(path):
    notebook = nbformat.read(path, as_version=4)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@each_notebook
def test_ids_are_words_and_the_kernel_is_any_python(path):
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        # what an editor gives is eight hexadecimal digits
        assert re.fullmatch(r"[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*", cell.id)
        assert not re.fullmatch(r"[0-9a-f]{8}", cell.id)


def test_every_unit_is_released():
    units = {path.parent.name for path in ROOT.glob("source/*/*.ipynb")}
    assert units == {path.parent.name for path in ROOT.glob("release/*/*.ipynb")}
    assert units
