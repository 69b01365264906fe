"""Writing a class's feedback pages, in worker processes: nbconvert takes half a second a page."""

import glob
import re
from contextlib import suppress

from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateFeedback

from autograder.course_folder import Course
from autograder.gradebook.graded_notebooks import graded_notebooks, nothing_known
from autograder.handed_in.submissions import read_submissions
from autograder.run.calls import Call, in_words, run_calls
from autograder.run.executors import WorkerProcesses
from autograder.run.grade_class import Graded
from autograder.run.stopping import Stop
from autograder.through_nbgrader.conversion import ConversionError, convert

PATIENCE = 120.0
"""Seconds after which a student's pages count as lost: they take one, and a text that brings
nbconvert or Pygments to a stop must not keep the class waiting."""


def write_feedback(course, assignment, students=(), force=False, workers=None):
    """Return the FeedbackRun that writes an assignment's feedback pages as it is iterated over.

    course : a Course; students : whose pages, everybody's where none is given.
    force : write also those that are newer than the graded notebook, such as after points or
    comments were given by hand. workers : how many processes, as many as cores by default.

    Raises CourseError where there is no such assignment or student, nothing is graded, or the
    gradebook cannot be used.
    """
    submissions = read_submissions(course, assignment, students)
    graded = graded_notebooks(course, assignment, submissions)
    if not graded or not _is_known(course, assignment):
        raise nothing_known(course, assignment, submissions)
    return FeedbackRun(
        course, assignment, graded, force, WorkerProcesses(workers, patience=PATIENCE)
    )


def _is_known(course, assignment):
    """Whether there is a gradebook that knows the assignment; where there is none, none is made."""
    if course.has_gradebook():
        with course.gradebook() as book, suppress(MissingEntry):
            book.find_assignment(assignment)
            return True
    return False


class FeedbackRun:
    """A class's feedback pages; iterating over it yields a Graded for each student.

    `len` tells how many students there are. Who wants to end it early sets `stop`, a Stop.
    """

    def __init__(self, course, assignment, graded, force, executor):
        self._course, self._assignment = course, assignment
        self._graded, self._force, self._executor = graded, force, executor
        self._skipped = []
        self.stop = Stop()

    def __len__(self):
        return len(self._graded)

    def __iter__(self):
        try:
            for ended in run_calls(self._executor, self._calls(), self.stop):
                skipped, self._skipped = self._skipped, []
                yield from skipped
                for call in ended:
                    yield Graded(call.about, failure=in_words(call.error) if call.error else "")
        finally:
            self._executor.shutdown(cancel_futures=True)

    def _calls(self):
        for student, notebooks in self._graded.items():
            folder = self._course.folder("feedback", self._assignment, student)
            if self._force or not all(_is_newer(folder, notebook) for notebook in notebooks):
                where = str(self._course.root), self._assignment, student
                yield Call(write_pages, where, student)
            else:
                self._skipped.append(Graded(student, skipped=True))
                yield None


def write_pages(root, assignment, student):
    """Write the feedback pages of one student; raises ConversionError where nbgrader fails."""
    course = Course(root)
    try:
        convert(course, GenerateFeedback, assignment, _as_pattern(student), force=True)
    except ConversionError as error:
        if glob.escape(student) == student or "matched" not in str(error):
            raise
        folder = course.folder("submitted", assignment, student).parent
        raise ConversionError(
            "nbgrader takes ids with *, ? or [ for patterns, and writes no page for them: give the "
            f"folder {str(folder)!r} another name, and grade it again."
        ) from error


def _as_pattern(student):
    """Return the pattern that matches an id alone: nbgrader takes ids for patterns.

    A space at an end stands in brackets, or nbgrader would strip it away.
    """
    return re.sub(r"^\s|\s$", lambda space: f"[{space[0]}]", glob.escape(student))


def _is_newer(folder, notebook):
    page = folder / f"{notebook.stem}.html"
    return page.is_file() and page.stat().st_mtime >= notebook.stat().st_mtime
