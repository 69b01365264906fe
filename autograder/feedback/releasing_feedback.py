"""Releasing feedback to those who handed in through the exchange, whoever else is in the class."""

import glob
import re
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.report.table import printable

NEEDED = ("submission_secret.txt", "timestamp.txt")
"""Files of a submission by which nbgrader lets its student, and nobody else, find the feedback."""


class SparingReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's release of feedback, which work from elsewhere does not stop.

    What was put into submitted/ by hand, or came from another system, has no secret by which its
    student could find the feedback in the exchange. nbgrader fails there, and releases nothing to
    those who come after; here it is left out and said to be.
    """

    def copy_files(self):
        """Release the pages of those who can fetch them."""
        before = self.coursedir.student_id_exclude
        left_out = [student for student, folder in self._folders() if self._is_left_out(folder)]
        for student in left_out:
            self.log.warning(
                "%s did not hand in through the exchange, and cannot fetch feedback from it: give "
                "them their page by hand, it is in %s.",
                printable(student),
                printable(self._folder_of(student)),
            )
        self.coursedir.student_id_exclude = ",".join(filter(None, [before, *left_out]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = before

    def _folder_of(self, student, **how):
        directory = self.coursedir
        return directory.format_path(
            directory.feedback_directory, student, directory.assignment_id, **how
        )

    def _folders(self):
        """Yield (student, folder) of those who have feedback."""
        names = re.compile(self._folder_of("(?P<student>.*)", escape=True), re.DOTALL)
        for folder in sorted(glob.glob(self.src_path)):
            if named := names.fullmatch(folder):
                yield named["student"], folder

    def _is_left_out(self, folder):
        return not all(Path(folder, name).is_file() for name in NEEDED)
