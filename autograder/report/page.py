"""The class report as one page that needs nothing else to be read."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from jinja2 import Environment, FileSystemLoader

from autograder.report.cell_names import task_name
from autograder.report.histogram import histogram
from autograder.report.links import address
from autograder.report.losses import BROKE_OFF, BY_HAND, KNOWN, OUT_OF_TIME, UNNAMED, UNWRITTEN
from autograder.report.pairs import FALSE_SHARE, TOGETHER, pairs
from autograder.report.separation import FEWEST
from autograder.report.table import in_words, printable
from autograder.report.task_summary import spread, summaries
from autograder.report.teach_again import counted, teach_again
from autograder.report.waiting import said_of_waiting
from course.mistakes import find_mistake
from course.tasks import all_tasks, unit_of

TEMPLATES = Path(__file__).parent / "templates"

_SAID = {
    UNWRITTEN: "Not written",
    OUT_OF_TIME: "Ran out of time",
    BROKE_OFF: "Broke off with an error",
    BY_HAND: "Graded by hand",
    UNNAMED: "Wrong in a way that the checks have no name for",
}


@dataclass(frozen=True)
class Seen:
    """A cause of lost points on one task, and the students behind it.

    mistake : the id; "" where the cause is no known mistake. says : the hint that students
    were given, or the cause in words. students : their Results. points : lost by all of them.
    """

    mistake: str
    says: str
    students: tuple
    points: float


def as_html(course, assignment, cells, results, losses, places, folder, due=None):
    """Return the page.

    cells : label of a graded cell -> points possible, in the order of the unit.
    results : the Result of each student. losses : the Losses of those graded.
    places : task -> Place. folder : the links on the page start from there.
    due : when it was due (UTC), or None.
    """
    graded = with_a_notebook(results)
    earned = [result.points for result in graded]
    possible = sum(cells.values())
    hints = hints_of(assignment)
    return (
        _environment(folder)
        .get_template("report.html.j2")
        .render(
            assignment=assignment,
            course_id=course.course_id,
            due=due,
            cells={cell: task_name(cell) for cell in cells},
            possible=possible,
            results=results,
            graded=graded,
            mean=fmean(earned) if earned else None,
            median=median(earned) if earned else None,
            full=sum(result.all_right for result in graded),
            spread=histogram(spread(earned, possible, 10), tall=56, wide=1.7),
            tasks=summaries(cells, graded),
            fewest=FEWEST,
            sentences=teach_again(losses, len(graded), places, hints, said_of_waiting(graded)),
            waiting=said_of_waiting(results),
            seen=seen_by_task(losses, results, hints),
            pairs=pairs(losses, len(graded)),
            together=TOGETHER,
            false_share=FALSE_SHARE,
            by_id={result.student: result for result in results},
            late=[result for result in results if result.late],
            absent=[result for result in results if not result.handed_in],
            ungraded=[result for result in results if result.cause and result.handed_in],
            out_of_time=out_of_time(results),
            noted=[result for result in results if result.remarks],
        )
    )


def with_a_notebook(results):
    """Return the Results whose notebook could be graded: the others say nothing of a task."""
    return [result for result in results if result.points is not None and not result.cause]


def hints_of(assignment):
    """Return a function (mistake, task name) -> the hint for it, in that task's own terms."""
    try:
        unit = unit_of(assignment)
    except ValueError:  # an assignment of another course
        unit = ""

    def hint(mistake, task_name):
        task = all_tasks().get(f"{unit}.{task_name}")
        if task and mistake in task.hints:
            return task.hints[mistake][0]
        return find_mistake(mistake).hint

    return hint


def seen_by_task(losses, results, hints):
    """Return task -> its Seen causes: the mistakes, then the other causes; costly ones first."""
    by_id = {result.student: result for result in results}
    groups = defaultdict(lambda: defaultdict(list))
    for loss in losses:
        groups[loss.task][loss.cause, loss.mistake].append(loss)
    return {
        task: [
            Seen(
                mistake,
                hints(mistake, task) if mistake else _SAID[cause],
                tuple(by_id[one.student] for one in own),
                sum(one.points for one in own),
            )
            for (cause, mistake), own in sorted(causes.items(), key=_costly_first)
        ]
        for task, causes in groups.items()
    }


def _costly_first(item):
    (cause, mistake), own = item
    return cause != KNOWN, -sum(one.points for one in own), -len(own), mistake


def out_of_time(results):
    """Return (Result, names of the tasks) of those whose answers were stopped."""
    tasks = [(one, [cell.task for cell in one.findings if cell.timed_out]) for one in results]
    return [(one, names) for one, names in tasks if names]


def _environment(folder):
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "in_words": in_words,
        "link": lambda path: address(path, folder),
        # a name may hold what turns a line around, or is no letter at all
        "name": printable,
        "counted": counted,
        "histogram": histogram,
    }
    return environment
