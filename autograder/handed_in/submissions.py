"""What students handed in: which notebook is meant, and what stands in the way of grading it."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from autograder.course_error import CourseError
from autograder.handed_in.files import read_regular
from autograder.handed_in.misplaced import may_be_folder, misplaced
from autograder.handed_in.renamed_files import find_notebooks, is_copy, is_named_as_notebook
from autograder.handed_in.timestamps import in_utc, parse_timestamp, stamp_in, still_to_come

MOST_FOLDERS, SHOWN = 100, 3
"""How many folders are looked into for a notebook that is missing, and how many finds are named."""

ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip")
"""Endings of files that may have the notebook in them, which are not unpacked."""

EXPORTED = (".html", ".pdf", ".py")
"""Endings of files that Jupyter writes of a notebook, of which none can be made again."""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment, read but never written.

    student : the id, which is the folder's name.
    folder : submitted/STUDENT/ASSIGNMENT.
    notebooks : name expected -> file that is taken for it; whether it holds a notebook is seen
        when it is graded.
    timestamp : when it was handed in (UTC, without a time zone), or None where nobody noted it.
    timestamp_trouble : what is wrong with its timestamp.txt, in words; "" where nothing is.
    cause : why it earns nothing, in words; "" where it can be graded.
    remark : which of several notebooks are not there, and which copies were left aside, in
        words; "" where none.
    clock : that it was handed in at a time that is still to come, in words; "" where it was not.
    """

    student: str
    folder: Path
    notebooks: dict[str, Path] = field(default_factory=dict)
    timestamp: datetime | None = None
    timestamp_trouble: str = ""
    cause: str = ""
    remark: str = ""
    clock: str = ""

    @property
    def renamed(self):
        """The expected names that stand in other files: name -> file."""
        return {name: path for name, path in self.notebooks.items() if path.name != f"{name}.ipynb"}

    @property
    def note(self):
        """What an instructor should know of it; "" where all is as it should be."""
        return " ".join(filter(None, (self.taking, self.clock)))

    @property
    def taking(self):
        """What was taken for what, and what was passed over; "" where all is as it should be."""
        taken = [f"{path.name} as {name}.ipynb" for name, path in self.renamed.items()]
        said = f"Graded {', '.join(taken)}." if taken else ""
        return " ".join(filter(None, (said, self.remark, self.timestamp_trouble)))


def read_submissions(course, assignment, students=()):
    """Return the submissions of an assignment, by student id, sorted.

    students : whose; everybody's where none is given.
    Raises CourseError where nobody handed anything in, for a student who did not, naming the
    nearest who did, and for one whose folder is passed over.
    """
    expected = course.notebooks(assignment)
    folders, others = {}, {}
    for folder in _folders(course, assignment):
        trouble = _trouble(folder, assignment)
        (others if trouble else folders)[folder.name] = trouble or folder / assignment
    if not folders:
        submitted = course.folder("submitted", assignment, "STUDENT")
        nobody = (
            f"Nobody has handed in anything for {assignment}: submissions are looked for in "
            f"{submitted}, where `nbgrader collect {assignment}` puts those of the exchange."
        )
        aside = misplaced(course, assignment)
        raise CourseError(" ".join([nobody, *others.values(), *aside]))
    for student in students:
        if student in others:
            raise CourseError(f"Got the student {student!r}. {others[student]}")
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


def passed_over(course, assignment):
    """Return what is passed over, a sentence for each.

    Folders that are called as no student can be, and those that cannot be looked into.
    """
    troubles = (_trouble(folder, assignment) for folder in _folders(course, assignment))
    return [trouble for trouble in troubles if trouble]


def _folders(course, assignment):
    """Return the folders of students that hold something of an assignment, or may, sorted."""
    submitted = course.folder("submitted", assignment, "x").parents[1]
    return [folder for folder in sorted(submitted.glob("*")) if may_be_folder(folder / assignment)]


def _trouble(folder, assignment):
    """Return why a student's folder is passed over, a sentence; "" where it is not."""
    nobodys, work = _nobodys(folder.name), folder / assignment
    if nobodys:
        return (
            f"Passed over {str(folder)!r}: {nobodys}. Give the folder the student's id for a name."
        )
    if not os.access(work, os.R_OK | os.X_OK):
        return (
            f"Passed over {str(work)!r}: it cannot be looked into. Whoever owns it, or what it "
            "lies in, must let you read it; then grade again."
        )
    return ""


