"""Where the labels of edges go."""

import numpy as np
import pytest

from course.pictures.edge_labels import gap, place_labels

RIGHT = np.array([1.0, 0.0])
SLANT = np.array([1.0, 1.0]) / np.sqrt(2)


@pytest.mark.parametrize(
    ("other", "way", "wanted"),
    [
        ((10, 0), RIGHT, 6.0),
        ((0, 5), RIGHT, 3.0),
        ((3, 1), RIGHT, -1.0),
        ((10, 0), SLANT, 10 - 2 - 3 / np.sqrt(2)),
    ],
)
def test_the_gap_between_two_boxes(other, way, wanted):
    half = np.array([2.0, 1.0])
    found = gap(np.zeros(2), RIGHT, half, np.array(other, dtype=float), way, half)
    assert found == pytest.approx(wanted)


def crossing():
    starts = np.array([[0, 0], [0, 0], [0, 100], [0, 100]], dtype=float)
    ends = np.array([[300, 0], [300, 100], [300, 0], [300, 100]], dtype=float)
    return starts, ends, np.full((4, 2), [40.0, 14.0]), np.array([3, 2, 1, 0])


def test_labels_lie_on_their_edges_clear_of_crossings_and_mirror_each_other():
    starts, ends, sizes, mirrors = crossing()
    centres = place_labels(starts, ends, sizes, mirrors, [], [])
    share = (centres[:, 0] - starts[:, 0]) / 300
    assert np.allclose(centres[:, 1], starts[:, 1] + share * (ends - starts)[:, 1])
    assert np.allclose(share, share[mirrors])
    assert np.all(np.abs(share[1:3] - 0.5) > 0.1)


def test_labels_keep_clear_of_units_and_of_what_is_written():
    starts, ends, sizes, mirrors = crossing()
    centres = place_labels(starts, ends, sizes, mirrors, [(0, 0, 90)], [(200, -50, 300, 50)])
    assert np.hypot(*centres[0]) >= 90 + 20 and centres[0, 0] + 20 <= 200


def test_one_label_may_leave_its_mirrored_place_where_the_room_is_not_mirrored():
    starts, ends, sizes, mirrors = crossing()
    blocked = [(0, -10, 180, 10), (120, 90, 300, 110)]
    centres = place_labels(starts, ends, sizes, mirrors, [], blocked)
    assert centres[0, 0] > 200 and centres[3, 0] < 100


def test_where_the_labels_cannot_all_fit_there_are_none():
    starts, ends, sizes, mirrors = crossing()
    assert place_labels(starts, ends, sizes * 6, mirrors, [], []) is None
