"""The class report: one page and one CSV file that need nothing else to be read."""

import csv
import io
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from jinja2 import Environment
from nbgrader.api import MissingEntry

from autograder.report.class_results import graded_cells, read_results
from autograder.report.table import in_words
from course.mistakes import all_mistakes, find_mistake

FIRST_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TaskSummary:
    """How a class did on one task.

    name : the function; possible : its points; mean : earned by those who were graded.
    right, partly, wrong : how many earned all, some and none of the points.
    """

    name: str
    possible: float
    mean: float
    right: int
    partly: int
    wrong: int

    @property
    def share(self):
        """The mean as a part of what is possible, from 0 to 1."""
        return self.mean / self.possible if self.possible else 0.0


def write_report(course, assignment):
    """Write report/ASSIGNMENT.html and .csv, and return their paths.

    Raises CourseError where there is no such assignment or nothing of it has been graded.
    """
    cells = graded_cells(course, assignment)
    results = read_results(course, assignment)
    folder = course.root / "report"
    folder.mkdir(exist_ok=True)
    page, table = folder / f"{assignment}.html", folder / f"{assignment}.csv"
    page.write_text(as_html(course, assignment, cells, results, folder), encoding="utf-8")
    # utf-8-sig: spreadsheets take plain UTF-8 for something else
    table.write_text(as_csv(cells, results, folder), encoding="utf-8-sig", newline="")
    return page, table


def telling_pages(results):
    """Return the feedback pages to look at first: of one who has all right, and one who has not."""
    with_page = [result for result in results if result.feedback]
    right = [result.feedback[0] for result in with_page if result.all_right]
    wrong = [result.feedback[0] for result in with_page if not result.all_right]
    return [*right[:1], *wrong[:1]]


def as_html(course, assignment, cells, results, folder):
    """Return the page; links on it start from `folder`."""
    here = Path(__file__).parent
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"in_words": in_words, "link": lambda path: _relative(path, folder)}
    template = environment.from_string((here / "report.html.j2").read_text(encoding="utf-8"))
    graded = [result for result in results if result.points is not None]
    earned = [result.points for result in graded]
    return template.render(
        assignment=assignment,
        course_id=course.course_id,
        style=(here / "report.css").read_text(encoding="utf-8"),
        due=_due(course, assignment),
        cells={cell: task_name(cell) for cell in cells},
        possible=sum(cells.values()),
        results=results,
        graded=graded,
        mean=fmean(earned) if earned else None,
        median=median(earned) if earned else None,
        full=sum(result.all_right for result in graded),
        late=[result for result in results if result.late],
        ungraded=[result for result in results if result.cause],
        noted=[result for result in results if result.remarks],
        tasks=[summary(cell, possible, graded) for cell, possible in cells.items()],
        mistakes=mistakes_seen(results),
    )


def as_csv(cells, results, folder):
    """Return the table as text; no cell of it can be taken for a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    tasks = [task_name(cell) for cell in cells]
    head = ("student", "points", "possible", "seconds_late", *tasks)
    writer.writerow((*head, "first_finding", "misconceptions", "note", "feedback"))
    for result in results:
        row = [
            result.student,
            "" if result.points is None else f"{result.points:g}",
            f"{result.possible:g}",
            f"{result.late.total_seconds():.0f}",
            *(f"{result.cells[cell]:g}" if cell in result.cells else "" for cell in cells),
            result.first_finding,
            " ".join(result.misconceptions),
            result.remarks,
            " ".join(_relative(page, folder) for page in result.feedback),
        ]
        writer.writerow([defused(cell) for cell in row])
    return out.getvalue()


def defused(text):
    """Return text that no spreadsheet takes for a formula: marked as text where it might be."""
    return f"'{text}" if text.startswith(FIRST_OF_A_FORMULA) else text


def task_name(cell):
    """Return the name of the function that a test cell tests."""
    return cell.removeprefix("check_")


def summary(cell, possible, graded):
    """Return the TaskSummary of one test cell over the results that were graded."""
    earned = [result.cells.get(cell, 0.0) for result in graded]
    right = sum(points >= possible for points in earned)
    wrong = sum(points <= 0 < possible for points in earned)
    mean = fmean(earned) if earned else 0.0
    return TaskSummary(task_name(cell), possible, mean, right, len(earned) - right - wrong, wrong)


def mistakes_seen(results):
    """Return (Mistake, ids of the students) pairs, the most frequent first.

    An id that the library of mistakes does not hold is left out: it comes from a notebook, and
    whatever stands there is not taken on trust.
    """
    seen = defaultdict(list)
    for result in results:
        for entry in result.misconceptions:
            if entry in all_mistakes():
                seen[entry].append(result.student)
    ranked = sorted(seen.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [(find_mistake(entry), students) for entry, students in ranked]


def _due(course, assignment):
    with course.gradebook() as book:
        try:
            return book.find_assignment(assignment).duedate
        except MissingEntry:
            return None


def _relative(path, folder):
    return Path(os.path.relpath(path, folder)).as_posix()
