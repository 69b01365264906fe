"""What a graded cell earns by what it showed: nbgrader's own rules, and 0 where they know none."""

import math

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import determine_grade

from autograder.run.job import CellGrade
from autograder.verdict.cells import words_of_error
from autograder.verdict.graded_cell import ends_with_a_value


def earned(cell):
    """Return (points, cause) of a graded cell that has its outputs, by nbgrader's rules.

    points : None where a person is to grade it. cause : why it earned nothing though nothing in
    it failed; "" else. Where nbgrader would give all points for a value that is no grade, or
    give up on it (below 0, above what is possible, infinite, nan), it is 0 here, with the cause.
    """
    possible = float(cell.metadata.nbgrader["points"])
    if cell.cell_type == "code" and not cell.metadata.nbgrader.get("solution"):
        cause = _no_grade(cell, possible)
        if cause:
            return 0.0, cause
    points, _ = determine_grade(cell)
    return (None if points is None else float(points)), ""


def grade_of(cell, trouble=""):
    """Return the CellGrade of a graded cell that has its outputs; see `earned`.

    trouble : what is known to have gone wrong in it. Where it earned nothing though nothing in it
    failed, an output of it says so from now on, in the place of the values that it showed.
    """
    about = cell.metadata.nbgrader
    points, cause = earned(cell)
    if cause:
        cell.outputs = [*cell.outputs, failed("NoGrade", cause)]
        cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
    elif points == 0:
        cause = trouble or words_of_error(cell)
    return CellGrade(about["grade_id"], points, float(about["points"]), cause)


def _no_grade(cell, possible):
    """Say why the values that a test cell showed are no grade, or return ""."""
    values = [output for output in cell.outputs if output.output_type == "execute_result"]
    if not values:
        return ""
    if len(values) > 1 or not ends_with_a_value(cell.source):
        # only the value of its last line is the test's own; the rest is the answer's doing
        return "Values were shown that are not the test's own."
    said = values[0].data.get("text/plain", "")
    if not said:
        return "The value of the test is no text, so it is no grade."
    try:
        grade = float(said)
    except ValueError:
        return ""  # nbgrader gives all points for a value that is no number
    if not math.isfinite(grade) or not 0 <= grade <= possible:
        return f"The test came to {grade:g} points, but a cell earns from 0 to {possible:g}."
    return ""


def failed(name, why):
    """Return an error output in the grader's own words: a cell that has it earns nothing.

    name : what stands before the words, such as "CellTimeoutError".
    """
    return NotebookNode(
        output_type="error",
        ename=name,
        evalue=why,
        traceback=[f"\x1b[0;31m{name}\x1b[0m: {why}"],
    )
