import numpy as np
import pytest

from autograder import grade
from autograder.planted import Edit, edited, mistakes, planted, reference_sources
from course.tasks import find_task

UNIT = "two_layer"


def functions(sources):
    """Return the functions that sources define, as one notebook would hold them."""
    names = {"np": np}
    exec("\n\n".join(sources.values()), names)
    return names


def lost(names):
    """Return the functions of the unit that earn less than their points."""
    tasks = [find_task(f"{UNIT}.{name}") for name in reference_sources(UNIT)]
    return {t.name for t in tasks if grade(t.id, names[t.name], seed="a seed") < t.points}


def test_the_reference_itself_loses_nothing():
    assert lost(functions(reference_sources(UNIT))) == set()


def test_there_are_mistakes_enough():
    assert len(mistakes(UNIT)) >= 20


@pytest.mark.parametrize("mistake", mistakes(UNIT))
def test_each_mistake_costs_points_where_it_was_made(mistake):
    made_in = {edit.function for edit in mistakes(UNIT)[mistake]}
    assert made_in <= lost(functions(planted(UNIT, mistake)))


@pytest.mark.parametrize("mistake", mistakes(UNIT))
def test_no_mistake_is_told_by_its_source(mistake):
    text = "".join(planted(UNIT, mistake).values())
    assert mistake not in text
    assert text != "".join(reference_sources(UNIT).values())


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
        planted(UNIT, "wrong_sign")
