import shutil

import nbformat
import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.releasing.release import STUB, release

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT

pytestmark = pytest.mark.nbgrader


@pytest.fixture
def course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    folder = tmp_path / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "source" / ASSIGNMENT / NOTEBOOK, folder)
    return Course(tmp_path)


def test_the_release_is_what_is_committed_byte_for_byte(course):
    release(course, ASSIGNMENT)
    made = course.root / "release" / ASSIGNMENT / NOTEBOOK
    committed = ROOT / "release" / ASSIGNMENT / NOTEBOOK
    assert made.read_bytes() == committed.read_bytes(), "run `make release`"


def test_a_second_release_changes_nothing(course):
    (made,) = release(course, ASSIGNMENT)
    before = made.read_bytes()
    assert release(course, ASSIGNMENT) == []
    assert made.read_bytes() == before


def test_no_gradebook_is_written(course):
    release(course, ASSIGNMENT)
    assert not (course.root / "gradebook.db").exists()


def test_no_solution_and_no_hidden_test_is_left(course):
    (made,) = release(course, ASSIGNMENT)
    text = made.read_text(encoding="utf-8")
    for word in ("SOLUTION", "HIDDEN", "autograder", "STUDENTS SEE"):
        assert word not in text
    cells = {c.metadata.nbgrader.grade_id: c.source for c in graded(made)}
    for name in ("forward", "loss", "backward", "train_step"):
        assert STUB.splitlines()[-1] in cells[name]


def graded(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if "nbgrader" in cell.metadata]


def test_what_is_gone_from_source_goes_from_release(course):
    extra = course.root / "source" / ASSIGNMENT / "data.txt"
    extra.write_text("1 2 3")
    release(course, ASSIGNMENT)
    released = course.root / "release" / ASSIGNMENT / "data.txt"
    assert released.read_text() == "1 2 3"
    extra.unlink()
    assert release(course, ASSIGNMENT) == [released]
    assert not released.exists()


def test_a_broken_source_leaves_the_old_release(course):
    (made,) = release(course, ASSIGNMENT)
    before = made.read_bytes()
    source = course.root / "source" / ASSIGNMENT / NOTEBOOK
    source.write_text(source.read_text().replace("### END SOLUTION", ""))
    with pytest.raises(CourseError, match="no end solution statement found"):
        release(course, ASSIGNMENT)
    assert made.read_bytes() == before


def test_an_unknown_assignment_is_refused_with_the_nearest(course):
    with pytest.raises(CourseError, match=f"nearest is '{ASSIGNMENT}'"):
        release(course, "05_two_layers")
