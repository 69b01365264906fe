"""What the gradebook is to hold of one submission, read from its Result and proved."""

import json
from dataclasses import dataclass
from math import isfinite

from autograder.handed_in.submissions import Submission
from autograder.mending.answers import answers_of

NO_RESPONSE = "No response."
"""What nbgrader says of an answer that is as it was given out."""


class Refused(Exception):  # noqa: N818  (what happened to it, not what is wrong with the call)
    """One submission that cannot be recorded; the message says why, in words."""


@dataclass(frozen=True)
class EntryNotebook:
    """What is to be recorded of one notebook.

    name : as in the gradebook. handed_in : whether there was a file of it.
    scores : grade id -> points, None where a person is to grade; not of task cells.
    comments : grade id of an answer or a task -> nbgrader's own comment, or None for none.
    data : the autograded notebook, b"" where there is none.
    """

    name: str
    handed_in: bool
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    data: bytes


@dataclass(frozen=True)
class Entry:
    """What is to be recorded of one submission, and the digest of what was graded."""

    submission: Submission
    digest: str
    notebooks: tuple[EntryNotebook, ...]

    @property
    def student(self):
        """The student's id."""
        return self.submission.student


def entry_of(recorded, result, submission, digest):
    """Return the Entry of a Result; recorded is the RecordedAssignment.

    Raises Refused where the result is a failure, or is not what the gradebook can take: of
    another student or assignment, a cell too few or too many, points that are no points.
    """
    if result.failure:
        raise Refused(result.failure)
    if (result.assignment, result.student) != (recorded.name, submission.student):
        raise Refused(
            f"Got a result of {result.student!r} for {result.assignment!r}, but it belongs to "
            f"{submission.student!r} and {recorded.name!r}."
        )
    given = {notebook.name: notebook for notebook in result.notebooks}
    expected = {notebook.name: notebook for notebook in recorded.notebooks}
    # one that the source has no more is nothing that could be handed in: it earns 0, as in nbgrader
    absent = expected.keys() - given.keys() - submission.notebooks.keys()
    if given.keys() | absent != expected.keys() or len(given) != len(result.notebooks):
        raise Refused(
            f"Got results of the notebooks {_listed(n.name for n in result.notebooks)}, but the "
            f"gradebook holds {_listed(expected)}."
        )
    notebooks = tuple(
        _notebook(expected[name], given[name], name in submission.notebooks)
        if name in given
        else EntryNotebook(name, False, {}, {}, b"")
        for name in expected
    )
    return Entry(submission, digest, notebooks)


def _notebook(recorded, graded, handed_in):
    scores = _scores(recorded, graded)
    # nbgrader runs nothing of a notebook that is missing, and so has no comment on it
    comments = _comments(recorded, graded) if handed_in and graded.data else {}
    return EntryNotebook(graded.name, handed_in, scores, comments, graded.data)


def _scores(recorded, graded):
    """Return grade id -> points of all graded cells but tasks, which only persons grade."""
    scores = {grade.grade_id: grade.points for grade in graded.grades}
    scored = {name: points for name, points in scores.items() if name not in recorded.tasks}
    if scored.keys() != recorded.grades.keys() or len(scores) != len(graded.grades):
        raise Refused(
            f"Got grades of the cells {_listed(scored)} in {graded.name}, but the gradebook "
            f"holds {_listed(recorded.grades)}: it was recorded from another source."
        )
    for name, points in scored.items():
        possible = recorded.points[name]
        if points is not None and not _is_in(points, possible):
            raise Refused(
                f"Got {points!r} points for {name} in {graded.name}, but points are from 0 to "
                f"{possible:g}."
            )
    return scored


def _comments(recorded, graded):
    """Return grade id -> comment of the answers and tasks that the notebook holds."""
    return dict(_commented(recorded, _answers(graded)))


def _answers(graded):
    """Return the answers_of a graded notebook, which a worker has told, or its data tells."""
    if graded.answers is not None:
        return graded.answers
    try:
        return answers_of(json.loads(graded.data)["cells"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"What was graded as {graded.name} is no notebook: {error!r}.") from error


def _commented(recorded, answers):
    """Yield (grade id, comment) of those answers and tasks that the gradebook holds."""
    for name, checksum in answers.items():
        if checksum is None and name in recorded.tasks:
            yield name, None
        elif checksum is not None and name in recorded.solutions:
            yield name, NO_RESPONSE if checksum == recorded.checksums.get(name) else None


def _is_in(points, possible):
    return isinstance(points, (int, float)) and isfinite(points) and 0 <= points <= possible


def _listed(names):
    return ", ".join(sorted(names)) or "none"
