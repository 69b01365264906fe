"""What holds of every mended notebook, whatever was handed in."""

import json
from functools import cache

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, is_locked

from autograder.mending.pattern import checksum


def hold(mended, pattern):
    """Assert that a mended notebook is valid, and each expected cell stands in it once."""
    notebook = mended.notebook
    nbformat.validate(notebook)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    for cell in marked:
        nbgrader_takes(json.dumps(cell.metadata.nbgrader, sort_keys=True), cell.cell_type)
    found = {cell.metadata.nbgrader.grade_id: cell for cell in marked}
    assert len(marked) == len(pattern.cells)
    for expected in pattern.cells:
        cell = found[expected.grade_id]
        said = cell.metadata.nbgrader
        assert cell.cell_type == expected.cell_type
        assert (said.grade, said.solution, said.task) == (
            expected.grade,
            expected.solution,
            expected.task,
        )
        assert said.get("points") == expected.points
        assert is_locked(cell) is expected.locked
        assert said.checksum == checksum(expected)
        if expected.locked:
            assert cell.source == expected.source
            assert compute_checksum(cell) == said.checksum
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert isinstance(cell.source, str)
        assert "\0" not in cell.source
    # it can be written and recorded
    nbformat.writes(notebook).encode()
    "".join(mended.mends).encode()
    tests_come_last(notebook, pattern)


@cache
def nbgrader_takes(marks, cell_type):
    """Assert that nbgrader takes what a cell is marked with: once, since that takes long."""
    new_cell = new_code_cell if cell_type == "code" else new_markdown_cell
    cell = new_cell(metadata={"nbgrader": json.loads(marks)})
    MetadataValidator().validate_cell(cell)


def tests_come_last(notebook, pattern):
    """Assert that each locked cell runs after all that precedes it in the source."""
    order = [
        cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata
    ]
    place = {grade_id: at for at, grade_id in enumerate(order)}
    for index, expected in enumerate(pattern.cells):
        if expected.locked:
            earlier = pattern.cells[:index]
            assert all(place[cell.grade_id] < place[expected.grade_id] for cell in earlier)
