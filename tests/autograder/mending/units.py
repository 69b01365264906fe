"""The course's own notebooks, as expected and as an honest student hands them in."""

from functools import cache
from pathlib import Path

import nbformat

from autograder.mending import pattern_of
from autograder.mending.pattern import released
from autograder.releasing.clear_solutions import ClearSolutions
from autograder.releasing.release import STUB

ROOT = Path(__file__).parents[3]
UNITS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))


@cache
def pattern(unit):
    """Return the Pattern of a unit, hidden tests and all, as the gradebook would hold it."""
    clear = ClearSolutions(code_stub={"python": STUB})
    notebook, _ = clear.preprocess(_source(unit), {})
    return pattern_of(notebook)


@cache
def solved(unit):
    """Return the bytes of a unit's notebook, solved, without its hidden tests."""
    notebook = _source(unit)
    for cell, expected in _marked(notebook, unit):
        if expected.locked:
            cell.source = released(expected)
    return nbformat.writes(notebook).encode()


def solutions(unit):
    """Return grade id -> the text of each solution in the solved notebook."""
    found = _marked(_source(unit), unit)
    return {expected.grade_id: cell.source for cell, expected in found if expected.solution}


def _source(unit):
    (path,) = (ROOT / "source" / unit).glob("*.ipynb")
    return nbformat.read(path, as_version=4)


def _marked(notebook, unit):
    expected = {cell.grade_id: cell for cell in pattern(unit).cells}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in expected:
            yield cell, expected[grade_id]
