"""Grading one submission through nbgrader's own autograde, and its feedback page after."""

import glob
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config import Config

from autograder.conversion import convert
from autograder.release import generate


def record_assignment(course, assignment):
    """Bring the gradebook up to date with an assignment's source: its cells, their points.

    nbgrader does this when it releases; here a release leaves the gradebook alone (see
    `release`), and whoever grades has it recorded first. Raises CourseError where nbgrader
    refuses, such as for graded cells that came or went after submissions were graded.
    """
    with tempfile.TemporaryDirectory() as scratch:
        generate(course, assignment, scratch, gradebook=True)


def is_graded(course, assignment, submission):
    """Whether a submission was graded since it was handed in, by nbgrader's own rule.

    The rule compares the timestamp.txt of submitted/ and autograded/; it does not see a
    notebook that changed while its timestamp stayed, nor a source that changed.
    """
    graded = course.folder("autograded", assignment, submission.student)
    if not all((graded / f"{name}.ipynb").is_file() for name in submission.notebooks):
        return False
    before = course.directory().get_existing_timestamp(str(graded))
    if submission.timestamp and before and submission.timestamp > before:
        return False
    with course.gradebook() as book:
        try:
            book.find_submission(assignment, submission.student)
        except MissingEntry:  # somebody began a new gradebook
            return False
    return True


def autograde(course, assignment, submission):
    """Grade one submission from the start, whether or not it was graded before.

    What was handed in stays as it is: a renamed notebook is graded in a copy. A submission
    that cannot be read earns nothing. Raises ConversionError where nbgrader fails; the points
    in the gradebook are then those of the last grading, if there was one.
    """
    if submission.cause:
        _earns_nothing(course, assignment, submission)
        return
    with _as_nbgrader_wants_it(submission, assignment) as config:
        # nbgrader takes the id for a pattern
        student = glob.escape(submission.student)
        convert(course, Autograde, assignment, student, config, force=True)


def write_feedback(course, assignment, submission):
    """Write the feedback page of a graded submission; raises ConversionError where that fails."""
    convert(course, GenerateFeedback, assignment, glob.escape(submission.student), force=True)


@contextmanager
def _as_nbgrader_wants_it(submission, assignment):
    """Yield the configuration under which nbgrader finds the submission and can read it."""
    config = Config()
    if not submission.renamed and not submission.timestamp_trouble:
        yield config
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / submission.student / assignment
        shutil.copytree(submission.folder, copy, symlinks=True)
        for name, path in submission.renamed.items():
            (copy / path.name).rename(copy / f"{name}.ipynb")
        if submission.timestamp_trouble:
            (copy / "timestamp.txt").unlink()
        config.CourseDirectory.submitted_directory = scratch
        yield config


def _earns_nothing(course, assignment, submission):
    """Record a submission that holds nothing to grade, as nbgrader does for a missing notebook.

    An earlier grading of it is taken away, so that the next submission is not skipped for it.
    """
    for step in ("autograded", "feedback"):
        folder = course.folder(step, assignment, submission.student)
        if folder.is_dir():
            shutil.rmtree(folder)
    with course.gradebook() as book:
        book.update_or_create_student(submission.student)
        when = {"timestamp": submission.timestamp} if submission.timestamp else {}
        recorded = book.update_or_create_submission(assignment, submission.student, **when)
        for notebook in recorded.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0
                grade.needs_manual_grade = False
        book.db.commit()
