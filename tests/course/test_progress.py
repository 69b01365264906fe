"""How far a notebook has come, read off the functions that it has."""

import sys
import types

import pytest

from autograder.planted import planted
from course import progress, to_be_written
from course.tasks import tasks_of
from tests.proof.planting import loaded, solutions

NAMES = [task.name for task in tasks_of("two_layer")]


@pytest.fixture
def notebook(monkeypatch):
    """Return a function that puts names where a notebook's would be."""

    def holding(**names):
        module = types.ModuleType("__main__")
        vars(module).update(names)
        monkeypatch.setitem(sys.modules, "__main__", module)

    return holding


def test_a_fresh_notebook_has_everything_to_do(notebook):
    notebook(**dict.fromkeys(NAMES, to_be_written) | {"stages": {}})
    found = progress()
    assert (found.unit, found.earned, found.possible) == ("two_layer", 0, 30)
    assert str(found).count("· to do") == 5
    assert "· to do" in found._repr_html_()


def test_what_is_right_and_what_is_not_is_told(notebook):
    functions = loaded(planted("two_layer", "missing-activation-derivative"))
    notebook(**functions, stages={})
    told = str(progress()).splitlines()
    assert told[0] == "05_two_layer: 22 of 30 points"
    assert [line.split()[0] for line in told[1:]] == ["·", "✓", "✓", "◐", "✓"]


def test_the_unit_is_the_one_whose_functions_are_there(notebook):
    functions = loaded(solutions("two_layer"))
    notebook(**{name: functions[name] for name in ("forward", "loss", "backward")})
    found = progress()
    assert found.unit == "two_layer"
    assert [found.verdict(score) for score in found.scores][-1] == "· to do"
    assert progress("two_layer").earned == found.earned == 16


def test_an_unknown_unit_and_a_strange_notebook_are_refused(notebook):
    notebook(something_else=3)
    with pytest.raises(ValueError, match="run its first cell"):
        progress()
    with pytest.raises(ValueError, match="the units are"):
        progress("05")
