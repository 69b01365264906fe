import os
import pickle
import pwd
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.handed_in.misplaced import misplaced
from autograder.handed_in.submissions import passed_over, read_submission, read_submissions

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in

EMPTY = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def read(root, files, **options):
    hand_in(root, "kofi-ito", files, **options)
    return read_submission(root / "submitted" / "kofi-ito" / ASSIGNMENT, ["two_layer"])


def test_the_expected_notebook_is_taken_and_others_left(tmp_path):
    submission = read(tmp_path, {NOTEBOOK: EMPTY, "notes.ipynb": EMPTY})
    assert submission.student == "kofi-ito"
    assert {name: path.name for name, path in submission.notebooks.items()} == {
        "two_layer": NOTEBOOK
    }
    assert (submission.cause, submission.note, submission.renamed) == ("", "", {})
    assert submission.timestamp == datetime(2026, 3, 5, 10, 0)


def test_one_stranger_is_taken_for_the_missing_one(tmp_path):
    submission = read(tmp_path, {"my two_layer (1).ipynb": EMPTY})
    assert submission.cause == ""
    assert submission.note == "Graded my two_layer (1).ipynb as two_layer.ipynb."
    assert list(submission.renamed) == ["two_layer"]


def test_of_two_strangers_none_is_taken(tmp_path):
    submission = read(tmp_path, {"a.ipynb": EMPTY, "b.ipynb": EMPTY + b" "})
    assert submission.cause == (
        "No notebook called two_layer.ipynb, and several others: a.ipynb, b.ipynb."
    )


def test_no_notebook_at_all(tmp_path):
    assert read(tmp_path, {"a.txt": b""}).cause == "No notebook was handed in (two_layer.ipynb)."


def test_a_notebook_in_a_folder_within_is_named(tmp_path):
    """As an archive leaves it that was unpacked with its folder."""
    handed_in = {"a.txt": b"", f"05_two_layer/{NOTEBOOK}": EMPTY, ".hidden/b.ipynb": EMPTY}
    assert read(tmp_path, handed_in).cause == (
        "No notebook was handed in (two_layer.ipynb). In a folder within: "
        f"05_two_layer/{NOTEBOOK}; move up what is meant."
    )
    more = {f"{n}/x.ipynb": EMPTY for n in range(9)}
    several = read(tmp_path / "several", handed_in | more).cause
    assert "In a folder within: 0/x.ipynb, 05_two_layer/" in several
    assert several.endswith(", and others; move up what is meant.")
    # where all are there, nobody looks for more
    assert read(tmp_path / "all", handed_in | {NOTEBOOK: EMPTY}).note == ""


@pytest.mark.parametrize("scratch", [{}, {"scratch.ipynb": EMPTY}])
def test_a_notebook_of_another_kind_of_name_is_taken(tmp_path, scratch):
    marked = EMPTY.replace(b"{}", b'{"x": "grade_id"}')
    submission = read(tmp_path, {"two_layer.json": marked, "notes.json": b"{}", **scratch})
    assert submission.note == "Graded two_layer.json as two_layer.ipynb."
    beside = read(tmp_path / "beside", {NOTEBOOK: EMPTY, "two_layer.json": marked})
    assert (beside.notebooks["two_layer"].name, beside.note) == (NOTEBOOK, "")


def test_an_archive_is_named(tmp_path):
    assert read(tmp_path, {"hw.ZIP": b"PK"}).cause == (
        "No notebook was handed in (two_layer.ipynb). Packed: hw.ZIP; unpack what is meant."
    )
    assert read(tmp_path / "beside", {NOTEBOOK: EMPTY, "hw.zip": b"PK"}).note == ""


