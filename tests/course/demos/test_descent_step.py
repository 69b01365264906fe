"""One step along two weights, and the words for it: numbers in, numbers and sentences out."""

import numpy as np
import pytest

from course.demos.descent_step import look
from course.demos.descent_words import meaning, turn

BOWL = {"w": np.array([2.0, 1.0])}


def bowl(w):
    return 0.5 * (w[0] ** 2 + 4 * w[1] ** 2)


def slopes(w):
    return (np.array([w[0], 4 * w[1]]),)


def along(gradients=slopes, cost=bowl, point=(2.0, 1.0), rate=0.1):
    return look(cost, gradients, BOWL, ("w[0]", "w[1]"), point, rate)


def test_a_step_down_a_bowl_by_hand():
    step = along()
    assert (step.cost, step.slopes) == (4.0, (2.0, 4.0))
    assert step.new_point == pytest.approx((1.8, 0.6))
    assert step.predicted == pytest.approx(4.0 - 0.1 * 20.0)
    assert step.true_cost == pytest.approx(0.5 * (1.8**2 + 4 * 0.6**2))
    assert step.curve_slopes == pytest.approx((2.0, 4.0), rel=1e-8)
    assert (step.agrees, step.angle) == ((True, True), 90.0)
    assert meaning(step) == "The step lowers the cost by 1.66; the gradient promised 2."


def test_a_right_backward_is_perpendicular_everywhere(network):
    weights = ("W1[2, 0]", "b2[1]")
    for point in np.random.default_rng(0).normal(scale=3, size=(12, 2)):
        step = look(network.cost, network.gradients, network.parameters, weights, point, 0.02)
        assert step.agrees == (True, True)
        assert step.angle == 90.0
        assert step.trouble == ""
        np.testing.assert_allclose(step.slopes, step.curve_slopes, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("degrees", [5.0, 33.0, 60.0, 85.0])
def test_a_turned_gradient_is_told_by_its_angle(degrees):
    turned = np.radians(90 - degrees)
    matrix = [[np.cos(turned), -np.sin(turned)], [np.sin(turned), np.cos(turned)]]
    step = along(lambda w: (matrix @ slopes(w)[0],))
    assert step.angle == pytest.approx(degrees, abs=1e-4)
    said = meaning(step)
    assert said.startswith(
        f"The arrow meets the contour line at {degrees:.0f}°, not at a right angle. dC/dw[0] is "
    )
    assert "in your gradient, 2 in the cost" in said
    assert not step.uphill


def test_one_wrong_entry_of_two_is_named_alone():
    said = meaning(along(lambda w: (np.array([w[0], 3 * w[1]]),)))
    assert "dC/dw[1] is 3 in your gradient, 4 in the cost." in said
    assert "dC/dw[0]" not in said


def test_a_wrong_sign_is_uphill_and_a_wrong_factor_is_a_length():
    uphill = along(lambda w: (-slopes(w)[0],))
    assert uphill.uphill
    assert uphill.angle == pytest.approx(90.0)
    assert meaning(uphill).startswith(
        "The step begins uphill: does your gradient have the right sign? dC/dw[0] is −2 in"
    )
    double = along(lambda w: (2 * slopes(w)[0],))
    assert double.agrees == (False, False)
    assert meaning(double).startswith(
        "The arrow has the right direction, but not the right length: dC/dw[0] is 4 in your"
    )


def test_too_large_a_rate_ends_on_a_higher_line():
    said = meaning(along(rate=1.0))
    assert said == (
        "Too large: the gradient promised 20 less, the cost rose by 14; the step ends on a "
        "higher line."
    )


def test_a_small_rate_keeps_the_promise_and_the_bottom_has_none():
    assert meaning(along(rate=1e-5)).endswith("as the gradient promised.")
    bottom = along(point=(0.0, 0.0))
    assert bottom.angle is None
    assert meaning(bottom).startswith("The gradient here is 0")


def test_a_path_that_turns_back_zig_zags():
    rate, point, path = 0.45, (2.0, 1.0), []
    for _ in range(3):
        path.append(point)
        point = along(point=point, rate=rate).new_point
    step = along(point=point, rate=rate)
    first, second = np.subtract(point, path[-1]), np.subtract(step.new_point, point)
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    assert turn(step, path) == pytest.approx(np.degrees(np.arccos(cosine)))
    assert f"It turns back on the last one by {turn(step, path):.0f}°: the path zig-zags" in (
        meaning(step, path)
    )
    slow = along(point=along(rate=0.01).new_point, rate=0.01)
    assert turn(slow, [(2.0, 1.0)]) < 5
    assert "zig-zag" not in meaning(slow, [(2.0, 1.0)])
    assert turn(slow, []) is None


def raises(w):
    raise ZeroDivisionError("no")


@pytest.mark.parametrize(
    ("gradients", "said"),
    [
        (raises, "Your backward raised ZeroDivisionError: no. The picture shows the cost"),
        (lambda w: None, "Your backward returned None"),
        (lambda w: (np.ones(3),), r"Your dw has shape (3,); w has shape (2,)."),
        (lambda w: (np.array([1.0, np.nan]),), "Your dw[1] is nan."),
    ],
)
def test_a_backward_that_gives_no_numbers_is_told(gradients, said):
    step = along(gradients)
    assert meaning(step).startswith(said)
    assert step.cost == 4.0
    assert step.slopes is step.new_point is step.angle is None


def test_a_cost_that_gives_no_number_is_told():
    assert meaning(along(cost=raises)) == "Your cost raised ZeroDivisionError: no."
    only_near = along(cost=lambda w: bowl(w) if w[0] > 1.9 else raises(w), rate=0.2)
    assert meaning(only_near) == "At the new point, (1.6, 0.2), your cost gives no number."
    endless = along(lambda w: (np.array([1e308, 1e308]),), rate=100.0)
    assert "The step is too large for a number." in meaning(endless)


def test_the_students_functions_get_copies_and_keep_nothing():
    def spoils(w):
        w += 100.0
        return slopes(w - 100.0)

    assert along(spoils) == along()
    np.testing.assert_array_equal(BOWL["w"], [2.0, 1.0])
