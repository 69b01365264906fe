"""The class report: a page, two tables and a notebook that need nothing else to be read."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from autograder.report.cell_names import graded_cells
from autograder.report.class_results import read_results
from autograder.report.losses import losses_of
from autograder.report.page import as_html, with_a_notebook
from autograder.report.places import places
from autograder.report.spreadsheets import mistakes_table, students_table
from autograder.report.waiting import said_of_waiting

NOTEBOOK = Path(__file__).with_name("explore.ipynb")


@dataclass(frozen=True)
class Report:
    """The files of a report, as paths, and what is to be said beside them.

    page : the page. students, mistakes : the tables. notebook : explores the tables of every
    unit that was reported on. waiting : what waits to be graded by hand, in a sentence; "" for
    nothing.
    """

    page: Path
    students: Path
    mistakes: Path
    notebook: Path
    waiting: str = ""


def write_report(course, assignment):
    """Write the Report of an assignment into the course's folder report/, and return it.

    A notebook that is there already is left as it is: the instructor may have worked in it.
    Raises CourseError where there is no such assignment or nothing of it has been graded.
    """
    cells = graded_cells(course, assignment)
    results = read_results(course, assignment)
    losses = [one for result in with_a_notebook(results) for one in losses_of(result, cells)]
    folder = course.root / "report"
    folder.mkdir(exist_ok=True)
    report = Report(
        folder / f"{assignment}.html",
        folder / f"{assignment}.csv",
        folder / f"{assignment}.mistakes.csv",
        folder / NOTEBOOK.name,
        said_of_waiting(results),
    )
    page = as_html(
        course,
        assignment,
        cells,
        results,
        losses,
        places(course, assignment),
        folder,
        _due(course, assignment),
    )
    _write(report.page, page, "utf-8")
    # utf-8-sig: spreadsheets take plain UTF-8 for something else
    _write(report.students, students_table(cells, results, folder), "utf-8-sig")
    _write(report.mistakes, mistakes_table(losses), "utf-8-sig")
    if not report.notebook.exists():
        shutil.copyfile(NOTEBOOK, report.notebook)
    return report


def telling_pages(results):
    """Return the feedback pages to look at first: of one who has all right, and one who has not."""
    with_page = [result for result in results if result.feedback]
    right = [result.feedback[0] for result in with_page if result.all_right]
    wrong = [result.feedback[0] for result in with_page if not result.all_right]
    return [*right[:1], *wrong[:1]]


def _write(path, text, encoding):
    # the name of a folder need not be text; what is not shows as an escape
    path.write_text(text, encoding=encoding, errors="backslashreplace", newline="")


def _due(course, assignment):
    with course.gradebook() as book:
        try:
            return book.find_assignment(assignment).duedate
        except MissingEntry:
            return None
