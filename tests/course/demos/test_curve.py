"""The window that the picture shows, and the curve in it."""

import numpy as np
import pytest

from course.demos.curve import POINTS, limits, sample, window


@pytest.mark.parametrize("value", [-7.3, -0.2, 0.0, 0.35, 4.0, 120.0])
@pytest.mark.parametrize("move", [-9.0, -0.006, 0.0, 2.5])
def test_the_window_holds_both_ends_of_a_reasonable_step(value, move):
    low, high = window(value, value + move)
    assert low < value < high
    assert low < value + move < high
    assert (2 * low).is_integer()
    assert (2 * high).is_integer()


def test_a_step_out_of_proportion_does_not_stretch_the_window():
    assert window(0.2, 5000.0) == window(0.2)
    assert window(0.2, None) == window(0.2)


def test_a_window_that_still_holds_the_step_stays():
    assert window(1.0, 1.5, shown=(-3.0, 3.5)) == (-3.0, 3.5)


def test_a_window_widens_where_the_step_leaves_it():
    low, high = window(3.0, 5.0, shown=(-3.0, 3.5))
    assert low == -3.0
    assert high > 5.0


def test_a_window_far_behind_is_left():
    low, high = window(60.0, 60.5, shown=(-3.0, 3.5))
    assert low > 3.5
    assert high > 60.5


def test_the_curve_is_the_cost_with_the_other_weights_fixed(network):
    curve = sample(network.cost, network.parameters, ("W2", (0, 1)), (-3.0, 3.0))
    assert curve.shape == (2, POINTS)
    for weight, cost in curve.T[::20]:
        arrays = {name: array.copy() for name, array in network.parameters.items()}
        arrays["W2"][0, 1] = weight
        assert network.cost(*arrays.values()) == cost


def test_where_the_cost_fails_the_curve_has_a_gap():
    def log(w):
        if w[0] < 0:
            raise ValueError("no logarithm")
        return float(np.log(w[0] + 1))

    weights, costs = sample(log, {"w": np.ones(1)}, ("w", (0,)), (-3.0, 3.0))
    np.testing.assert_array_equal(np.isnan(costs), weights < 0)
    bottom, top = limits(costs)
    assert bottom < 0 < np.log(4) < top


def test_a_flat_curve_looks_flat_and_no_curve_still_has_limits():
    bottom, top = limits(np.full(5, 0.7) + 1e-12 * np.arange(5))
    assert top - bottom > 1e-3
    assert limits(np.full(5, np.nan)) == (0.0, 1.0)
