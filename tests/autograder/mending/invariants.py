"""What holds of every mended notebook, whatever was handed in."""

import nbformat
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, is_locked

from autograder.mending.pattern import checksum


def hold(mended, pattern):
    """Assert that a mended notebook is valid, and each expected cell stands in it once."""
    notebook = mended.notebook
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
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
