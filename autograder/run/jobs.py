"""Jobs from submissions: all that a worker must know of one, read from the course's folder."""

import errno
import os

from autograder.course_error import CourseError
from autograder.grader_key import course_key, submission_secret
from autograder.handed_in.files import data_files, read_regular
from autograder.mending.decoding import MOST_BYTES
from autograder.run.given_code import given_code
from autograder.run.job import Job
from course.hints import LEVELS, VARIABLE, hint_level


class JobMaker:
    """Makes the Job of each Submission of an assignment.

    course : a Course; assignment : its name. patterns : name -> Pattern, see
    mending.patterns_of. limits : the Limits of the course. sealed : as in Job.

    The course's key is made where there is none; raises CourseError where it cannot be used.
    """

    def __init__(self, course, assignment, patterns, limits, sealed=True):
        self.assignment, self.patterns = assignment, patterns
        self.limits, self.sealed = limits, sealed
        _refuse_unknown_hints()
        self._key = course_key(course.root)
        self._ignore = tuple(course.directory().ignore)
        # half of what the sandbox has room for: the notebook may want to write, too
        self._most = limits.file_bytes // 2
        source = course.folder("source", assignment)
        self._given, passed_over = data_files(source, self._ignore, self._most)
        if passed_over:
            raise CourseError(
                f"{source} has more beside its notebooks than a notebook may be given. "
                f"{passed_over[0]} Put a regular file there, or raise c.Seal.file_bytes."
            )
        self._code, self._opening = given_code(source)
        kept = course.config.Autograde.get("exclude_overwriting", {}).get(assignment, ())
        self._students_own = frozenset(kept)

    def __call__(self, submission):
        """Return the Job of a Submission; what could not be read is said in its notes."""
        notes = [said for said in (submission.cause, submission.taking) if said]
        files = {}
        for name, path in submission.notebooks.items():
            try:
                files[name] = read_regular(path, MOST_BYTES)
            except OSError as error:
                notes.append(f"Passed over {path.name[:200]}, which {error.strerror}.")
                if error.errno == errno.EFBIG:
                    notes[-1] += " Clear all of its outputs, save it and hand it in again."
        others, passed_over = data_files(submission.folder, self._ignore, self._most)
        # as nbgrader: the course's own version of a file replaces the student's
        given = {
            n: d for n, d in self._given.items() if n not in self._students_own & others.keys()
        }
        others = {n: data for n, data in others.items() if not _in_the_way(n, given)} | given
        # when it was handed in is nbgrader's note: no cell reads it, and no case is drawn by it
        others.pop("timestamp.txt", None)
        return Job(
            assignment=self.assignment,
            student=submission.student,
            patterns=self.patterns,
            files=files,
            others=others,
            notes=(*notes, *passed_over),
            secret=submission_secret(self._key, self.assignment, submission.student),
            limits=self.limits,
            sealed=self.sealed,
            given=self._code,
            opening=self._opening,
            hints=hint_level(),
        )


def _in_the_way(name, given):
    """Whether a file's path is a folder of another's, or the other way round."""
    return any(n.startswith(f"{name}/") or name.startswith(f"{n}/") for n in given)


def _refuse_unknown_hints():
    """Raise CourseError where the course asks for a level of hints that there is not."""
    level = os.environ.get(VARIABLE, LEVELS[0])
    if level not in LEVELS:
        raise CourseError(
            f"Got {VARIABLE}={level!r}, but the levels of hints are {', '.join(LEVELS)}: set it "
            "to one of them in nbgrader_config.py."
        )
