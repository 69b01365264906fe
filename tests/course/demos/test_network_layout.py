"""Where units and labels go: nothing overlaps, everything is inside."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from course.demos.network_layout import MOST_LAYERS, MOST_UNITS, NARROW, WIDE, layout

SIZES = ([2, 3, 2], [3, 4, 2], [3, 4, 4, 2], [8, 8, 8, 8], [2, 8, 1], [1, 1], [2, 30, 3])
DEEP = ([3] + [4] * 7 + [2], [3] + [4] * 8 + [2], [2] * 7 + [30] * 5 + [1] * 9, [1] * 40)


def centres(drawn):
    return np.array([(c["x"], y) for c in drawn["columns"] for y in c["y"]])


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("sizes", [*SIZES, *DEEP])
def test_units_are_inside_and_apart(sizes, width):
    drawn = layout(sizes, width)
    places, radius = centres(drawn), drawn["radius"]
    assert (places - radius >= 0).all()
    assert (places[:, 0] + radius <= width).all()
    assert (places[:, 1] + radius + (24 if drawn["biases"] else 8) <= drawn["height"]).all()
    assert (places[:, 1] - radius - 9 - drawn["font"] >= 0).all()
    # a ring around each unit, and a name above it
    gaps = [np.hypot(*(one - other)) for one, other in combinations(places, 2)]
    assert min(gaps) >= 2 * radius + (15 if len(sizes) < 5 else 12)


@pytest.mark.parametrize("sizes", SIZES[:2])
def test_labels_lie_on_their_edges_and_clear_of_one_another(sizes):
    drawn = layout(sizes, WIDE)
    for pair, labels in enumerate(drawn["labels"]):
        below, above = drawn["columns"][pair : pair + 2]
        assert len(labels) == len(below["units"]) * len(above["units"])
        ends = [(above["x"], b, below["x"], a) for b in above["y"] for a in below["y"]]
        for (x, y, angle), (x2, y2, x1, y1) in zip(labels, ends, strict=True):
            t = (x - x1) / (x2 - x1)
            assert 0 < t < 1
            assert y == pytest.approx(y1 + t * (y2 - y1), abs=0.2)
            assert angle == pytest.approx(np.degrees(np.arctan2(y2 - y1, x2 - x1)), abs=0.1)
        for one, other in combinations(np.array(labels)[:, :2], 2):
            assert np.hypot(*(one - other)) > 18


def test_where_labels_do_not_fit_there_are_none():
    assert layout([8, 8], WIDE)["labels"] == [None]
    assert layout([2, 3, 2], NARROW)["labels"] == [None, None]


def test_a_large_layer_is_folded_with_its_count():
    drawn = layout([2, 30, MOST_UNITS], WIDE)
    _, hidden, output = drawn["columns"]
    assert hidden["units"] == [0, 1, 2, 3, 26, 27, 28, 29]
    assert hidden["fold"][2] == 22
    assert output["fold"] is None
    assert hidden["y"][3] < hidden["fold"][1] < hidden["y"][4]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("sizes", DEEP)
def test_the_stack_of_a_deep_network_holds_the_layers_left_out(sizes, width):
    drawn = layout(sizes, width)
    layers, stack = [column["layer"] for column in drawn["columns"]], drawn["stack"]
    if stack is None:
        assert layers == list(range(len(sizes)))
        assert len(sizes) <= MOST_LAYERS + 1
        return
    folded = list(range(stack["first"], stack["last"] + 1))
    assert len(folded) > 1
    assert sorted(layers + folded) == list(range(len(sizes)))
    assert {0, len(sizes) - 1} <= set(layers)
    # on both sides of the stack there is room for an edge with its arrow
    across, up = stack["half"]
    for column in drawn["columns"]:
        assert abs(column["x"] - stack["x"]) - across - drawn["radius"] >= 18
    assert stack["y"] - up - 8 >= 8
    assert stack["y"] + up <= drawn["height"]
    for (below, above), labels in zip(pairwise(layers), drawn["labels"], strict=True):
        assert above == below + 1 or labels is None


def test_eight_layers_are_drawn_and_nine_are_folded_where_there_is_room():
    assert layout([2] * 9, WIDE)["stack"] is None
    stack = layout([2] * 10, WIDE)["stack"]
    assert (stack["first"], stack["last"]) == (4, 5)
    assert layout([2] * 9, NARROW)["stack"] is not None
