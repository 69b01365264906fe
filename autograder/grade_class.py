"""Grading a class: one submission after another, so that one failure is one failure."""

from dataclasses import dataclass

from autograder.class_results import read_failures, write_failures
from autograder.conversion import ConversionError
from autograder.nbgrader_engine import autograde, is_graded, record_assignment, write_feedback
from autograder.submissions import read_submissions


@dataclass(frozen=True)
class Graded:
    """What was done about one submission.

    student : the id.
    skipped : whether it had been graded already and was left as it was.
    failure : why it could not be graded, in words; "" where it could.
    """

    student: str
    skipped: bool = False
    failure: str = ""


def grade_class(course, assignment, students=(), force=False):
    """Grade the submissions of an assignment, yielding a Graded for each as it is done.

    course : a Course; students : whose submissions, everybody's where none is given.
    force : grade again what was graded since it was handed in.

    Feedback pages are written too, for whoever has a graded notebook. Raises CourseError
    where there is no such assignment or student, or where nbgrader refuses the source.
    """
    submissions = read_submissions(course, assignment, students)
    record_assignment(course, assignment)
    failures = read_failures(course, assignment)
    for student, submission in submissions.items():
        skipped = not force and not submission.cause and is_graded(course, assignment, submission)
        failure = ""
        try:
            if not skipped:
                autograde(course, assignment, submission)
            if _lacks_feedback(course, assignment, submission, skipped):
                write_feedback(course, assignment, submission)
        except ConversionError as error:
            failure = f"Could not be graded: {error}"
        failures.pop(student, None)
        if failure:
            failures[student] = failure
        # after each, so that a grading that is stopped half-way is remembered that far
        write_failures(course, assignment, failures)
        yield Graded(student, skipped, failure)


def _lacks_feedback(course, assignment, submission, skipped):
    """Whether there is a graded notebook without the feedback page that belongs to it."""
    if submission.cause:
        return False
    pages = course.folder("feedback", assignment, submission.student).glob("*.html")
    return not skipped or not any(pages)
