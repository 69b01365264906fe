"""The class report as tables for spreadsheets: students × tasks, and every loss with its cause."""

import csv
import io

from autograder.report.cell_names import task_name
from autograder.report.links import relative

FIRST_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text):
    """Return text that no spreadsheet takes for a formula: marked as text where it might be."""
    return f"'{text}" if text.startswith(FIRST_OF_A_FORMULA) else text


def students_table(cells, results, folder):
    """Return the table of students × tasks as CSV.

    cells : label -> points possible. results : everybody's. folder : where the paths of
    feedback pages start from. Points are empty where nothing was graded, and where a cell waits
    to be graded by hand.
    Status is "graded", "nothing to grade", "not graded" or "handed in nothing".
    """
    tasks = [task_name(cell) for cell in cells]
    head = ("student", "status", "points", "possible", "seconds_late", *tasks)
    rows = [
        (
            result.student,
            _status(result),
            "" if result.points is None else f"{result.points:g}",
            f"{result.possible:g}",
            f"{result.late.total_seconds():.0f}",
            *(_points(result, cell) for cell in cells),
            result.first_finding,
            " ".join(result.misconceptions),
            result.remarks,
            " ".join(relative(page, folder) for page in result.feedback),
        )
        for result in results
    ]
    return _as_csv((*head, "first_finding", "misconceptions", "note", "feedback"), rows)


def mistakes_table(losses):
    """Return the Losses of a class as CSV, a row each."""
    rows = [
        (one.student, one.task, one.cause, one.mistake, f"{one.parts}", f"{one.points:.4g}")
        for one in losses
    ]
    return _as_csv(("student", "task", "cause", "mistake", "parts", "points_lost"), rows)


def _points(result, cell):
    graded = cell in result.cells and cell not in result.waiting
    return f"{result.cells[cell] or 0:g}" if graded else ""


def _status(result):
    if not result.handed_in:
        return "handed in nothing"
    if result.points is None:
        return "not graded"
    return "nothing to grade" if result.cause else "graded"


def _as_csv(head, rows):
    out = io.StringIO()
    # all in quotes: a spreadsheet that splits at semicolons would find cells of its own in a name
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    # the head, too: a task may carry the name of its notebook's file
    writer.writerows([defused(cell) for cell in row] for row in (head, *rows))
    return out.getvalue()
