"""What the gradebook must know of an assignment before it can be graded."""

import tempfile

from autograder.gradebook.recording import recording
from autograder.gradebook.tables import make_tables
from autograder.releasing.release import generate


def record_assignment(course, assignment):
    """Bring the gradebook up to date with an assignment's source: its cells, their points.

    nbgrader does this when it releases; here a release leaves the gradebook alone (see
    `release`), and whoever grades has it recorded first. Raises CourseError where nbgrader
    refuses, such as for graded cells that came or went after submissions were graded.
    """
    make_tables(course)
    with recording(course), tempfile.TemporaryDirectory() as scratch:
        generate(course, assignment, scratch, gradebook=True)
