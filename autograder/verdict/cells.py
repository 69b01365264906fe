"""Cells of a notebook and their outputs: what can be told of them by looking."""

from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from autograder.grade_id import grade_id_of
from course.reading import TO_DO
from course.score import Score


def without_outputs(notebook):
    """Return a copy of a notebook that shares its texts, with no outputs."""
    cells = []
    for cell in notebook.cells:
        copied = NotebookNode(cell)
        if cell.cell_type == "code":
            copied.outputs, copied.execution_count = [], None
        cells.append(copied)
    made = NotebookNode(notebook)
    made.cells = cells
    return made


def is_test(cell):
    """Whether a cell is a test, whose outputs are its grade."""
    return is_grade(cell) and not is_solution(cell)


def has_error(outputs):
    """Whether there is an error among outputs."""
    return any(output.output_type == "error" for output in outputs)


def on_stdout(printed):
    """Return printed outputs as plain ones: beside a verdict, stderr would undo it."""
    for output in printed:
        output.name = "stdout"
    return printed


def with_cause(score, cells, test):
    """Return a Score; beneath one of nothing written or filled in stands how its cell ended.

    cells : of the notebook, with outputs. test : the test cell, check_NAME of an answer NAME.
    """
    if any(finding.message not in TO_DO for finding in score.findings):
        return score
    answer = grade_id_of(test).removeprefix("check_")
    for cell in cells:
        for output in cell.get("outputs", ()) if grade_id_of(cell) == answer else ():
            if output.output_type == "error":
                # an exception's name is whatever its author likes
                said = output.ename if output.ename.isidentifier() else "an error"
                basis = (
                    f"The answer's cell ended with {said[:60]}, so nothing of it could be tried."
                )
                return Score(score.task, score.findings, basis)
    return score


def words_of_error(cell):
    """Return what the error of a code cell says, on one line; "" where there is none."""
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            said = " ".join(f"{output.ename}: {output.evalue}".split())
            return said if len(said) <= 500 else f"{said[:499]}…"
    return ""
