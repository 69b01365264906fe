"""What a worker is given to grade, and what it gives back: plain data that can cross a network.

No path, no open file and no gradebook is in it, so that a worker needs nothing but these and a
sandbox of its own.
"""

from dataclasses import dataclass, field

from autograder.mending.pattern import ExpectedCell, Pattern
from autograder.report.cell_findings import CellFindings
from autograder.seal.limits import Limits

__all__ = ["CellGrade", "ExpectedCell", "GradedNotebook", "Job", "Pattern", "Result"]


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    assignment, student : the ids.
    patterns : name of a notebook, without .ipynb -> its Pattern; all that the assignment has.
    files : name of a notebook -> its bytes as they were handed in, under the name that the
        assignment expects; one that was not handed in is missing here.
    others : path relative to the notebook -> bytes of the data files that it may read.
    notes : sentences about the submission as a whole, such as "Graded X as Y.".
    secret : hexadecimal, for this submission alone; the cases that it is graded on come of it.
    limits : the Limits under which its code runs.
    sealed : whether it runs in the sandbox; False is for those who insist.
    given, opening : name of a notebook -> code cells that students are given to be run, see
        `given_code`: what the given ones draw is drawn once for all, and those of the opening are
        run once for all who left them as they are. A notebook may be missing.
    hints : how many hints its scores show, see `course.hints`; "" for the worker's own choice.
    """

    assignment: str
    student: str
    patterns: dict[str, Pattern]
    files: dict[str, bytes]
    others: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    secret: str = ""
    limits: Limits = field(default_factory=Limits)
    sealed: bool = True
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opening: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hints: str = ""


@dataclass(frozen=True)
class CellGrade:
    """What one graded cell earned.

    grade_id : the cell's id. points : what it earned, or None where a person is to grade it.
    possible : the most that it earns. cause : why it earned less, where it is known and not to
    be read in the cell's own score: a time-out, a death, a value that is no grade; "" else.
    """

    grade_id: str
    points: float | None
    possible: float
    cause: str = ""


@dataclass(frozen=True)
class GradedNotebook:
    """One notebook after grading.

    name : as in the job. data : the autograded notebook, JSON in UTF-8 that nbformat reads.
    grades : a CellGrade for each graded cell of the pattern, in the notebook's order.
    found : what its scores say, the CellFindings of each, in the same order.
    mends : what was found wrong with the file and done about it, a sentence each.
    trouble : what went wrong while it ran (time-outs, deaths), a sentence each.
    seconds : how long it took, wall time.
    answers : what `mending.answers.answers_of` returns of its cells; None where that is to be read
        from the data.
    """

    name: str
    data: bytes
    grades: tuple[CellGrade, ...]
    found: tuple[CellFindings, ...] = ()
    mends: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    seconds: float = 0.0
    answers: dict[str, str | None] | None = None


@dataclass(frozen=True)
class Result:
    """What came of a Job.

    notebooks : a GradedNotebook for each name in the job's patterns, in their order; one that
    was not handed in, or that is no notebook, is there with all its cells at 0. seconds : wall
    time of the whole. failure : why it could not be graded, through no doing of the student's,
    in words; "" where it could, and then nothing else here counts.
    """

    assignment: str
    student: str
    notebooks: tuple[GradedNotebook, ...] = ()
    seconds: float = 0.0
    failure: str = ""
