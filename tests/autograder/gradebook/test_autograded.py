"""The folders under autograded/: as nbgrader leaves them, whole, and known by what was graded."""

import os
import stat

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.gradebook import replace as replacing
from autograder.gradebook.autograded import MARK
from autograder.gradebook.writer import GradebookWriter
from autograder.handed_in.copying import MOST_FILES

from .small_course import ASSIGNMENT, DIGEST, hand_in, mark_of, result_of
from .tables import grades_of

pytestmark = pytest.mark.slow


@pytest.fixture
def course(sqlite_course):
    return sqlite_course


def grade(course, submission, digest=DIGEST):
    """Write one submission and return what became of it: failures, and whether it is current."""
    with GradebookWriter(course, ASSIGNMENT) as writer:
        failures = writer.write([(result_of(course, submission), submission, digest)])
        return failures, writer.is_current(submission, digest)


def configured(course, text):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(text)
    return Course(course.root)


def graded(course, student="ada"):
    return course.folder("autograded", ASSIGNMENT, student)


def names(folder):
    """Return the paths of the files in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


WRITTEN = [MARK, "data/numbers.csv", "extra.ipynb", "problem.ipynb", "timestamp.txt"]


def test_the_folder_holds_what_nbgrader_puts_there(course):
    files = {
        "notes.txt": "mine",
        "data/numbers.csv": "4,5,6",
        "data/mine.csv": "7",
        ".hidden": "h",
        "scratch.ipynb": "{}",
        "feedback/old.html": "f",
        ".ipynb_checkpoints/x.txt": "x",
        "__pycache__/x.pyc": "x",
    }
    ada = hand_in(course, "ada", files=files)
    assert grade(course, ada) == ({}, True)
    folder = graded(course)
    assert names(folder) == sorted([*WRITTEN, ".hidden", "data/mine.csv", "notes.txt"])
    assert (folder / "data" / "numbers.csv").read_text() == "1,2,3\n"
    assert (folder / "timestamp.txt").read_text() == (ada.folder / "timestamp.txt").read_text()
    assert {mode(path) for path in folder.rglob("*") if path.is_file()} == {0o444}
    assert (folder / "problem.ipynb").read_text().endswith("}\n")


def test_no_more_of_a_student_is_copied_than_nbgrader_takes(course):
    """One sparse file would fill the disk, and end the class with it."""
    course = configured(
        course, "c.CourseDirectory.max_file_size = 200\nc.CourseDirectory.max_dir_size = 300\n"
    )
    ada = hand_in(course, "ada", files={"a.bin": "a" * 150_000, "c.bin": "c" * 140_000})
    for name, size in {"b.bin": 10**12, "d.bin": 100_000}.items():
        with (ada.folder / name).open("wb") as file:
            file.truncate(size)
    assert grade(course, ada) == ({}, True)
    assert names(graded(course)) == sorted([*WRITTEN, "a.bin", "c.bin"])


def test_no_more_files_of_a_student_are_copied_than_collect_takes(course):
    ada = hand_in(course, "ada", files={f"a/{n:04d}.txt": "" for n in range(MOST_FILES + 5)})
    assert grade(course, ada) == ({}, True)
    copied = set(names(graded(course))) - set(WRITTEN)
    assert len(copied) == MOST_FILES - 1  # the timestamp is one
    assert (graded(course) / "timestamp.txt").is_file()


def test_files_that_the_course_leaves_to_students_stay_theirs(course):
    course = configured(
        course, f'c.Autograde.exclude_overwriting = {{"{ASSIGNMENT}": ["data/numbers.csv"]}}\n'
    )
    grade(course, hand_in(course, "ada", files={"data/numbers.csv": "4,5,6"}))
    grade(course, hand_in(course, "bob"))
    assert (graded(course) / "data" / "numbers.csv").read_text() == "4,5,6"
    assert not (graded(course, "bob") / "data").exists()


@pytest.mark.parametrize(
    ("line", "file", "folder"),
    [
        ("c.Autograde.permissions = 640", 0o640, None),
        ("c.BaseConverter.permissions = 600", 0o600, None),
        ("c.CourseDirectory.groupshared = True", 0o664, 0o2770),
    ],
)
def test_permissions_are_as_configured(course, line, file, folder):
    course = configured(course, line + "\n")
    grade(course, hand_in(course, "ada"))
    where = graded(course)
    assert {mode(path) for path in where.rglob("*") if path.is_file()} == {file}
    if folder:
        for path in (where, where / "data", where.parents[1]):
            assert mode(path) & folder == folder
    else:
        assert not mode(where) & 0o2000


def test_nothing_is_followed_out_of_the_students_folder(course):
    ada = hand_in(course, "ada")
    secret = course.root / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("secret")
    (ada.folder / "key.txt").symlink_to(secret / "key.txt")
    (ada.folder / "all").symlink_to(secret)
    os.mkfifo(ada.folder / "pipe")
    assert grade(course, ada) == ({}, True)
    assert names(graded(course)) == WRITTEN
    assert not any(path.is_symlink() for path in graded(course).rglob("*"))


def test_a_students_file_takes_no_place_of_the_graders(course):
    forged = '{"digest": "dddd", "notebooks": []}'
    ada = hand_in(course, "ada", files={MARK: forged, "data": "no folder"})
    assert grade(course, ada) == ({}, True)
    assert names(graded(course)) == WRITTEN
    assert mark_of(course, "ada")["digest"] == DIGEST


def test_a_timestamp_that_is_no_time_is_not_copied(course):
    ada = hand_in(course, "ada", timestamp="soon")
    assert grade(course, ada) == ({}, True)
    assert "timestamp.txt" not in names(graded(course))


@pytest.mark.parametrize("stamp", ["2026-03-05 10:00:00 UTC", ""])
def test_a_timestamp_with_a_byte_order_mark_is_copied_without(course, stamp):
    ada = hand_in(course, "ada", timestamp=f"\ufeff{stamp}\n")
    assert grade(course, ada) == ({}, True)
    assert (graded(course) / "timestamp.txt").read_bytes() == stamp.encode()


@pytest.mark.parametrize("exchanges", [True, False])
def test_what_was_there_is_replaced_whole_and_its_feedback_removed(course, monkeypatch, exchanges):
    if not exchanges:
        # as on a file system that cannot let two folders change places
        monkeypatch.setattr(replacing, "_exchange", lambda one, other: False)
    ada = hand_in(course, "ada", files={"notes.txt": "mine"})
    grade(course, ada, "1")
    feedback = course.folder("feedback", ASSIGNMENT, "ada")
    feedback.mkdir(parents=True)
    (feedback / "problem.html").write_text("old")
    (ada.folder / "notes.txt").unlink()
    assert grade(course, ada, "2") == ({}, True)
    assert names(graded(course)) == WRITTEN
    assert mark_of(course, "ada")["digest"] == "2"
    assert not feedback.exists()
    assert [path.name for path in (course.root / "autograded").iterdir()] == ["ada"]


def test_the_system_lets_two_folders_change_places(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    # this is a Linux, and its file system can; elsewhere two renames do
    assert replacing._exchange(tmp_path / "one", tmp_path / "other")
    assert names(tmp_path) == ["one/other", "other/one"]


def test_current_is_what_files_and_gradebook_both_hold(course):
    ada, bob = hand_in(course, "ada"), hand_in(course, "bob")
    assert grade(course, ada) == ({}, True)

    def is_current(submission, digest=DIGEST):
        with GradebookWriter(course, ASSIGNMENT) as writer:
            return writer.is_current(submission, digest)

    assert is_current(ada)
    assert not is_current(ada, "e" * 64)
    assert not is_current(bob)
    mark = graded(course) / MARK
    kept = mark.read_text()
    mark.chmod(0o644)
    for broken in ("", "[]", '{"digest": 1}', kept[:20]):
        mark.write_text(broken)
        assert not is_current(ada)
    mark.write_text(kept)
    assert is_current(ada)
    (graded(course) / "extra.ipynb").unlink()
    assert not is_current(ada)
    grade(course, ada)
    with course.gradebook() as book:
        book.remove_submission(ASSIGNMENT, "ada")
    assert not is_current(ada)


def test_an_old_folder_does_not_count_while_the_gradebook_is_ahead(course, monkeypatch):
    ada = hand_in(course, "ada")
    grade(course, ada, "1")
    unusable = CourseError("The gradebook is gone.")
    with GradebookWriter(course, ASSIGNMENT) as writer:
        monkeypatch.setattr(writer, "_in_transaction", lambda *_, **__: raise_(unusable))
        with pytest.raises(CourseError):
            writer.write([(result_of(course, ada), ada, "2")])
        assert not writer.is_current(ada, "1") and not writer.is_current(ada, "2")
    # the notebooks themselves are as they were
    assert names(graded(course)) == WRITTEN[1:]


def raise_(error):
    raise error


def test_files_that_cannot_be_put_in_place_are_reported_alone(course, url):
    (course.root / "autograded").mkdir()
    (course.root / "autograded" / "ada").write_text("somebody's file")
    submissions = [hand_in(course, "ada"), hand_in(course, "bob")]
    with GradebookWriter(course, ASSIGNMENT) as writer:
        failures = writer.write([(result_of(course, one), one, DIGEST) for one in submissions])
        assert failures.keys() == {"ada"}
        assert failures["ada"].startswith("The gradebook has its points, but its files could not")
        assert [writer.is_current(one, DIGEST) for one in submissions] == [False, True]
    assert grades_of(url, "ada")["problem", "test_square"] == (2, None, False)


def test_left_overs_are_swept_and_those_of_a_run_under_way_are_not(course):
    root = course.root / "autograded"
    (root / ".grading-dead" / "1").mkdir(parents=True)
    (root / ".grading-dead.lock").touch()
    ada = hand_in(course, "ada")
    with GradebookWriter(course, ASSIGNMENT) as one, GradebookWriter(course, ASSIGNMENT) as other:
        assert len(list(root.glob(".grading-*"))) == 4
        assert one.write([(result_of(course, ada), ada, "1")]) == {}
        assert other.write([(result_of(course, ada), ada, "2")]) == {}
    assert [path.name for path in root.iterdir()] == ["ada"]
    assert mark_of(course, "ada")["digest"] == "2"


def test_a_folder_that_cannot_be_written_to_is_said_in_words(course):
    (course.root / "autograded").write_text("a file")
    with pytest.raises(CourseError, match=r"cannot be written to .*autograded"):
        GradebookWriter(course, ASSIGNMENT)
