import shutil

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course

from .conftest import ASSIGNMENT, ROOT


def test_the_root_of_the_project_is_a_course(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    course = Course(ROOT)
    assert course.course_id == "backprop"
    assert course.folder("source", ASSIGNMENT) == ROOT / "source" / ASSIGNMENT
    assert course.folder("submitted", "a", "b") == ROOT / "submitted" / "b" / "a"
    assert course.directory().db_url == f"sqlite:///{ROOT / 'gradebook.db'}"
    assert course.config.Exchange.root == str(ROOT / "exchange")
    assert course.notebooks(ASSIGNMENT) == ["two_layer"]


@pytest.mark.slow
def test_a_copied_configuration_makes_another_folder_a_course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    course = Course(tmp_path)
    assert course.folder("source", "x") == tmp_path / "source" / "x"
    assert (tmp_path / "exchange").is_dir()
    assert not course.has_gradebook()
    with course.gradebook() as book:
        assert book.assignments == []
    assert course.has_gradebook()


def test_a_folder_without_configuration_is_no_course(tmp_path):
    with pytest.raises(CourseError, match=r"holds no nbgrader_config.py"):
        Course(tmp_path)


def test_a_configuration_that_fails_is_named(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c.X = \n")
    with pytest.raises(CourseError, match=r"cannot be loaded \(SyntaxError"):
        Course(tmp_path)


def test_a_hubs_course_folder_has_the_exchange_and_the_kernels_of_its_machine(
    monkeypatch, tmp_path
):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copy(ROOT / "deploy" / "course" / "nbgrader_here.py", tmp_path)
    monkeypatch.setenv("NBGRADER_EXCHANGE", str(tmp_path / "elsewhere"))
    config = Course(tmp_path).config
    assert config.Exchange.root == str(tmp_path / "elsewhere")
    assert config.KernelManager.transport_encryption == "required"
    monkeypatch.delenv("NBGRADER_EXCHANGE")
    assert Course(tmp_path).config.Exchange.root == "/srv/nbgrader/exchange"
