"""The points of a course as its gradebook has them: each student's, assignment by assignment."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches

from nbgrader.api import Assignment, Comment, Student, SubmittedAssignment, SubmittedNotebook

from autograder.course_error import CourseError


@dataclass(frozen=True)
class Graded:
    """What came of one submission.

    points : earned, with late penalties taken off, and never below 0: as nbgrader counts them.
    penalty : the points taken off for being late.
    unfinished : whether some of it waits to be graded by hand.
    """

    points: float
    penalty: float = 0.0
    unfinished: bool = False


@dataclass(frozen=True)
class Points:
    """The points of students, assignment by assignment.

    possible : name of an assignment -> its points, in the order of the due dates.
    students : nbgrader's Student, by last name, first name and id.
    graded : (assignment, student's id) -> Graded; nothing where nobody handed in.
    left_out : the assignments for which nobody has handed in anything.
    """

    possible: dict[str, float]
    students: tuple[Student, ...]
    graded: dict[tuple[str, str], Graded] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def read_points(gradebook, assignments=(), students=()):
    """Return the Points of a gradebook.

    gradebook : nbgrader's, open. assignments : names, those with a submission where none is
    given, since one that nobody has handed in yet is not worth 0 to everybody. students : ids,
    everybody's where none is given.

    Raises CourseError for a name that the gradebook does not have, naming the nearest, and
    where it has nothing to export.
    """
    # as text: PostgreSQL and SQLite do not agree where no date stands
    known = sorted(gradebook.assignments, key=lambda one: (str(one.duedate or "9"), one.name))
    everybody = sorted(
        gradebook.students, key=lambda one: (one.last_name or "", one.first_name or "", one.id)
    )
    _refuse_strangers("assignment", assignments, [one.name for one in known])
    _refuse_strangers("student", students, [one.id for one in everybody])
    graded = _graded(gradebook.db)
    handed_in = {name for name, _ in graded}
    chosen = [one for one in known if one.name in (assignments or handed_in)]
    if not chosen or not everybody:
        raise CourseError(
            "The gradebook holds no graded work to export: run `autograder grade ASSIGNMENT` "
            "first, in the folder of the course."
        )
    return Points(
        {one.name: float(one.max_score) for one in chosen},
        tuple(one for one in everybody if not students or one.id in students),
        graded,
        tuple(one.name for one in known if one not in chosen) if not assignments else (),
    )


def read_comments(gradebook):
    """Return (assignment, student's id) -> the graders' comments, as list of (cell, text).

    Only what somebody wrote by hand: what nbgrader says by itself ("No response.") is no word
    of the grader's.
    """
    comments = defaultdict(list)
    rows = (
        gradebook.db.query(Assignment.name, SubmittedAssignment.student_id, Comment)
        .join(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
        .filter(Comment.manual_comment.isnot(None))
    )
    for assignment, student, comment in rows:
        if comment.manual_comment.strip():
            comments[assignment, student].append((comment.name, comment.manual_comment))
    return {key: sorted(said) for key, said in comments.items()}


def _graded(session):
    """Return (assignment, student's id) -> Graded, in one query for the whole course."""
    submitted = SubmittedAssignment
    rows = session.query(
        Assignment.name,
        submitted.student_id,
        submitted.score,
        submitted.late_submission_penalty,
        submitted.needs_manual_grade,
    ).join(submitted, submitted.assignment_id == Assignment.id)
    return {
        (name, student): Graded(max(0.0, score - penalty), penalty, bool(unfinished))
        for name, student, score, penalty, unfinished in rows
    }


def _refuse_strangers(what, names, known):
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0)
            hint = f"; the nearest is {near[0]!r}" if near else ""
            raise CourseError(f"Got the {what} {name!r}, but the gradebook has none such{hint}.")
