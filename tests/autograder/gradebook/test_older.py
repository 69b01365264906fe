"""A gradebook that an older nbgrader made: every command says so, and none touches it."""

import hashlib
import os
import shutil
import sqlite3

import pytest
from traitlets.config import Config

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.gradebook.configure_gradebook import configure_gradebook
from tests.autograder.nbgrader_command import nbgrader

from .small_course import ASSIGNMENT, DUE, hand_in, make_course

pytestmark = pytest.mark.nbgrader

SEALED = """
from autograder.course_folder import Course
from autograder.gradebook.configure_gradebook import configure_gradebook
from autograder.through_nbgrader.configure_grading import configure_grading
from pathlib import Path
c.CourseDirectory.root = str(Path(__file__).parent)
configure_gradebook(c)
configure_grading(c)
"""
# what nbgrader's revision e43177bfe90b brought, of May 2019, taken away again
WITHOUT_COURSES = """
CREATE TABLE before (
    id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) UNIQUE, duedate DATETIME
);
INSERT INTO before SELECT id, name, duedate FROM assignment;
DROP TABLE assignment;
ALTER TABLE before RENAME TO assignment;
DROP TABLE course;
UPDATE alembic_version SET version_num = '282d30a0218e';
"""
# and the one before it
WITHOUT_LMS_IDS = """
ALTER TABLE student DROP COLUMN lms_user_id;
UPDATE alembic_version SET version_num = '167914646830';
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course with work handed in and graded once, and an older nbgrader's gradebook."""
    course = make_course(tmp_path_factory.mktemp("older") / "course", SEALED)
    hand_in(course, "ada")
    graded = course.folder("autograded", ASSIGNMENT, "ada")
    graded.mkdir(parents=True)
    (graded / "problem.ipynb").write_text("{}")
    change(course.root, WITHOUT_COURSES)
    return course.root


@pytest.fixture
def course(made, tmp_path):
    """One for a test alone."""
    return Course(shutil.copytree(made, tmp_path / "course"))


def change(root, statements):
    connection = sqlite3.connect(root / "gradebook.db")
    connection.executescript(statements)
    connection.close()


def digest(root):
    return hashlib.sha256((root / "gradebook.db").read_bytes()).hexdigest()


@pytest.mark.parametrize("command", ["grade", "feedback", "report", "similar"])
@pytest.mark.parametrize("older", ["", WITHOUT_LMS_IDS], ids=["2018-10", "2018-06"])
def test_every_command_names_the_mend_and_leaves_it_as_it_is(course, command, older, capsys):
    change(course.root, older)
    before = digest(course.root)
    assert main([command, ASSIGNMENT, "--course-root", str(course.root)]) == 2
    said = capsys.readouterr().err
    assert "was made by an older nbgrader" in said
    assert "`nbgrader db upgrade`" in said
    assert len(said.splitlines()) == 1
    assert digest(course.root) == before


@pytest.mark.slow
def test_the_mend_mends_it_and_keeps_what_is_in_it(course, capsys):
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 1
    assert "ERROR] The gradebook" in ended.stdout and "db upgrade" in ended.stdout
    assert "Traceback" not in ended.stdout
    before = digest(course.root)
    ended = nbgrader(course.root, "db", "upgrade")
    assert ended.returncode == 0, ended.stdout
    with course.gradebook() as book:
        assert f"{book.find_assignment(ASSIGNMENT).duedate} UTC" == DUE
    # nbgrader keeps the older one, too
    (kept,) = course.root.glob("gradebook.db.*")
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == before


def test_formgraders_log_says_it_once(course, caplog):
    config = Config()
    config.CourseDirectory.root = str(course.root)
    before = digest(course.root)
    # as one that was changed since the course was read
    os.utime(course.root / "gradebook.db", (1, 1))
    caplog.clear()
    for _ in range(3):
        configure_gradebook(config)
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "`nbgrader db upgrade`" in record.getMessage()
    assert digest(course.root) == before


def test_a_database_of_something_else_is_left_alone(course, capsys):
    (course.root / "gradebook.db").unlink()
    change(course.root, "CREATE TABLE songs (title TEXT);")
    before = digest(course.root)
    assert main(["report", ASSIGNMENT, "--course-root", str(course.root)]) == 2
    assert "is no gradebook, it holds songs" in capsys.readouterr().err
    assert digest(course.root) == before
