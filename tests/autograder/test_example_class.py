"""The example class: the same each time, and never over anybody's work."""

import json
import shutil
from collections import Counter
from importlib import import_module
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder import grade
from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.example_class import lay_out, two_layer
from autograder.example_class.kinds import draw_kinds
from autograder.example_class.names import student_ids
from autograder.planted import function_sources
from course import check
from course.tasks import find_task

from .conftest import ASSIGNMENT, NOTEBOOK, digests


@pytest.mark.parametrize("style", [*two_layer.STYLES, two_layer.LATE_STYLE])
@pytest.mark.parametrize("name", ["forward", "loss", "backward", "train_step"])
def test_every_style_is_right(style, name):
    function = getattr(import_module(f"autograder.example_class.two_layer.{style}"), name)
    task = find_task(f"two_layer.{name}")
    assert check(task.id, function) == task.points
    assert grade(task.id, function, seed="a seed") == task.points


def test_every_style_is_another():
    styles = (*two_layer.STYLES, two_layer.LATE_STYLE)
    modules = [import_module(f"autograder.example_class.two_layer.{style}") for style in styles]
    assert len({function_sources(module)["backward"] for module in modules}) >= 5


@pytest.mark.nbgrader
def test_the_same_seed_gives_the_same_bytes(tmp_path):
    lay_out(ASSIGNMENT, 24, 7, tmp_path / "a")
    lay_out(ASSIGNMENT, 24, 7, tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    lay_out(ASSIGNMENT, 24, 8, tmp_path / "b")
    assert digests(tmp_path / "a") != digests(tmp_path / "b")


@pytest.fixture(scope="module")
def class_of_three(tmp_path_factory):
    """A class laid out once, to be copied: making a gradebook takes seconds."""
    root = tmp_path_factory.mktemp("three") / "class"
    lay_out(ASSIGNMENT, 3, 1, root)
    return root


@pytest.mark.nbgrader
class TestOneClass:
    @pytest.fixture
    def root(self, class_of_three, tmp_path):
        return Path(shutil.copytree(class_of_three, tmp_path / "class"))

    def test_it_is_an_nbgrader_course(self, root):
        course = Course(root)
        assert course.notebooks(ASSIGNMENT) == ["two_layer"]
        with course.gradebook() as book:
            assert str(book.find_assignment(ASSIGNMENT).duedate) == "2026-03-06 18:00:00"
        for folder in (root / "submitted").iterdir():
            text = (folder / ASSIGNMENT / "timestamp.txt").read_text()
            assert text.endswith(" UTC")

    def test_no_id_tells_the_kind(self, root):
        kinds = json.loads((root / "class.json").read_text())["kinds"]
        assert len(kinds) == 3
        for student, kind in kinds.items():
            assert student.isascii()
            assert set(student.split("-")).isdisjoint(kind.replace("_", "-").split("-"))

    def test_a_class_that_is_there_is_left_with_its_grades(self, root):
        (root / "autograded").mkdir()
        (root / "autograded" / "mark").write_text("kept")
        assert "was there already" in lay_out(ASSIGNMENT, 3, 1, root)
        assert (root / "autograded" / "mark").read_text() == "kept"

    def test_another_class_of_ours_is_replaced(self, root):
        before = digests(root)
        lay_out(ASSIGNMENT, 2, 5, root)
        assert len(list((root / "submitted").iterdir())) == 2
        lay_out(ASSIGNMENT, 3, 1, root)
        after = digests(root)
        assert after == before

    @pytest.mark.parametrize("path", [f"submitted/jo-doe/{ASSIGNMENT}/{NOTEBOOK}", None])
    def test_work_that_it_did_not_make_is_never_replaced(self, root, path):
        if path is None:  # one of ours, changed since
            path = next((root / "submitted").rglob("timestamp.txt")).relative_to(root)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("somebody's work")
        before = digests(root)
        with pytest.raises(CourseError, match="was not made by this command, or changed since"):
            lay_out(ASSIGNMENT, 24, 1, root)
        assert digests(root) == before

    def test_the_notebooks_are_the_release_with_answers_in_it(self, root):
        kinds = json.loads((root / "class.json").read_text())["kinds"]
        (student,) = (name for name, kind in kinds.items() if kind == "matrix_form")
        path = root / "submitted" / student / ASSIGNMENT / NOTEBOOK
        cells = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
        assert "HIDDEN" not in path.read_text()
        assert cells["backward"].source.startswith('def backward(x, y, W1, b1, W2, b2):\n    """')
        assert "NotImplementedError" not in cells["backward"].source
        assert cells["check-backward"].source.startswith('check("two_layer.backward", backward')


@pytest.mark.nbgrader
def test_what_was_given_by_hand_is_not_replaced(class_of_three, tmp_path):
    root = Path(shutil.copytree(class_of_three, tmp_path / "class"))
    with Course(root).gradebook() as book:
        notebook = book.add_notebook("two_layer", ASSIGNMENT)
        assert notebook
        book.add_grade_cell("check_loss", "two_layer", ASSIGNMENT, max_score=2, cell_type="code")
        book.add_student("ana")
        book.add_submission(ASSIGNMENT, "ana")
        grade = book.find_grade("check_loss", "two_layer", ASSIGNMENT, "ana")
        grade.manual_score = 2.0
        book.db.commit()
    with pytest.raises(CourseError, match="points of 1 cells and 0 comments in its gradebook"):
        lay_out(ASSIGNMENT, 2, 1, root)
    # the same class stays as it is
    assert "there already" in lay_out(ASSIGNMENT, 3, 1, root)


@pytest.mark.parametrize("made_by", [None, "not json", "{}", '{"made_by": 1, "submitted": {}}'])
def test_a_folder_with_anything_else_is_refused(tmp_path, made_by):
    (tmp_path / "thesis.txt").write_text("three years of work")
    if made_by:
        (tmp_path / "class.json").write_text(made_by)
    before = digests(tmp_path)
    with pytest.raises(CourseError, match="holds what this command did not make"):
        lay_out(ASSIGNMENT, 1, 1, tmp_path)
    assert digests(tmp_path) == before


def test_a_class_of_24_has_every_kind_once():
    drawn, left_out = draw_kinds(np.random.default_rng(3), ASSIGNMENT, 24)
    assert left_out == []
    assert set(Counter(kind.name for kind in drawn).values()) == {1}
    names = {kind.name for kind in drawn}
    assert names >= {
        "blank", "half_done", "syntax_error", "infinite_loop", "missing_notebook",
        "renamed_notebook", "late", *two_layer.STYLES, *two_layer.COMMON_MISTAKES,
    }  # fmt: skip
    assert len(two_layer.COMMON_MISTAKES) >= 12


@pytest.mark.slow
def test_a_smaller_class_says_what_is_left_out(class_of_three, capsys):
    options = ["--students", "3", "--course-root", str(class_of_three)]
    assert main(["example-class", ASSIGNMENT, *options]) == 0
    out = capsys.readouterr().out
    assert "Left out, for want of students: syntax_error, " in out
    assert "inputs-mutated" in out
    assert "blank" not in out


def test_a_larger_class_is_believable():
    drawn, _ = draw_kinds(np.random.default_rng(3), ASSIGNMENT, 600)
    counts = Counter(kind.name for kind in drawn)
    assert counts["matrix_form"] == max(counts.values())
    assert counts["infinite_loop"] < counts["half_done"] < counts["matrix_form"]
    # the rarer planted mistakes come as well
    assert len(counts) > 30


def test_ids_are_different_and_as_many_as_asked_for():
    ids = student_ids(np.random.default_rng(0), 500)
    assert len(set(ids)) == 500
    assert all(name.isascii() and name.replace("-", "").isalpha() for name in ids)


@pytest.mark.parametrize("count", [0, -3, 10**6])
def test_a_class_of_an_impossible_size_is_refused(count):
    with pytest.raises(CourseError, match=f"Got {count} students"):
        student_ids(np.random.default_rng(0), count)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((ASSIGNMENT, 3, -1), "Got the seed -1"),
        (("05_two_layers", 3, 1), "nearest is '05_two_layer'"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(tmp_path, arguments, says):
    with pytest.raises(CourseError, match=says):
        lay_out(*arguments, tmp_path / "class")
    assert not (tmp_path / "class").exists()
