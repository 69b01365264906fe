"""Limits as nbgrader_config.py sets them."""

import math

import pytest
from traitlets.config import Config

from autograder.course_error import CourseError
from autograder.seal import Limits


def configured(**settings):
    return Limits.from_config(Config({"Seal": settings}))


def test_without_a_section_there_are_defaults():
    assert Limits.from_config(Config()) == Limits()


@pytest.mark.parametrize("section", ["Execute", "ExecutePreprocessor", "NotebookClient"])
def test_a_cells_time_is_nbgraders_where_nothing_else_is_said(section):
    nbgraders = {section: {"timeout": 5}}
    assert Limits.from_config(Config(nbgraders)) == Limits(cell_seconds=5)
    long = Config({section: {"timeout": 900}})
    assert Limits.from_config(long) == Limits(cell_seconds=900, notebook_seconds=900)
    both = Config(nbgraders | {"Seal": {"cell_seconds": 30}})
    assert Limits.from_config(both) == Limits(cell_seconds=30)
    for none in (None, -1):
        assert Limits.from_config(Config({section: {"timeout": none}})) == Limits()
    assert Limits().cell_seconds == 60


def test_a_setting_is_taken():
    limits = configured(cell_seconds=0.5, open_files=40, packages=["scipy"], paths=["/opt/data"])
    assert limits == Limits(
        cell_seconds=0.5, open_files=40, packages=("scipy",), paths=("/opt/data",)
    )


def test_a_name_that_is_no_limit_is_refused_with_the_nearest():
    with pytest.raises(CourseError, match=r"cell_second in .* nearest is 'cell_seconds'"):
        configured(cell_second=3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cell_seconds", "60"),
        ("cell_seconds", 0),
        ("cell_seconds", -1),
        ("cell_seconds", math.nan),
        ("cell_seconds", math.inf),
        ("cell_seconds", True),
        ("cpu_seconds", 1.5),
        ("memory_bytes", 1000),
        ("processes", -1),
        ("open_files", None),
        ("packages", "scipy"),
        ("packages", [1]),
    ],
)
def test_a_value_that_cannot_be_is_refused(name, value):
    with pytest.raises(CourseError, match=rf"c\.Seal\.{name} = "):
        configured(**{name: value})


def test_limits_cross_as_plain_data():
    limits = configured(packages=["scipy"])
    assert Limits(**limits.as_data()) == limits