def _nobodys(name):
    """Return why nbgrader and its gradebook cannot take a folder's name for an id; "" for none."""
    if name.startswith("."):
        return "a name that begins with a dot is no student's"
    if "\n" in name:
        return "its name has a line break in it"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "its name is no text that a gradebook could hold"
    return ""


def read_submission(folder, expected):
    """Return the Submission in a folder: expected are the names, without suffix, to look for.

    A renamed notebook is taken where it is sure which is meant (see `taken_for`). Where it
    would be a guess, it is not, and the cause says so; where others of several notebooks are
    there, these are graded, and the remark says it.
    """
    student = folder.parent.name
    there = list(folder.iterdir())
    # a student's link may lead anywhere on the instructor's disk
    links = {path.stem for path in there if path.is_symlink()}
    files = [path for path in there if not path.is_symlink() and path.is_file()]
    taken, left = find_notebooks(expected, files)
    names = [name for name in expected if name not in taken]
    missing = _missing(names, left, links) + _packed(files, names)
    missing += _exported(files, names) + _further_down(folder, names)
    aside = [path.name for path in left if any(is_copy(path, name) for name in taken)]
    aside = f"Left aside: {', '.join(aside)}." if aside else ""
    timestamp, trouble = _timestamp(folder)
    clock = _from_the_future(timestamp)
    if not taken:
        return Submission(student, folder, {}, timestamp, trouble, cause=missing, clock=clock)
    remark = " ".join(filter(None, (missing, aside)))
    return Submission(student, folder, taken, timestamp, trouble, remark=remark, clock=clock)


def _missing(names, others, links):
    """Say which notebooks were not handed in, as far as anybody can tell; "" for none."""
    if not names:
        return ""
    if others:
        missing = " or ".join(f"{name}.ipynb" for name in names)
        listed = ", ".join(path.name for path in others)
        several = "and several others" if len(others) > 1 else "but another"
        return f"No notebook called {missing}, {several}: {listed}."
    but = ", but a link in its place: links are not followed" if links & set(names) else ""
    return f"No notebook was handed in ({', '.join(f'{name}.ipynb' for name in names)}{but})."


def _packed(files, names):
    """Say which archives are there, where notebooks are missing; "" for none."""
    found = _ending_in(ARCHIVES, files) if names else []
    if not found:
        return ""
    return f" Packed: {_first(found)}; unpack what is meant."


def _exported(files, names):
    """Say which files may have been handed in for a notebook that is missing; "" for none."""
    found = _ending_in(EXPORTED, files) if names else []
    if not found:
        return ""
    which = "is no notebook" if len(found) == 1 else "are no notebooks"
    return f" {_first(found)} {which}: what is needed ends in .ipynb."


def _ending_in(endings, files):
    return sorted(path.name for path in files if path.suffix.lower() in endings)


def _further_down(folder, names):
    """Say which notebooks lie in folders within a student's, where some are missing; "" for none.

    As of an archive that was unpacked with its folder. It is not looked into for long.
    """
    found = []
    for where, folders, files in islice(os.walk(folder), MOST_FOLDERS if names else 0):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        within = Path(where).relative_to(folder)
        if within.parts:
            found += [str(within / name) for name in sorted(files) if is_named_as_notebook(name)]
    if not found:
        return ""
    return f" In a folder within: {_first(found)}; move up what is meant."


def _first(found):
    return ", ".join(found[:SHOWN]) + ", and others" * (len(found) > SHOWN)


def _timestamp(folder):
    """Read timestamp.txt as nbgrader does; return the time or None, and what is wrong with it."""
    try:
        data = read_regular(folder / "timestamp.txt", 1000)
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"Passed over timestamp.txt, which {error.strerror}."
    text = stamp_in(data)
    try:
        return (parse_timestamp(text) if text else None), ""
    except ValueError:
        return None, (
            f"Passed over timestamp.txt, which holds {text[:60]!r}: no time such as "
            "'2026-03-02 14:05:00 UTC'."
        )


def _from_the_future(timestamp):
    if timestamp is None or not still_to_come(timestamp):
        return ""
    return (
        f"Handed in at {in_utc(timestamp)}, says timestamp.txt, which is still to come: one of two "
        "clocks is off. Points taken off for being late go by it until it is corrected."
    )
