"""The run that writes feedback pages: what it skips, and that one failure is one failure."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.feedback import pages as feedback_pages
from autograder.feedback.pages import write_feedback
from autograder.through_nbgrader.conversion import ConversionError

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in


@pytest.fixture
def course(tmp_path):
    """A course with three submissions, of which two are graded."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    for student in ("ana", "ben", "cho"):
        hand_in(tmp_path, student, {NOTEBOOK: b"{}"})
    for student in ("ana", "ben"):
        folder = tmp_path / "autograded" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / NOTEBOOK).write_bytes(b"{}")
    course = Course(tmp_path)
    with course.gradebook() as book:
        book.add_assignment(ASSIGNMENT)
    return course


@pytest.mark.parametrize("left", ["none", "an empty file", "another one"])
def test_where_the_gradebook_knows_nothing_of_it_nothing_is_written(course, written, left):
    """A gradebook that was lost is to be put back: nobody's page is worth a new one."""
    path = course.root / "gradebook.db"
    path.unlink()
    if left == "an empty file":
        path.touch()
    elif left == "another one":
        with course.gradebook() as book:
            book.add_assignment("04_other")
    with pytest.raises(CourseError, match="knows nothing of it: put your backup"):
        write_feedback(course, ASSIGNMENT)
    assert written == [] and path.exists() == (left != "none")


@pytest.fixture
def written(monkeypatch):
    """Write pages in this process, and none for ben; returns whose were asked for."""
    asked = []

    def write_pages(root, assignment, student):
        asked.append(student)
        if student == "ben":
            raise ConversionError("TemplateError: no such file")
        page = Course(root).folder("feedback", assignment, student) / "two_layer.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("page")

    monkeypatch.setattr(feedback_pages, "write_pages", write_pages)
    in_threads = lambda workers, patience: ThreadPoolExecutor(workers)  # noqa: E731
    monkeypatch.setattr(feedback_pages, "WorkerProcesses", in_threads)
    return asked


def test_one_failure_is_one_failure_and_is_tried_again_next_time(course, written, capsys):
    command = ["feedback", ASSIGNMENT, "--course-root", str(course.root), "--workers", "1"]
    assert main(command) == 1
    out = capsys.readouterr().out
    assert "Feedback pages of 1 of 2 students written" in out
    assert "  ben: ConversionError: TemplateError: no such file" in out
    assert sorted(written) == ["ana", "ben", "ben"]
    written.clear()
    assert main(command) == 1
    assert set(written) == {"ben"}


def test_only_pages_older_than_the_graded_notebook_are_written(course, written):
    assert {one.student: one.skipped for one in write_feedback(course, ASSIGNMENT, ["ana"])} == {
        "ana": False
    }
    (again,) = write_feedback(course, ASSIGNMENT, ["ana"])
    assert again.skipped
    (forced,) = write_feedback(course, ASSIGNMENT, ["ana"], force=True)
    assert not forced.skipped
    graded = course.folder("autograded", ASSIGNMENT, "ana") / NOTEBOOK
    os.utime(graded, (4e9, 4e9))
    (newer,) = write_feedback(course, ASSIGNMENT, ["ana"])
    assert not newer.skipped


def test_where_nothing_is_graded_it_is_said(course):
    with pytest.raises(CourseError, match=r"run `autograder grade 05_two_layer` first"):
        write_feedback(course, ASSIGNMENT, ["cho"])
