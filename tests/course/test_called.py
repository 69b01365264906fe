"""The facts of a call come back as they were, and forged ones are refused or cut short."""

import numpy as np
import pytest

from course.called import MOST_CHARACTERS, Called, parts_from_data
from course.running import KEPT_CHARACTERS
from course.stack import Stack
from course.tasks import find_task
from course.trying import try_once

LOSS = find_task("two_layer.loss").asked
FACTS = Called(parts=(np.array(1.5),)).as_data()
DEEP, LAYERS, NAMES = (
    find_task(name).asked for name in ("deep.backward", "layers.network_loss", "bugs.name")
)


def read(asked=LOSS, names=("p", "y"), **facts):
    return Called.from_data({**FACTS, **facts}, asked, names)


def test_they_come_back_as_they_were():
    def loss(p, y):
        p *= 2
        print("here")
        np.log(p - p)
        return p.sum()

    called, returned = try_once(LOSS, loss, {"p": np.array([0.25, 0.75]), "y": np.array([0, 1.0])})
    again = Called.from_data(called.as_data(), LOSS, ("p", "y"))
    assert again.as_data() == called.as_data()
    assert (again.changed, again.printed, again.kept) == (("p",), 5, "here\n")
    assert returned == again.parts[0] == 2 and "divide by zero" in again.warned[0]


def test_parts_are_what_their_task_has():
    ones = [np.ones((2, 2)), np.ones(3)]
    assert len(parts_from_data([Stack.of(ones), "None came."], DEEP)) == 2
    named = Stack.of({"w1": ones[0]})
    assert len(parts_from_data((np.array(1.0), named, Stack.of({})), LAYERS)) == 3
    assert len(parts_from_data([np.array(3.0)] * 8, NAMES)) == 8
    assert parts_from_data([], DEEP) == ()


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (LOSS, [1.5]),
        (LOSS, [None]),
        (LOSS, "1"),
        (LOSS, {"loss": np.array(1.5)}),
        (LOSS, [np.array(1.5)] * 2),
        (LOSS, [np.array(1.5 + 1j)]),
        (LOSS, [np.array(True)]),
        (LOSS, [Stack.of([np.ones(1)])]),
        (DEEP, [np.ones(3)] * 2),
        (DEEP, [Stack.of({"w1": np.ones(3)})] * 2),
        (LAYERS, [np.array(1.0), *[Stack.of([np.ones(3)])] * 2]),
        (NAMES, [np.array(14.0)] * 8),
        (NAMES, [np.array(-1.0)] * 8),
        (NAMES, [np.array(0.5)] * 8),
        (NAMES, [np.array(np.nan)] * 8),
        (NAMES, [np.ones(1)] * 8),
    ],
)
def test_forged_parts_are_refused(asked, parts):
    with pytest.raises(ValueError, match="Got "):
        parts_from_data(parts, asked)


@pytest.mark.parametrize(
    "forged",
    [
        {"calls": -1},
        {"calls": True},
        {"calls": 2.0},
        {"printed": 10**30},
        {"changed": ["W1"]},
        {"changed": "p"},
        {"changed": [["p"]]},
        {"warned": [1]},
        {"warned": None},
        {"trouble": None},
        {"raised": b"E"},
        {"kept": 1},
        {"changed_settings": 1},
        {"more": 1},
    ],
)
def test_forged_facts_are_refused(forged):
    with pytest.raises(ValueError, match="Got "):
        read(**forged)


def test_no_facts_are_refused():
    for forged in (None, [], {"part": []}, {"parts": [], 1: 2}):
        with pytest.raises(ValueError, match="facts of a call"):
            Called.from_data(forged, LOSS, ())


def test_what_there_is_nothing_to_say_of_is_not_sent():
    assert Called().as_data() == {}
    assert vars(Called.from_data({}, LOSS, ())) == vars(Called())


def test_floods_are_cut_short():
    flood = "x" * 10**6
    came = read(trouble=flood, raised=flood, kept=flood, parts=[flood], warned=[flood] * 99)
    assert len(came.trouble) == len(came.raised) == len(came.parts[0]) == MOST_CHARACTERS
    assert came.trouble.endswith(" …") and len(came.kept) == KEPT_CHARACTERS
    assert len(came.warned) == 10 and len(came.warned[0]) == 200
    assert read(changed=["p", "p"]).changed == ("p",)