def test_what_was_exported_in_place_of_the_notebook_is_named(tmp_path):
    assert read(tmp_path, {"two_layer.py": b"x = 1", "a.csv": b"1"}).cause == (
        "No notebook was handed in (two_layer.ipynb). two_layer.py is no notebook: what is needed "
        "ends in .ipynb."
    )
    several = read(tmp_path / "several", {"b.HTML": b"", "a.pdf": b"", "hw.zip": b"PK"}).cause
    assert several.endswith(
        " Packed: hw.zip; unpack what is meant. a.pdf, b.HTML are no notebooks: what is needed "
        "ends in .ipynb."
    )
    assert read(tmp_path / "beside", {NOTEBOOK: EMPTY, "helpers.py": b""}).note == ""


@pytest.mark.parametrize("data", [b"", b"[1]", b"\xff\xfe\x00", b"null"])
def test_what_is_in_the_file_is_left_to_the_worker(tmp_path, data):
    submission = read(tmp_path, {NOTEBOOK: data})
    assert (submission.cause, list(submission.notebooks)) == ("", ["two_layer"])


def test_a_copy_beside_the_notebook_is_left_aside_and_named(tmp_path):
    submission = read(tmp_path, {NOTEBOOK: EMPTY, "two_layer (1).ipynb": EMPTY})
    assert submission.notebooks["two_layer"].name == NOTEBOOK
    assert submission.note == "Left aside: two_layer (1).ipynb."


def test_of_several_notebooks_those_that_are_there_are_graded(tmp_path):
    hand_in(tmp_path, "kofi-ito", {NOTEBOOK: EMPTY})
    folder = tmp_path / "submitted" / "kofi-ito" / ASSIGNMENT
    submission = read_submission(folder, ["two_layer", "extra"])
    assert list(submission.notebooks) == ["two_layer"]
    assert submission.cause == ""
    assert submission.note == "No notebook was handed in (extra.ipynb)."


