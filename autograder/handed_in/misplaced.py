"""Work that was handed in and lies where nobody looks for it."""

import errno
from difflib import get_close_matches
from stat import S_ISDIR

from autograder.handed_in.renamed_files import is_named_as_notebook

_ALIKE = 0.8
_NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def misplaced(course, assignment):
    """Return what in submitted/ may be meant for an assignment, and is not graded: sentences.

    Notebooks beside the students' folders, or beside their folders of assignments; a file in the
    place of such a folder, and a folder whose name is nearly the assignment's.
    """
    submitted = course.folder("submitted", assignment, "x").parents[1]
    source = course.folder("source", assignment).parent
    others = {folder.name for folder in source.glob("*")}
    said = []
    for path in sorted(submitted.glob("*")):
        if path.is_dir():
            meant = "" if may_be_folder(path / assignment) else _meant(path, assignment, others)
        else:
            meant = path.name if is_named_as_notebook(path.name) else ""
        if meant:
            place = submitted / (path.name if path.is_dir() else "STUDENT") / assignment
            found = path / meant if path.is_dir() else path
            said.append(f"Passed over {str(found)!r}: what is graded lies in {str(place)!r}.")
    return said


def may_be_folder(path):
    """Whether a path is a folder's, or lies where it cannot be seen what is there."""
    try:
        return S_ISDIR(path.stat().st_mode)
    except OSError as error:
        return error.errno not in _NOTHING_THERE


def _meant(student, assignment, others):
    """Return the name of what in a student's folder may be meant, or ""."""
    try:
        names = sorted(path.name for path in student.iterdir())
    except OSError:
        return ""  # nobody may look into it
    notebooks = [name for name in names if is_named_as_notebook(name)]
    unknown = [name for name in names if name not in others or name == assignment]
    return next(iter([*notebooks, *get_close_matches(assignment, unknown, 1, _ALIKE)]), "")
