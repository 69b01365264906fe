import shutil

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.report.cell_names import graded_cells, labels_of, task_name
from autograder.report.places import places
from tests.autograder.conftest import ROOT
from tests.autograder.gradebook.small_course import write_course

from .two_notebooks import ASSIGNMENT, source_notebooks


@pytest.fixture
def course(tmp_path):
    return write_course(tmp_path, source_notebooks())


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("check_backward", "backward"),
        ("essay", "essay"),
        ("part 2/check_backward", "part 2/backward"),
        ("check_1/again", "check_1/again"),
        ("check_1/check_check_a", "check_1/check_a"),
    ],
)
def test_a_cell_is_about_what_its_id_says_without_the_prefix(label, name):
    assert task_name(label) == name


def test_an_id_of_several_notebooks_stands_behind_the_notebooks_name(course):
    label = labels_of(course, ASSIGNMENT)
    assert label("one", "check_answer") == "one/check_answer"
    assert label("two", "check_answer") == "two/check_answer"
    assert label("one", "again") == "again"
    # an answer earns nothing, so that no report speaks of it
    assert label("one", "answer") == "answer"


def test_every_cell_that_earns_points_is_there_in_the_notebooks_order(course):
    assert list(graded_cells(course, ASSIGNMENT).items()) == [
        ("one/check_answer", 2.0),
        ("again", 3.0),
        ("essay", 5.0),
        ("two/check_answer", 4.0),
        ("plan", 6.0),
    ]


def test_cells_of_one_id_have_a_place_each(course):
    found = places(course, ASSIGNMENT)
    assert found["one/answer"].section == "1 · Twice"
    assert found["two/answer"].section == found["plan"].section == "2 · Thrice"


def test_one_notebook_is_not_read_for_its_labels(course):
    (course.folder("source", ASSIGNMENT) / "two.ipynb").unlink()
    (course.folder("source", ASSIGNMENT) / "one.ipynb").write_text("{")
    assert labels_of(course, ASSIGNMENT)("one", "check_answer") == "check_answer"


def test_the_courses_own_cells_go_by_their_grade_ids():
    course = Course(ROOT)
    cells = graded_cells(course, "05_two_layer")
    assert list(cells) == [
        *("check_stages", "check_forward", "check_loss", "check_backward", "check_train_step")
    ]
    assert sum(cells.values()) == 30


def test_an_unknown_assignment_is_refused(course):
    shutil.rmtree(course.folder("source", ASSIGNMENT))
    with pytest.raises(CourseError, match="not the name of a folder"):
        labels_of(course, ASSIGNMENT)
