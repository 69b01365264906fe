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


def html_of(results):
    """Return the page of a class, as text."""
    losses = [loss for one in with_a_notebook(results) for loss in losses_of(one, CELLS)]
    return as_html(COURSE, "05_two_layer", CELLS, results, losses, {}, Path("/c/report"))
