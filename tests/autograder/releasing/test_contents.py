"""The contents page says of each unit what its notebook says."""

import shutil

import nbformat
import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.releasing.contents import PAGE, contents, write_contents
from course.tasks import UNITS, all_tasks

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT


def test_every_unit_and_every_task_is_on_the_page():
    page = contents(Course(ROOT))
    for folder in UNITS.values():
        assert page.count(f"({folder}/") == 1
    for task in all_tasks().values():
        assert f"`{task.name}` ({task.points:g})" in page
    assert page.count("\n- ") >= 3 * len(UNITS)


def test_the_page_that_is_committed_is_up_to_date():
    committed = (ROOT / "release" / PAGE).read_text(encoding="utf-8")
    assert committed == contents(Course(ROOT)), "run `make release`"


@pytest.fixture
def small_course(tmp_path):
    (tmp_path / "release" / ASSIGNMENT).mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copy(ROOT / "release" / ASSIGNMENT / NOTEBOOK, tmp_path / "release" / ASSIGNMENT)
    return Course(tmp_path)


def test_the_page_is_written_once_and_only_for_units_that_are_released(small_course):
    page = write_contents(small_course)
    text = page.read_text(encoding="utf-8")
    assert "## [05 · Two layers, one example, every number](05_two_layer/two_layer.ipynb)" in text
    assert "*Time:* about two hours" in text and "*30 points:* `stages` (6)" in text
    assert text.count("## [") == 1
    assert write_contents(small_course) is None


@pytest.mark.parametrize(("gone", "named"), [("# 05", "title"), ("**Time:**", "Time")])
def test_a_notebook_that_does_not_say_what_it_is_is_named(small_course, gone, named):
    path = small_course.root / "release" / ASSIGNMENT / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = notebook.cells[0].source.replace(gone, "")
    nbformat.write(notebook, path)
    with pytest.raises(CourseError, match=f"opens without its .*{named}"):
        write_contents(small_course)
