"""Work that was handed in and lies where nobody looks for it."""

from difflib import get_close_matches

from autograder.handed_in.renamed_files import is_named_as_notebook

_ALIKE = 0.8


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
            meant = "" if (path / assignment).is_dir() else _meant(path, assignment, others)
        else:
            meant = path.name if is_named_as_notebook(path.name) else ""
        if meant:
            place = submitted / (path.name if path.is_dir() else "STUDENT") / assignment
            found = path / meant if path.is_dir() else path
            said.append(f"Passed over {str(found)!r}: what is graded lies in {str(place)!r}.")
    return said


def _meant(student, assignment, others):
    """Return the name of what in a student's folder may be meant, or ""."""
    try:
        names = sorted(path.name for path in student.iterdir())
    except OSError:
        return ""  # nobody may look into it
    notebooks = [name for name in names if is_named_as_notebook(name)]
    unknown = [name for name in names if name not in others or name == assignment]
    return next(iter([*notebooks, *get_close_matches(assignment, unknown, 1, _ALIKE)]), "")
