"""Made-up results of a class, for tests of what a report says of them."""

from pathlib import Path
from types import SimpleNamespace

from autograder.report.cell_findings import CellFindings
from autograder.report.class_results import Result
from autograder.report.losses import losses_of
from autograder.report.page import as_html, with_a_notebook
from course.score import Finding

COURSE = SimpleNamespace(course_id="<b>course</b>")
CELLS = {"check_forward": 4.0, "check_backward": 10.0}
BY_HAND = {"essay": 4.0, "plan": 10.0}


def result(student, forward, backward, **more):
    """Return the Result of a student by the points on each of two tasks."""
    cells = {"check_forward": forward, "check_backward": backward}
    return Result(student, forward + backward, 14.0, cells, **more)


def found(cell, *findings, **more):
    """Return the CellFindings of a test cell."""
    names = {name for finding in findings for name in finding.misconceptions}
    return CellFindings(cell, tuple(findings), tuple(sorted(names)), **more)


def mistaken(student, *mistakes, lost=2.0):
    """Return a Result that lost points on a part of `backward` for each mistake."""
    parts = [Finding(f"d{k}", 0.0, lost, name) for k, name in enumerate(mistakes)]
    earned = 10.0 - lost * len(mistakes)
    return result(student, 4.0, earned, findings=(found("check_backward", *parts),))


def class_of(name):
    """Return the Results of a class in which a name stands wherever a student can put one."""
    feedback = Path("/c/feedback") / name / "05_two_layer" / "two_layer.html"
    stopped = found("check_forward", trouble=name, stopped=True)
    return [
        *(mistaken(f"{name}{k}", "wrong-sign", "bias-missing") for k in range(3)),
        *(result(f"right {k}", 4.0, 10.0) for k in range(40)),
        result(name, 0.0, 10.0, findings=(stopped,), note=name, feedback=(feedback,)),
        Result(f"{name} absent", None, 14.0, cause=name, handed_in=False),
        Result(f"{name} broken", None, 14.0, cause=name, mends=(name,)),
    ]


def by_hand(student, essay=None, plan=None, cells=("essay", "plan")):
    """Return the Result of a student of another course by the points on an essay and a plan.

    None : it waits to be graded by hand. cells : the labels of the two.
    """
    points = dict(zip(cells, (essay, plan), strict=True))
    graded = {cell: 0.0 if earned is None else earned for cell, earned in points.items()}
    return Result(
        student,
        sum(graded.values()),
        14.0,
        graded,
        waiting=tuple(cell for cell, earned in points.items() if earned is None),
        by_hand=tuple(cell for cell, earned in points.items() if earned is not None),
    )


def html_of(results, cells=CELLS):
    """Return the page of a class, as text."""
    losses = [loss for one in with_a_notebook(results) for loss in losses_of(one, cells)]
    return as_html(COURSE, "05_two_layer", cells, results, losses, {}, Path("/c/report"))