def test_a_link_is_not_followed(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(EMPTY)
    hand_in(tmp_path, "kofi-ito", {})
    folder = tmp_path / "submitted" / "kofi-ito" / ASSIGNMENT
    (folder / NOTEBOOK).symlink_to(secret)
    submission = read_submission(folder, ["two_layer"])
    assert submission.notebooks == {}
    assert submission.cause == (
        "No notebook was handed in (two_layer.ipynb, but a link in its place: links are not "
        "followed)."
    )


@pytest.mark.parametrize("timestamp", ["soon", "2026-13-45 99:00:00 UTC", "9" * 400])
def test_a_timestamp_that_is_none_is_passed_over(tmp_path, timestamp):
    submission = read(tmp_path, {NOTEBOOK: EMPTY}, timestamp=timestamp)
    assert submission.timestamp is None
    assert submission.cause == ""
    assert submission.note.startswith("Passed over timestamp.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_timestamp_as_an_editor_on_windows_saves_it_is_read(tmp_path, encoding):
    hand_in(tmp_path, "kofi-ito", {NOTEBOOK: EMPTY})
    folder = tmp_path / "submitted" / "kofi-ito" / ASSIGNMENT
    (folder / "timestamp.txt").write_bytes("2026-03-05 12:00:00 UTC\r\n".encode(encoding))
    submission = read_submission(folder, ["two_layer"])
    assert (submission.timestamp, submission.note) == (datetime(2026, 3, 5, 12), "")
    (folder / "timestamp.txt").write_bytes("".encode(encoding))
    submission = read_submission(folder, ["two_layer"])
    assert (submission.timestamp, submission.note) == (None, "")


def test_only_those_who_handed_in_are_read(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    hand_in(tmp_path, "kofi-ito", {NOTEBOOK: EMPTY})
    hand_in(tmp_path, "mei-lin", {NOTEBOOK: EMPTY})
    (tmp_path / "submitted" / "leo-sato" / "04_other").mkdir(parents=True)
    course = Course(tmp_path)
    assert list(read_submissions(course, ASSIGNMENT)) == ["kofi-ito", "mei-lin"]
    assert list(read_submissions(course, ASSIGNMENT, ["mei-lin"])) == ["mei-lin"]
    with pytest.raises(CourseError, match=r"'mei-li'.*nearest who has is 'mei-lin'"):
        read_submissions(course, ASSIGNMENT, ["mei-li"])


def test_work_from_the_future_is_graded_and_said_to_be(tmp_path):
    submission = read(tmp_path, {NOTEBOOK: EMPTY}, timestamp="2999-03-05 10:00:00 UTC")
    assert submission.timestamp == datetime(2999, 3, 5, 10, 0)
    assert (submission.cause, list(submission.notebooks)) == ("", ["two_layer"])
    assert "2999-03-05 10:00:00 UTC, says timestamp.txt, which is still to come" in submission.note
    assert "one of two clocks is off" in submission.note


def test_folders_that_can_be_no_students_are_passed_over_by_name(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    course = Course(tmp_path)
    for student in (".ana", os.fsdecode(b"le\xffo")):
        hand_in(tmp_path, student, {NOTEBOOK: EMPTY})
    # with nothing of this unit in it
    (tmp_path / "submitted" / ".cache").mkdir()
    hidden, no_text = passed_over(course, ASSIGNMENT)
    assert "/submitted/.ana'" in hidden and "begins with a dot" in hidden
    assert r"/submitted/le\udcffo'" in no_text and "no text" in no_text
    assert no_text.isprintable()
    with pytest.raises(CourseError, match=r"Nobody has handed in.*\.ana.*Give the folder"):
        read_submissions(course, ASSIGNMENT)
    hand_in(tmp_path, "kofi-ito", {NOTEBOOK: EMPTY})
    assert list(read_submissions(course, ASSIGNMENT)) == ["kofi-ito"]


def as_nobody(function):
    """Return what a function returns, or the CourseError it raises, to one who is not root."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        nobody = pwd.getpwnam("nobody")
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
        try:
            seen = function()
        except Exception as error:
            seen = repr(error)
        os.write(writing, pickle.dumps(seen))
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with open(reading, "rb") as answer:
        return pickle.loads(answer.read())


@pytest.fixture
def open_course():
    """A course in a folder that everybody reaches."""
    with tempfile.TemporaryDirectory() as root:
        os.chmod(root, 0o755)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        shutil.copytree(ROOT / "source" / ASSIGNMENT, Path(root, "source", ASSIGNMENT))
        yield Course(root)


@pytest.mark.parametrize("mode", [0o000, 0o644])
@pytest.mark.parametrize("closed", ["locked", f"locked/{ASSIGNMENT}"])
def test_a_folder_that_cannot_be_read_is_passed_over_by_name(open_course, mode, closed):
    hand_in(open_course.root, "kofi-ito", {NOTEBOOK: EMPTY})
    hand_in(open_course.root, "locked", {NOTEBOOK: EMPTY})
    folder = open_course.root / "submitted" / closed
    folder.chmod(mode)
    work = str(open_course.root / "submitted" / "locked" / ASSIGNMENT)
    cannot = f"Passed over {work!r}: it cannot be looked into. "

    def seen():
        graded = list(read_submissions(open_course, ASSIGNMENT))
        return graded, passed_over(open_course, ASSIGNMENT), misplaced(open_course, ASSIGNMENT)

    def asked_for():
        return read_submissions(open_course, ASSIGNMENT, ["locked"])

    try:
        # here, too, for whoever is not root may not read the modules that are imported on the way
        assert seen()[0]
        graded, (said,), beside = as_nobody(seen)
        refused = as_nobody(asked_for)
    finally:
        folder.chmod(0o755)
    assert (graded, beside) == (["kofi-ito"], [])
    assert said.startswith(cannot)
    assert f"Got the student 'locked'. {cannot}" in refused


def test_a_link_that_leads_to_itself_is_nobodys_work(open_course):
    hand_in(open_course.root, "kofi-ito", {NOTEBOOK: EMPTY})
    (open_course.root / "submitted" / "leo-sato").mkdir()
    loop = open_course.root / "submitted" / "leo-sato" / ASSIGNMENT
    loop.symlink_to(loop)
    assert list(read_submissions(open_course, ASSIGNMENT)) == ["kofi-ito"]
    assert passed_over(open_course, ASSIGNMENT) == []
