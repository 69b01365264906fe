"""A gradebook that somebody else is writing to, that cannot be opened, or that is another's."""

import sqlite3
import threading
import time

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.gradebook.writer import GradebookWriter

from .small_course import ASSIGNMENT
from .tables import grades_of, tables_of

pytestmark = pytest.mark.slow


@pytest.fixture
def course(sqlite_course):
    """What follows is SQLite's own."""
    return sqlite_course


class Locked:
    """A gradebook that somebody else writes to, during a block."""

    def __init__(self, course):
        self._path = course.root / "gradebook.db"

    def __enter__(self):
        self._connection = sqlite3.connect(self._path, check_same_thread=False)
        self._connection.execute("BEGIN IMMEDIATE")
        return self

    def release(self):
        self._connection.rollback()

    def __exit__(self, *_):
        self._connection.close()


def test_a_locked_gradebook_is_waited_for(course, batch, url):
    with GradebookWriter(course, ASSIGNMENT) as writer, Locked(course) as locked:
        release = threading.Timer(1.3, locked.release)
        release.start()
        assert writer.write(batch) == {}
        release.join()
    assert grades_of(url, "ada")["problem", "test_square"] == (2, None, False)


def test_a_gradebook_that_stays_locked_is_an_error_in_words(course, batch, url):
    with GradebookWriter(course, ASSIGNMENT, patience=0.2) as writer, Locked(course) as locked:
        with pytest.raises(CourseError, match=r"database is locked.*more than 0\.2 s"):
            writer.write(batch)
        assert tables_of(url)["student"] == []
        locked.release()
        # nothing is lost: the same batch goes in when it is free
        assert writer.write(batch) == {}
    assert grades_of(url, "ada")["problem", "test_square"] == (2, None, False)


def test_who_is_told_not_to_wait_does_not(course, batch):
    with GradebookWriter(course, ASSIGNMENT) as writer, Locked(course):
        threading.Timer(0.2, writer.stop_waiting).start()
        start = time.monotonic()
        with pytest.raises(CourseError, match="database is locked"):
            writer.write(batch)
        assert time.monotonic() - start < 2


def test_a_reader_holds_up_the_end_and_nothing_is_lost(course, batch, url):
    reader = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    reading = reader.execute("SELECT name FROM base_cell")
    reading.fetchone()
    with GradebookWriter(course, ASSIGNMENT) as writer:
        release = threading.Timer(1.3, reading.close)
        release.start()
        assert writer.write(batch) == {}
        release.join()
    reader.close()
    assert grades_of(url, "ada")["problem", "test_square"] == (2, None, False)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_the_journal_mode_is_left_as_it_is(course, batch, mode):
    path = course.root / "gradebook.db"
    assert _ask(path, f"PRAGMA journal_mode={mode}") == mode
    with GradebookWriter(course, ASSIGNMENT) as writer:
        assert writer.write(batch) == {}
    assert _ask(path, "PRAGMA journal_mode") == mode


def _ask(path, question):
    connection = sqlite3.connect(path)
    (answer,) = connection.execute(question).fetchone()
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('c.CourseDirectory.db_url = "mysql://ada:secret@localhost/grades"', "MySQLdb"),
        ('c.CourseDirectory.db_url = "nonsense:secret"', "no database URL"),
        ('c.CourseDirectory.db_url = "sqlite:////nowhere/at/all.db"', "unable to open"),
        ('c.CourseDirectory.db_url = "sqlite://"', "no gradebook of this nbgrader"),
        ('c.AssignLatePenalties.plugin_class = "nowhere.Plugin"', "AssignLatePenalties"),
    ],
)
def test_what_cannot_be_used_is_said_in_words_and_without_passwords(course, line, said):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(line + "\n")
    with pytest.raises(CourseError, match=said) as caught:
        GradebookWriter(Course(course.root), ASSIGNMENT)
    assert "secret" not in str(caught.value)
