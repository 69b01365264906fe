"""Where units and labels go: nothing overlaps, everything is inside."""

from itertools import combinations

import numpy as np
import pytest

from course.demos.network_layout import MOST_UNITS, NARROW, WIDE, layout

SIZES = ([2, 3, 2], [3, 4, 2], [3, 4, 4, 2], [8, 8, 8, 8], [2, 8, 1], [1, 1], [2, 30, 3])


def centres(drawn):
    return np.array([(c["x"], y) for c in drawn["columns"] for y in c["y"]])


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("sizes", SIZES)
def test_units_are_inside_and_apart(sizes, width):
    drawn = layout(sizes, width)
    places, radius = centres(drawn), drawn["radius"]
    assert (places - radius >= 0).all()
    assert (places[:, 0] + radius <= width).all()
    assert (places[:, 1] + radius + (24 if drawn["biases"] else 8) <= drawn["height"]).all()
    assert (places[:, 1] - radius - 9 - drawn["font"] >= 0).all()
    # a ring around each unit, and a name above it
    gaps = [np.hypot(*(one - other)) for one, other in combinations(places, 2)]
    assert min(gaps) >= 2 * radius + 15


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
