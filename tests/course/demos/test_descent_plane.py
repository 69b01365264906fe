"""The plane of two weights and its contour lines: how much is shown, and lines where they lie."""

import itertools
import time

import numpy as np
import pytest

from course.demos import descent_plane
from course.demos.descent_contours import Contours, joined_lines, labels, level_texts, levels
from course.demos.descent_plane import CELLS, Plane, holds, sample, window

TWO = {"w": np.array([0.0, 0.0])}
CHOSEN = [("w", (0,)), ("w", (1,))]
SHOWN = (-5.0, 5.0, -4.0, 4.0)


def plane_of(cost, shown=SHOWN):
    return sample(cost, TWO, CHOSEN, shown)


def bowl(w):
    return w[0] ** 2 + 3 * w[1] ** 2


@pytest.mark.parametrize("point", [(0.0, 0.0), (0.3, -7.2), (120.0, -3000.0), (1e-6, 1e5)])
@pytest.mark.parametrize("way", [(0.0, 0.0), (0.5, 2.0), (-9.0, 1.0), (40.0, 0.0), (1e9, -1e9)])
def test_a_window_is_five_to_four_and_holds_the_point(point, way):
    new_point = tuple(np.add(point, way))
    shown = window(point, new_point)
    left, right, bottom, top = shown
    assert (right - left) / (top - bottom) == pytest.approx(1.25)
    assert holds(shown, point)
    room = min(point[0] - left, right - point[0], point[1] - bottom, top - point[1])
    assert room >= 2.0
    if np.linalg.norm(way) <= 10:
        assert holds(shown, new_point)


def test_a_window_stays_while_it_holds_both_and_widens_else():
    shown = window((0.0, 0.0))
    assert window((1.0, 1.0), (-1.0, 0.5), shown) == shown
    wider = window((0.0, 0.0), (6.0, -7.0), shown)
    assert holds(wider, (6.0, -7.0))
    assert (wider[0], wider[3]) <= (shown[0], 1e9)
    assert wider[0] <= shown[0]
    assert wider[3] >= shown[3]
    assert window((0.0, 0.0), (1e9, 0.0), shown) == shown


def test_the_plane_holds_the_cost_at_each_point(monkeypatch):
    # on a busy machine, too, the finest grid
    monkeypatch.setattr(descent_plane, "_AT_EASE", 60)
    plane = plane_of(lambda w: w[0] + 10 * w[1])
    assert plane.costs.shape == (len(plane.y), len(plane.x)) == (CELLS[1] + 1, CELLS[0] + 1)
    np.testing.assert_allclose(plane.costs, plane.x[None, :] + 10 * plane.y[:, None])
    np.testing.assert_array_equal(plane.sketch, plane.costs[::4, ::4])


def test_a_slow_cost_gives_a_coarser_grid_of_the_same_plane(monkeypatch):
    def slow(w):
        time.sleep(0.001)
        return bowl(w)

    coarse = plane_of(slow)
    monkeypatch.setattr(descent_plane, "_AT_EASE", 60)
    fine = plane_of(bowl)
    assert coarse.costs.shape == (CELLS[1] // 4 + 1, CELLS[0] // 4 + 1)
    np.testing.assert_array_equal(coarse.sketch, fine.sketch)
    assert (coarse.x[0], coarse.x[-1]) == (fine.x[0], fine.x[-1])


def test_a_cost_that_takes_seconds_stops_in_time(monkeypatch):
    monkeypatch.setattr(descent_plane, "SECONDS", 0.05)

    def slow(w):
        time.sleep(0.02)
        return bowl(w)

    plane = plane_of(slow)
    assert 1 <= np.isfinite(plane.costs).sum() <= 5


def test_levels_are_round_equal_and_within():
    costs = np.linspace(0.013, 2.4, 500)
    found = levels(costs)
    assert 6 <= len(found) <= 15
    np.testing.assert_allclose(np.diff(found), found[1] - found[0])
    assert costs.min() < found[0] < found[-1] < costs.max()
    assert level_texts(found)[:3] == ["0.2", "0.4", "0.6"]


def test_levels_are_dense_where_most_of_the_plane_is():
    costs = np.concatenate([np.linspace(1, 2, 900), np.linspace(2, 1000, 100)])
    found = levels(costs)
    assert sum(level < 2 for level in found) >= 5
    assert found[-1] > 200
    assert len(found) <= 18


@pytest.mark.parametrize("costs", [[1.0, 1.0], [np.nan], [], [np.nan, 3.0]])
def test_a_flat_or_empty_plane_has_no_levels(costs):
    assert levels(np.array(costs)) == []


def test_level_texts_tell_close_levels_apart():
    texts = level_texts([1000.01, 1000.02, 1000.03])
    assert len(set(texts)) == 3


def test_lines_lie_where_the_cost_is_theirs():
    contours = Contours(plane_of(bowl))
    for cost in (0.5, 2.0, 7.0):
        (line,) = contours.lines(cost)
        np.testing.assert_allclose([bowl(point) for point in line], cost, atol=0.02)
        np.testing.assert_allclose(line[0], line[-1])


def test_lines_of_a_plane_with_holes_leave_them_out():
    plane = plane_of(lambda w: np.nan if w[0] > 1 else bowl(w))
    (line,) = Contours(plane).lines(2.0)
    assert line[:, 0].max() <= 1.0 + 1e-9
    np.testing.assert_allclose([bowl(point) for point in line], 2.0, atol=0.15)


def test_lines_of_a_coarse_grid_are_traced_as_finely():
    x, y = np.linspace(-5, 5, 16), np.linspace(-4, 4, 13)
    (line,) = Contours(Plane(x, y, x[None, :] ** 2 + 3 * y[:, None] ** 2)).lines(4.0)
    np.testing.assert_allclose([bowl(point) for point in line], 4.0, atol=0.05)


def test_labels_lie_on_their_lines_apart_from_each_other_and_from_the_point():
    contours = Contours(plane_of(bowl))
    lines_of = [contours.lines(cost) for cost in levels(plane_of(bowl).sketch)]
    clear = (2.0, 0.0)
    places = labels(lines_of, SHOWN, [clear])
    found = [place for place in places if place]
    assert len(found) >= 0.7 * len(places)
    for place, lines in zip(places, lines_of, strict=True):
        if place is None:
            continue
        gaps = np.linalg.norm(np.concatenate(lines) - place[:2], axis=1)
        nearest = np.argmin(gaps)
        assert gaps[nearest] < 1e-9
        slope = np.array([2 * place[0], 6 * place[1]])
        way = [np.cos(np.radians(place[2])), np.sin(np.radians(place[2]))]
        assert abs(slope @ way) / np.linalg.norm(slope) < 0.25
        assert -90 <= place[2] <= 90
    points = [clear, *(place[:2] for place in found)]
    for one, other in itertools.combinations(points, 2):
        assert np.hypot(*np.subtract(one, other)) >= 1.0


def test_lines_are_joined_with_nan_between():
    joined = joined_lines([np.ones((2, 2)), np.zeros((3, 2))])
    assert np.isnan(joined[:, 0]).tolist() == [False, False, True, False, False, False, True]
    assert joined_lines([]).shape == (0, 2)
