"""A course's own notebooks: one that is not in Python is refused before anything is done."""

import json
import shutil

import pytest

from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.source_notebook import refuse_other_languages

from .conftest import ASSIGNMENT, NOTEBOOK, ROOT, digests, hand_in

EMPTY = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
R = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}


@pytest.fixture
def course(tmp_path):
    """A course with one unit, for which somebody handed in."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    hand_in(tmp_path, "kofi-ito", {NOTEBOOK: EMPTY})
    return Course(tmp_path)


def say(course, metadata):
    """Let a course's notebook say of itself what is given."""
    path = course.folder("source", ASSIGNMENT) / NOTEBOOK
    path.write_text(json.dumps(json.loads(path.read_text()) | {"metadata": metadata}))
    return path


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        (R, "R"),
        (R | {"language_info": {"name": "python"}}, "R"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"name": "x"}, "language_info": {"name": "scala"}}, "scala"),
    ],
)
def test_another_language_is_refused_by_name(course, metadata, language):
    path = say(course, metadata)
    with pytest.raises(CourseError) as refused:
        refuse_other_languages(course, ASSIGNMENT)
    said = str(refused.value)
    assert said.startswith(f"{path} is a notebook in {language!r}, and all that is graded here")
    assert f"`nbgrader autograde {ASSIGNMENT}` runs other languages" in said


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        [],
        {"kernelspec": 3},
        {"kernelspec": {"language": 3}},
        {"kernelspec": {"language": "Python"}},
        {"kernelspec": {"name": "python3"}, "language_info": {"name": "ipython"}},
        {"kernelspec": {"language": "python"}, "language_info": {"name": "R"}},
    ],
)
def test_python_or_nothing_that_is_said_is_fine(course, metadata):
    say(course, metadata)
    refuse_other_languages(course, ASSIGNMENT)


def test_what_is_no_notebook_is_for_others_to_refuse(course):
    (course.folder("source", ASSIGNMENT) / NOTEBOOK).write_text("{")
    refuse_other_languages(course, ASSIGNMENT)


@pytest.mark.nbgrader
def test_grading_is_refused_before_anything_is_written(course, capsys):
    say(course, R)
    before = digests(course.root)
    assert main(["grade", ASSIGNMENT, "--course-root", str(course.root)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("autograder: ")
    assert f"{NOTEBOOK} is a notebook in 'R'" in line
    assert digests(course.root) == before
