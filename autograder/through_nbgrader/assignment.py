"""What the gradebook must know of an assignment before it can be graded."""

import tempfile
from contextlib import nullcontext

from nbgrader.api import MissingEntry

from autograder.course_error import CourseError
from autograder.gradebook.recording import recording, written_at_once
from autograder.gradebook.tables import make_tables
from autograder.releasing.release import generate


def record_assignment(course, assignment):
    """Bring the gradebook up to date with an assignment's source: its cells, their points.

    nbgrader does this when it releases; here a release leaves the gradebook alone (see
    `release`), and whoever grades has it recorded first. Raises CourseError where nbgrader
    refuses, such as for graded cells that came or went after submissions were graded.
    """
    quickly = written_at_once(course) if make_tables(course) else nullcontext()
    with recording(course), quickly, tempfile.TemporaryDirectory() as scratch:
        generate(course, assignment, scratch, gradebook=True)


def refuse_unrecorded(course, assignment):
    """Raise CourseError, with the way out, where the gradebook knows no notebook of an assignment.

    nbgrader's own autograde would say so once for each student, with a traceback.
    """
    with course.gradebook() as book:
        try:
            known = bool(book.find_assignment(assignment).notebooks)
        except MissingEntry:
            known = False
    if not known:
        raise CourseError(
            f"The gradebook knows nothing of {assignment!r} yet: `nbgrader generate_assignment "
            f"{assignment}`, or Generate in Formgrader, tells it; what is handed in stays."
        )
