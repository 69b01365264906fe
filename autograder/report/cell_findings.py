"""What a graded notebook says about each test cell: findings, or the error that kept them away.

The notebook ran code that a student wrote, so nothing in it is taken on trust: a score that
does not read as one is passed over, and only the gradebook says what was earned.
"""

import math
import re
from dataclasses import dataclass, replace

from nbgrader.utils import is_grade, is_solution

from autograder.grade_id import grade_id_of
from autograder.report.cell_names import task_name
from course.called import NOT_BACK
from course.reading import TO_DO
from course.score import SCORE_MIME, Finding, Score

LONGEST = 500
"""How many characters of a message are kept; the feedback page has all of it."""

BEFORE_THE_TEST = ("SyntaxError", "IndentationError", "TabError")

# what nbgrader interrupts says either
STOPPED = ("CellTimeoutError", "KeyboardInterrupt")


@dataclass(frozen=True)
class CellFindings:
    """What one test cell showed.

    cell : its grade id, such as "check_backward"; its label in the Result of a student.
    findings : the Finding of each part; empty where no score came.
    misconceptions : the ids of the mistakes behind them.
    trouble : why no score came, or none worth reading, in words; "" where one did.
    ignored : whether the cell's output held something that claimed to be a score and was none.
    stopped : whether it, or the cell of the answer, was stopped because it took too long.
    notebook : the name of the notebook that it stands in, without suffix.
    failed : whether an assert of the test did not hold, of a test that leaves no score.
    """

    cell: str
    findings: tuple[Finding, ...] = ()
    misconceptions: tuple[str, ...] = ()
    trouble: str = ""
    ignored: bool = False
    stopped: bool = False
    notebook: str = ""
    failed: bool = False

    @property
    def timed_out(self):
        """Whether it, the cell of the answer or a call of the answer took too long."""
        return self.stopped or any(NOT_BACK in finding.message for finding in self.findings)

    @property
    def task(self):
        """The name of the function that the cell tests."""
        return task_name(self.cell)

    @property
    def first(self):
        """The first thing that is not right: where, and what, in words; None where all is."""
        if self.trouble:
            return self.task, self.trouble
        for finding in self.findings:
            if not finding.right:
                known = f" [{', '.join(finding.misconceptions)}]" if finding.misconceptions else ""
                return f"{self.task}, {finding.part}{known}", finding.message
        return None


def read_cells(notebook, name=""):
    """Return the CellFindings of a notebook's test cells, in its order; name is the notebook's."""
    by_id = {grade_id_of(cell): cell for cell in notebook.cells if cell.cell_type == "code"}
    return [
        replace(_read_cell(grade_id, cell, _answer(grade_id, by_id)), notebook=name)
        for grade_id, cell in by_id.items()
        if grade_id and is_grade(cell)
    ]


def _answer(grade_id, by_id):
    """Return the cell of the answer that a test is for; None where the ids do not tell."""
    answered = task_name(grade_id)
    return by_id.get(answered) if answered != grade_id else None


def _read_cell(grade_id, cell, answer):
    """Read one test cell; answer is the cell with the student's solution, or None."""
    data = [
        output.data[SCORE_MIME]
        for output in cell.get("outputs", ())
        # the value of the cell's last line; what was displayed on the way may be anybody's
        if output.output_type == "execute_result" and SCORE_MIME in output.get("data", {})
    ]
    scores = [read_score(entry, task_name(grade_id)) for entry in data]
    error, at_fault = _error(cell), _error(answer) if answer else None
    stopped = any(one.ename in STOPPED for one in (error, at_fault) if one)
    trouble = _trouble(cell, error, at_fault)
    if scores and scores[-1] is not None:
        score = scores[-1]
        # an answer's cell that broke off leaves the placeholder that the notebook began with
        unwritten = all(finding.message in TO_DO for finding in score.findings)
        return CellFindings(
            grade_id,
            score.findings,
            tuple(sorted(score.misconceptions)),
            trouble if unwritten and at_fault else "",
            stopped=stopped,
        )
    failed = bool(error) and error.ename == "AssertionError" and not at_fault
    return CellFindings(
        grade_id, trouble=trouble, ignored=bool(scores), stopped=stopped, failed=failed
    )


def read_score(data, task):
    """Return the Score that data describes, or None where it is none of the task of that name."""
    try:
        score = Score.from_data(data)
        sound = _is_sound(score, task)
    except Exception:  # hostile data may raise anything
        return None
    if not sound:
        return None
    cleaned = [
        replace(finding, part=plain(finding.part, 60), message=plain(finding.message))
        for finding in score.findings
    ]
    return Score(score.task, cleaned)


def _is_sound(score, task):
    """Whether all of a score is of the types and the form that a grade gives it."""
    words = [score.task, *(word for f in score.findings for word in (f.part, f.message))]
    points = [number for f in score.findings for number in (f.earned, f.possible)]
    return (
        all(isinstance(word, str) for word in words)
        and all(type(number) in (int, float) and math.isfinite(number) for number in points)
        and all(re.fullmatch(r"[a-z0-9-]{1,60}", name) for name in score.misconceptions)
        and score.task.partition(".")[2] == task
    )


def plain(text, longest=LONGEST):
    """Return text on one line, without control characters, cut where it is too long."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    text = " ".join(printable.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _trouble(cell, error, at_fault):
    """Say why a test cell came to no score; "" where it is one of asserts that hold.

    error, at_fault : the errors of the test and of the answer's cell, None where there is none.
    """
    if at_fault and at_fault.ename in BEFORE_THE_TEST:
        return f"{_said(at_fault)} The cell of the answer never ran."
    if at_fault:
        return f"{_said(at_fault)} The cell of the answer broke off there."
    if error:
        return _said(error)
    # asserts leave none, and are silent where they hold; an answer graded by hand is no test
    scored = "grade(" in cell.source and not is_solution(cell)
    return "The test cell left no score." if scored else ""


def _error(cell):
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            return output
    return None


def _said(error):
    name, value = plain(str(error.ename), 80), plain(str(error.evalue))
    # a cell has a line number, but its file name means nothing to anybody
    value = re.sub(r"\((?:\d+\.py|<[^>]*>), (line \d+)\)", r"(\1)", value)
    if name in STOPPED:
        return "The cell did not come to an end in time and was stopped."
    said = f"{name}: {value}" if value else name
    return said if said.endswith((".", "!", "?")) else f"{said}."
