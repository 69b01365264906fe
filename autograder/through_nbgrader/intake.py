"""What nbgrader's own autograde takes in: notebooks under the names expected, and no links.

nbgrader looks for what was handed in by itself. Before it converts anything, its findings are
put right here; what lies in submitted/ is never touched.
"""

import glob
import os
import re
import stat
from copy import deepcopy
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from autograder.course_folder import Course
from autograder.handed_in.submissions import read_submission

MOST_PASSED_OVER = 100
"""Files; of a submission with more links than this, no data file is copied."""


class _NotCopied(str):
    """A pattern that was put here among those of files to ignore."""

    __slots__ = ()


def course_of(converter):
    """Return the Course that one of nbgrader's converters works on.

    What its CourseDirectory was told on the command line or by a program holds here, too.
    """
    directory = converter.coursedir
    config = deepcopy(converter.config)
    for name in directory.trait_names(config=True):
        config.CourseDirectory[name] = getattr(directory, name)
    config.CourseDirectory.ignore = _own(directory.ignore)
    return Course(directory.root, config)


def submission_of(course, assignment, student, names):
    """Return the Submission of a student; names are those of the notebooks expected."""
    folder = course.folder("submitted", assignment, student)
    return replace(read_submission(folder, names), student=student)


def take_in(converter, course):
    """Put right what an Autograde has found of the submissions that it is about to convert.

    A renamed notebook is converted under the name that is expected, where it is sure which is
    meant. Where none is, all that are expected are asked for: they are graded as they were
    released, which earns nothing and says why. Links and whatever else is no regular file are
    not copied beside the graded notebooks. A submission whose timestamp.txt is such a file, or
    holds no time, is left out, and said to be: nbgrader would follow it, or fail in reading it.
    """
    directory = converter.coursedir
    refused = _own(directory.ignore)
    for folder, assignment, student in _submissions(directory):
        odd = _no_regular_files(folder)
        if os.path.join(folder, "timestamp.txt") in odd:
            converter.assignments.pop(folder, None)
            converter.log.error(
                "%s is not graded: its timestamp.txt is no regular file. Remove it.", folder
            )
            continue
        if odd:
            converter.log.warning("%s: not copied, for they are no regular files: %s", folder, odd)
        over = [folder] if len(odd) > MOST_PASSED_OVER else odd
        refused += [_NotCopied(glob.escape(path)) for path in over]
        known = sorted(path.stem for path in course.folder("source", assignment).glob("*.ipynb"))
        submission = submission_of(course, assignment, student, known)
        trouble = submission.timestamp_trouble or _unread_by_nbgrader(directory, folder)
        if trouble:
            converter.assignments.pop(folder, None)
            converter.log.error(
                "%s is not graded. %s Correct it, or remove it; `autograder grade` grades it as "
                "it is.",
                folder,
                trouble,
            )
            continue
        if submission.clock:
            converter.log.warning("%s: %s", folder, submission.clock)
        found = submission.notebooks
        taken = {str(path) for path in found.values()}
        unknown = [path for path in converter.assignments.get(folder, ()) if path not in taken]
        if submission.cause:
            converter.log.warning("%s earns nothing: %s", folder, submission.cause)
            found, unknown = known, []
        notebooks = {*unknown} | {
            os.path.join(folder, f"{name}.ipynb")
            for name in found
            if fnmatchcase(name, directory.notebook_id)
        }
        if notebooks:
            converter.assignments[folder] = sorted(notebooks)
    directory.ignore = refused


def _own(patterns):
    """Return a course's own patterns of files to ignore."""
    return [pattern for pattern in patterns if not isinstance(pattern, _NotCopied)]


def _submissions(directory):
    """Yield (folder, assignment, student) of what nbgrader was asked to grade."""
    step = directory.submitted_directory
    names = re.compile(
        directory.format_path(step, "(?P<student>.*)", "(?P<assignment>.*)", escape=True)
    )
    for folder in glob.glob(
        directory.format_path(step, directory.student_id, directory.assignment_id)
    ):
        named = names.match(folder)
        if named and Path(folder).is_dir():
            yield folder, named["assignment"], named["student"]


def _unread_by_nbgrader(directory, folder):
    """Say that nbgrader would end with an error over a timestamp.txt that is a time; "" if not."""
    try:
        directory.get_existing_timestamp(folder)
    except Exception:  # as in parse_timestamp, of every kind
        return "Its timestamp.txt is in an encoding that nbgrader does not read."
    return ""


def _no_regular_files(folder):
    """Return the paths in a folder that nbgrader would copy, and that are no regular files."""
    found = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]
    return [path for path in found if not stat.S_ISREG(os.lstat(path).st_mode)]
