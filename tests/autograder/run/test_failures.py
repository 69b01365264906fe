"""When submissions cannot be graded: it is said, remembered, and the class goes on."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.report.class_results import read_failures, read_results
from autograder.run import grade_class as grading
from autograder.through_nbgrader.conversion import ConversionError, convert

from ..conftest import ASSIGNMENT
from .standin import grade, hand_in, lay_out

pytestmark = pytest.mark.nbgrader


@pytest.fixture
def course(tmp_path):
    """A course with two submissions, of which one cannot be graded."""
    does = {"kofi-ito": {"fail": "no sandbox today"}, "mei-lin": {"share": 0}}
    return Course(lay_out(tmp_path / "course", does))


@pytest.fixture
def grade_class(monkeypatch):
    """Grade with the stand-in, and in this process, also where the command does."""
    real = grading.grade_class

    def in_threads(*arguments, **options):
        return real(*arguments, **options, executor=ThreadPoolExecutor(1), grade=grade)

    monkeypatch.setattr(grading, "grade_class", in_threads)
    monkeypatch.setattr("autograder.run.executors.warm_up", lambda module: None)
    return in_threads


def test_one_failure_is_one_failure(course, grade_class, capsys):
    assert main(["grade", ASSIGNMENT, "--course-root", str(course.root)]) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[1].startswith("kofi-ito  –")
    assert "Could not be graded: no sandbox today" in lines[1]
    assert lines[2].startswith("mei-lin   0 of 30")
    assert "1 of 2 could not be graded" in lines[3]
    assert str(course.log_file) in lines[3]


def test_a_failure_is_remembered_until_it_is_mended(course, grade_class):
    list(grade_class(course, ASSIGNMENT))
    assert read_failures(course, ASSIGNMENT).keys() == {"kofi-ito"}
    first, second = read_results(course, ASSIGNMENT)
    assert (first.points, second.points) == (None, 0)
    assert main(["report", ASSIGNMENT, "--course-root", str(course.root)]) == 0
    assert "no sandbox today" in (course.root / "report" / f"{ASSIGNMENT}.html").read_text()
    hand_in(course.root, "kofi-ito", share=1)
    (done,) = grade_class(course, ASSIGNMENT, ["kofi-ito"])
    assert (done.skipped, done.failure) == (False, "")
    assert read_failures(course, ASSIGNMENT) == {}


def test_a_new_gradebook_is_not_taken_for_graded(course, grade_class):
    list(grade_class(course, ASSIGNMENT))
    again = {done.student: done.skipped for done in grade_class(course, ASSIGNMENT)}
    assert again == {"kofi-ito": False, "mei-lin": True}
    with course.gradebook() as book:
        book.remove_submission(ASSIGNMENT, "mei-lin")
    (done,) = grade_class(course, ASSIGNMENT, ["mei-lin"])
    assert not done.skipped


def test_stopping_keeps_what_is_done(course, grade_class, monkeypatch, capsys):
    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(grading, "digest_of", stop)
    assert main(["grade", ASSIGNMENT, "--course-root", str(course.root)]) == 130
    assert "what was done so far is kept" in capsys.readouterr().err


class Complaining:
    """A converter that complains as nbgrader's do, to log, screen and caller."""

    def __init__(self, coursedir, config, log):
        self.log = log

    def start(self):
        os.write(1, b"as a kernel that inherited standard output")
        self.log.error("There was an error processing assignment: x")
        self.log.error("Traceback (most recent call last):\n  File …\nValueError: the cause")
        raise RuntimeError("Please see the error log")


def test_the_cause_is_found_and_the_terminal_left_alone(course, capfd):
    with pytest.raises(ConversionError, match=r"^ValueError: the cause$"):
        convert(course, Complaining, ASSIGNMENT)
    assert capfd.readouterr().out == ""
    log = course.log_file.read_text()
    assert "ValueError: the cause" in log
    assert "as a kernel that inherited" in log
