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
