"""What students handed in: which notebook is meant, and what stands in the way of grading it."""

from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import nbformat
from nbgrader.utils import parse_utc

from autograder.course_error import CourseError


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment, read but never written.

    student : the id, which is the folder's name.
    folder : submitted/STUDENT/ASSIGNMENT.
    notebooks : name expected -> file that is taken for it.
    timestamp : when it was handed in (UTC, without a time zone), or None where nobody noted it.
    timestamp_trouble : what is wrong with its timestamp.txt, in words; "" where nothing is.
    cause : why it earns nothing, in words; "" where it can be graded.
    """

    student: str
    folder: Path
    notebooks: dict[str, Path] = field(default_factory=dict)
    timestamp: datetime | None = None
    timestamp_trouble: str = ""
    cause: str = ""

    @property
    def renamed(self):
        """The expected names that stand in other files: name -> file."""
        return {name: path for name, path in self.notebooks.items() if path.stem != name}

    @property
    def note(self):
        """What was taken for what, and what was passed over; "" where all is as it should be."""
        taken = [f"{path.name} as {name}.ipynb" for name, path in self.renamed.items()]
        said = [f"Graded {', '.join(taken)}."] if taken else []
        return " ".join([*said, *([self.timestamp_trouble] if self.timestamp_trouble else [])])


def read_submissions(course, assignment, students=()):
    """Return the submissions of an assignment, by student id, sorted.

    students : whose; everybody's where none is given.
    Raises CourseError where nobody handed anything in, and for a student who did not, naming
    the nearest who did.
    """
    expected = course.notebooks(assignment)
    submitted = course.folder("submitted", assignment, "x").parents[1]
    folders = {
        folder.name: folder / assignment
        for folder in sorted(submitted.glob("[!.]*"))
        if (folder / assignment).is_dir()
    }
    if not folders:
        raise CourseError(
            f"Nobody has handed in anything for {assignment}: submissions are looked for in "
            f"{submitted / 'STUDENT' / assignment}."
        )
    for student in students:
        if student not in folders:
            near = get_close_matches(student, folders, n=1, cutoff=0)
            hint = f"; the nearest who has is {near[0]!r}" if near else ""
            raise CourseError(
                f"Got the student {student!r}, who has handed in nothing for {assignment}{hint}."
            )
    return {
        student: read_submission(folder, expected)
        for student, folder in folders.items()
        if not students or student in students
    }


def read_submission(folder, expected):
    """Return the Submission in a folder: expected are the names, without suffix, to look for.

    Where one expected notebook is missing and one stranger is there, the stranger is taken
    for it. Where it would be a guess, nothing is taken and the cause says so.
    """
    student = folder.parent.name
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb")) if path.is_file()}
    taken = {name: found.pop(name) for name in expected if name in found}
    missing = [name for name in expected if name not in taken]
    cause = ""
    if len(missing) == 1 and len(found) == 1:
        taken[missing[0]] = next(iter(found.values()))
    elif len(missing) == 1 and found:
        others = ", ".join(path.name for path in found.values())
        cause = f"No notebook called {missing[0]}.ipynb, and several others: {others}."
    elif missing:
        names = ", ".join(f"{name}.ipynb" for name in missing)
        cause = f"No notebook was handed in ({names})."
    for path in taken.values():
        cause = cause or _unreadable(path)
    timestamp, trouble = _timestamp(folder)
    return Submission(student, folder, taken, timestamp, trouble, cause)


def _unreadable(path):
    """Say why a file is no notebook, or return ""."""
    try:
        nbformat.read(path, as_version=4)
    except Exception as error:  # whatever a student's file makes a parser do
        said = str(error).strip().splitlines()
        return f"{path.name} cannot be read as a notebook: {said[0][:200] if said else error!r}"
    return ""


def _timestamp(folder):
    """Read timestamp.txt as nbgrader does; return the time or None, and what is wrong with it."""
    path = folder / "timestamp.txt"
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    try:
        return (parse_utc(text) if text else None), ""
    except (ValueError, OverflowError):
        return None, (
            f"Passed over timestamp.txt, which holds {text[:60]!r}: no time such as "
            "'2026-03-02 14:05:00 UTC'."
        )
