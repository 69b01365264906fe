"""When nbgrader itself fails on a submission: it is said, remembered, and the class goes on."""

import os
import shutil

import pytest

from autograder import grade_class as grading
from autograder.__main__ import main
from autograder.class_results import read_failures, read_results
from autograder.conversion import ConversionError, convert
from autograder.course_folder import Course

from .conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """A course with two submissions, the assignment recorded in its gradebook."""
    root = tmp_path_factory.mktemp("failing")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, root / "source" / ASSIGNMENT)
    released = (ROOT / "release" / ASSIGNMENT / NOTEBOOK).read_bytes()
    for student in ("kofi-ito", "mei-lin"):
        hand_in(root, student, {NOTEBOOK: released})
    grading.record_assignment(Course(root), ASSIGNMENT)
    return root


@pytest.fixture
def course(laid_out, tmp_path):
    return Course(shutil.copytree(laid_out, tmp_path / "course"))


@pytest.fixture
def failing(monkeypatch):
    """Have nbgrader fail on one student, and grade the others without running anything."""
    fails = {"kofi-ito"}

    def autograde(course, assignment, submission):
        if submission.student in fails:
            raise ConversionError("RuntimeError: no kernel today")
        graded = course.folder("autograded", assignment, submission.student)
        shutil.copytree(submission.folder, graded, dirs_exist_ok=True)
        with course.gradebook() as book:
            book.update_or_create_student(submission.student)
            book.update_or_create_submission(assignment, submission.student)

    monkeypatch.setattr(grading, "autograde", autograde)
    monkeypatch.setattr(grading, "write_feedback", lambda *arguments: None)
    return fails


def test_one_failure_is_one_failure(course, failing, capsys):
    assert main(["grade", ASSIGNMENT, "--course-root", str(course.root)]) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[1].startswith("kofi-ito  –")
    assert "Could not be graded: RuntimeError: no kernel today" in lines[1]
    assert lines[2].startswith("mei-lin   0 of 30")
    assert "1 of 2 could not be graded" in lines[3]
    assert str(course.log_file) in lines[3]


def test_a_failure_is_remembered_until_it_is_mended(course, failing):
    list(grading.grade_class(course, ASSIGNMENT))
    assert read_failures(course, ASSIGNMENT).keys() == {"kofi-ito"}
    first, second = read_results(course, ASSIGNMENT)
    assert (first.points, second.points) == (None, 0)
    assert main(["report", ASSIGNMENT, "--course-root", str(course.root)]) == 0
    assert "no kernel today" in (course.root / "report" / f"{ASSIGNMENT}.html").read_text()
    failing.clear()
    (done,) = grading.grade_class(course, ASSIGNMENT, ["kofi-ito"])
    assert (done.skipped, done.failure) == (False, "")
    assert read_failures(course, ASSIGNMENT) == {}


def test_a_new_gradebook_is_not_taken_for_graded(course, failing):
    list(grading.grade_class(course, ASSIGNMENT))
    again = {done.student: done.skipped for done in grading.grade_class(course, ASSIGNMENT)}
    assert again == {"kofi-ito": False, "mei-lin": True}
    with course.gradebook() as book:
        book.remove_submission(ASSIGNMENT, "mei-lin")
    (done,) = grading.grade_class(course, ASSIGNMENT, ["mei-lin"])
    assert not done.skipped


def test_stopping_keeps_what_is_done(course, failing, monkeypatch, capsys):
    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(grading, "is_graded", stop)
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
