import pytest

from autograder import grade
from autograder.planted import Edit, edited, mistakes, planted, reference_sources
from course.tasks import UNITS
from tests.proof.planting import loaded, objects, tasks_of


def lost(unit, sources, names):
    """Return which of these functions of the unit earn less than their points."""
    namespace = loaded(sources)
    return {
        task.name
        for task in tasks_of(unit, names)
        if grade(task.id, *objects(task, namespace), seed="a seed") < task.points
    }


@pytest.mark.parametrize("unit", UNITS)
def test_the_reference_itself_loses_nothing(unit):
    sources = reference_sources(unit)
    assert lost(unit, sources, sources) == set()


def test_there_are_mistakes_enough():
    assert len(mistakes("two_layer")) >= 20


# a few of each unit: tests/proof/test_planted.py grades them all
A_FEW = [
    # a numerical gradient is stopped when its time is up, and unit 09 trains a network
    pytest.param(unit, mistake, marks=pytest.mark.slow)
    if unit == "training" or mistake == "numerical-gradient"
    else (unit, mistake)
    for unit in UNITS
    for mistake in list(mistakes(unit))[::8]
]


@pytest.mark.parametrize(("unit", "mistake"), A_FEW)
def test_each_mistake_costs_points_where_it_was_made(unit, mistake):
    made_in = {edit.function for edit in mistakes(unit)[mistake]}
    graded = {task.name for task in tasks_of(unit, made_in)}
    assert graded == lost(unit, planted(unit, mistake), graded)


@pytest.mark.parametrize("unit", UNITS)
def test_no_mistake_is_told_by_its_source(unit):
    reference = "".join(reference_sources(unit).values())
    for mistake in mistakes(unit):
        text = "".join(planted(unit, mistake).values())
        assert mistake not in text
        assert text != reference, mistake


def test_an_edit_must_find_its_place_exactly_once():
    sources = {"f": "a + a"}
    assert edited(sources, [Edit("f", "a + a", "b")]) == {"f": "b"}
    assert sources == {"f": "a + a"}
    with pytest.raises(ValueError, match="occurs 2 times"):
        edited(sources, [Edit("f", "a", "b")])
    with pytest.raises(ValueError, match="occurs 0 times"):
        edited(sources, [Edit("f", "c", "b")])
    with pytest.raises(ValueError, match="the functions are f"):
        edited(sources, [Edit("g", "a", "b")])


def test_an_unknown_mistake_is_refused():
    with pytest.raises(ValueError, match="wrong-sign"):
        planted("two_layer", "wrong_sign")
