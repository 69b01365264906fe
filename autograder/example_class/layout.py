"""Laying out an example class in a folder, and never over anything else."""

import hashlib
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import numpy as np
from nbgrader.api import Assignment, Comment, Grade

from autograder.course_error import CourseError
from autograder.course_folder import CONFIG, KEPT_CONFIG, Course
from autograder.example_class.answers import answers, fill
from autograder.example_class.kinds import draw_kinds
from autograder.example_class.names import student_ids
from autograder.gradebook.tables import make_tables
from autograder.releasing.release import released_notebook
from course.tasks import unit_of

RECORD = "class.json"
"""The file that says who is of which kind, and marks the folder as one of ours."""

DUE = datetime(2026, 3, 6, 18, 0)
MADE = (
    "autograded", "exchange", "feedback", "gradebook.db", "release", "report", "source",
    "submitted", ".grader_key", ".nbgrader.log", CONFIG, KEPT_CONFIG, RECORD,
)  # fmt: skip


def lay_out(assignment, students, seed, root):
    """Lay out an example class and return, in words, what was done.

    assignment : such as "05_two_layer"; students : how many; seed : an integer, from which
    the same class comes byte for byte; root : the folder, made where there is none.

    A class that is there already is left as it is, grades and all; another one that this
    made is replaced. Raises CourseError where the folder holds anything else.
    """
    if seed < 0:
        raise CourseError(f"Got the seed {seed}, but a seed is 0 or more.")
    root = Path(root).resolve()
    course = Course(Path(__file__).resolve().parents[2])
    files, left_out = _files(course, assignment, students, seed)
    _refuse_strangers(root)
    said = f"{students} student{'s' if students > 1 else ''} in {root}, seed {seed}."
    if left_out:
        said += f" Left out, for want of students: {', '.join(kind.name for kind in left_out)}."
    if all((root / p).is_file() and (root / p).read_bytes() == d for p, d in files.items()):
        return f"The example class was there already: {said}"
    _refuse_given_by_hand(root)
    graded = len(list(root.glob("autograded/*")))
    for name in MADE:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    laid_out = Course(root)
    make_tables(laid_out)
    with laid_out.gradebook() as book:
        recorded = Assignment(assignment, duedate=DUE, course_id=course.course_id)
        # an id of its own: nbgrader's would be another one each time
        recorded.id = hashlib.md5(assignment.encode()).hexdigest()
        book.db.add(recorded)
        book.db.commit()
    if graded:
        said += f" It took the place of another one, of which {graded} had been graded."
    return f"Laid out an example class: {said}"


def _files(course, assignment, students, seed):
    """Return path -> bytes of everything but the gradebook, and the kinds left out."""
    (name,) = course.notebooks(assignment)
    source = course.folder("source", assignment)
    configs = (course.root / one for one in (CONFIG, KEPT_CONFIG))
    files = {path.name: path.read_bytes() for path in configs if path.is_file()}
    files[f"source/{assignment}/{name}.ipynb"] = (source / f"{name}.ipynb").read_bytes()
    released = released_notebook(course, assignment, name)
    rng = np.random.default_rng(seed)
    ids = student_ids(rng, students)
    kinds, left_out = draw_kinds(rng, assignment, students)
    for student, kind in zip(ids, kinds, strict=True):
        for path, data in _submission(rng, assignment, name, released, kind).items():
            files[f"submitted/{student}/{assignment}/{path}"] = data
    record = {
        "made_by": "autograder example-class",
        "assignment": assignment,
        "seed": seed,
        "due": f"{DUE} UTC",
        "kinds": {student: kind.name for student, kind in sorted(zip(ids, kinds, strict=True))},
        "submitted": {p: _digest(d) for p, d in files.items() if p.startswith("submitted/")},
    }
    files[RECORD] = (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()
    return files, left_out


def _submission(rng, assignment, name, released, kind):
    """Return path -> bytes of what one student handed in."""
    written = answers(unit_of(assignment), kind)
    notebook = nbformat.reads(released, as_version=4)
    fill(notebook, written)
    data = (nbformat.writes(notebook) + "\n").encode()
    before_due = timedelta(seconds=int(rng.integers(5 * 60, 6 * 86400)))
    past_due = timedelta(seconds=int(rng.integers(10 * 60, 30 * 3600)))
    when = DUE + past_due if kind.handed_in == "late" else DUE - before_due
    files = {"timestamp.txt": f"{when:%Y-%m-%d %H:%M:%S.%f} UTC".encode()}
    if kind.handed_in == "under another name":
        files[f"{name}-final (2).ipynb"] = data
    elif kind.handed_in == "without the notebook":
        files["notes.txt"] = b"My laptop died. I will send the notebook tomorrow.\n"
    else:
        files[f"{name}.ipynb"] = data
    return files


def _refuse_strangers(root):
    """Raise CourseError where the folder holds what this command did not make."""
    if not root.exists() or (root.is_dir() and not any(root.iterdir())):
        return
    try:
        record = json.loads((root / RECORD).read_text(encoding="utf-8"))
        ours = record["made_by"] == "autograder example-class"
        submitted = dict(record["submitted"])
    except (OSError, ValueError, KeyError, TypeError):
        ours, submitted = False, {}
    if not ours:
        raise CourseError(
            f"Got the folder {root}, but it holds what this command did not make: name an empty "
            "folder, or one that is not there yet, with --course-root."
        )
    found = {
        path.relative_to(root).as_posix(): path
        for path in (root / "submitted").rglob("*")
        if path.is_file()
    }
    for name in sorted(found):
        if submitted.get(name) != _digest(found[name].read_bytes()):
            raise CourseError(
                f"Got the folder {root}, but {name} in it was not made by this command, or "
                "changed since: move it away, or name another folder with --course-root."
            )


def _refuse_given_by_hand(root):
    """Raise CourseError where somebody has given points or comments in the folder's gradebook."""
    if not (root / CONFIG).is_file() or not Course(root).has_gradebook():
        return
    with Course(root).gradebook() as book:
        points = book.db.query(Grade).filter(Grade.manual_score.isnot(None)).count()
        comments = book.db.query(Comment).filter(Comment.manual_comment.isnot(None)).count()
    if points + comments:
        raise CourseError(
            f"Got the folder {root}, but points of {points} cells and {comments} comments in its "
            "gradebook were given by hand: name another folder with --course-root, or delete this."
        )


def _digest(data):
    return hashlib.sha256(data).hexdigest()
