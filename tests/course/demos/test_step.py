"""One step along one weight, and the words for it: numbers in, numbers and sentences out."""

import numpy as np
import pytest

from course.demos.step import look, strongest
from course.demos.words import alternative, meaning, number, table, told_apart
from course.waiting import to_be_written

BOWL = {"w": np.array([1.0])}


def bowl(w):
    return 0.5 * float(w[0]) ** 2


def along(cost, gradient, value=1.0, rate=0.1):
    return look(cost, lambda w: (np.array([gradient(w[0])]),), BOWL, "w[0]", value, rate)


def test_a_step_down_a_bowl_by_hand():
    step = along(bowl, lambda w: w, value=2.0, rate=0.25)
    assert (step.cost, step.slope, step.new_value) == (2.0, 2.0, 1.5)
    assert step.predicted == 2.0 - 0.25 * 4.0
    assert step.true_cost == 0.5 * 1.5**2
    assert step.curve_slope == pytest.approx(2.0, rel=1e-8)
    assert step.agrees
    assert meaning(step) == "The step lowers the cost by 0.875; the tangent promised 1."


@pytest.mark.parametrize("weight", ["W1[2, 0]", "b1[1]", "W2[0, 2]", "b2[1]"])
def test_a_right_backward_agrees_everywhere(network, weight):
    for value in np.linspace(-4, 4, 9):
        step = look(network.cost, network.gradients, network.parameters, weight, value, 0.02)
        assert step.agrees
        assert step.trouble == ""
        assert step.slope == pytest.approx(step.curve_slope, rel=1e-6, abs=1e-9)


def test_a_gradient_off_by_one_in_a_thousand_is_told(network):
    def off(*parameters):
        return tuple(1.001 * part for part in network.gradients(*parameters))

    step = look(network.cost, off, network.parameters, "b2[1]", 0.3, 0.02)
    assert not step.agrees
    assert meaning(step).startswith("Your gradient says ")


def test_a_factor_of_two_is_told_with_both_slopes():
    step = along(bowl, lambda w: 2 * w)
    assert meaning(step) == "Your gradient says 2 here, the curve's slope is 1."


def test_a_wrong_sign_is_told():
    said = meaning(along(bowl, lambda w: -w))
    assert said == (
        "Your gradient says −1 here, the curve's slope is 1. "
        "The step goes uphill: does your gradient have the right sign?"
    )


def test_too_large_a_rate_is_told():
    step = along(bowl, lambda w: w, value=1.0, rate=3.0)
    assert meaning(step) == "Too large: the tangent promised 3 less, the cost rose by 1.5."


def test_a_small_rate_keeps_the_promise():
    said = meaning(along(bowl, lambda w: w, rate=1e-4))
    assert said == "The step lowers the cost by 0.0001, as the tangent promised."


def test_the_bottom_of_a_bowl_moves_nothing():
    said = meaning(along(bowl, lambda w: w, value=0.0))
    assert said == "The slope here is 0: the step hardly moves, nor does the cost."


def test_a_right_float32_network_agrees(network):
    def single(function):
        return lambda *parameters: function(*(p.astype(np.float32) for p in parameters))

    def cost(*parameters):
        return np.float32(single(network.cost)(*parameters))

    for value in np.linspace(-3, 3, 25):
        step = look(cost, single(network.gradients), network.parameters, "W2[0, 1]", value, 0.02)
        assert step.agrees
        assert not look(
            cost,
            lambda *p: tuple(1.5 * part for part in network.gradients(*p)),
            network.parameters, "b2[0]", value / 3, 0.02,
        ).agrees  # fmt: skip


@pytest.mark.parametrize("subgradient", [0.0, 0.4, 1.0])
def test_any_subgradient_at_a_kink_agrees(subgradient):
    step = along(lambda w: max(0.0, float(w[0])), lambda w: subgradient, value=0.0)
    assert step.agrees
    assert not along(lambda w: max(0.0, float(w[0])), lambda w: 1.2, value=0.0).agrees


def test_the_students_functions_get_copies_and_keep_nothing(network):
    before = {name: array.copy() for name, array in network.parameters.items()}

    def spoils(function):
        def spoilt(*parameters):
            answer = function(*parameters)
            for array in parameters:
                array += 100.0
            return answer

        return spoilt

    right = look(network.cost, network.gradients, network.parameters, "b1[0]", 0.5, 1.0)
    step = look(
        spoils(network.cost), spoils(network.gradients), network.parameters, "b1[0]", 0.5, 1.0
    )
    assert step == right
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])


def raises(error):
    def function(*parameters):
        raise error

    return function


@pytest.mark.parametrize(
    ("gradients", "said"),
    [
        (raises(NotImplementedError()), "Your backward is not written yet (NotImplementedError)."),
        (raises(ZeroDivisionError("a\nb")), "Your backward raised ZeroDivisionError: a b."),
        (raises(SystemExit(3)), "Your backward raised SystemExit: 3."),
        (lambda w: None, "Your backward returned None: is its return missing?"),
        (lambda w: "dw", "Your backward returned a str; it must return the tuple (dw,)."),
        (lambda w: w, "Your backward returned an array of float64; it must return the tuple"),
        (lambda w: (w, w), "Your backward returned 2 parts; it must return the tuple (dw,)."),
        (lambda w: (None,), "Your backward returned None for dw."),
        (lambda w: ("x",), "Your dw is a str; it must be an array of numbers."),
        (lambda w: ([[1.0], [1.0, 2.0]],), "Your dw is a list; it must be an array of numbers."),
        (lambda w: (w * 1j,), "Your dw is an array of complex128; it must be an array of numbers."),
        (lambda w: (np.zeros((1, 1)),), "Your dw has shape (1, 1); w has shape (1,)."),
        (lambda w: (w * np.nan,), "Your dw[0] is nan."),
        (lambda w: (w / 0.0,), "Your dw[0] is inf."),
    ],
)
def test_a_backward_that_gives_no_slope_is_told(gradients, said):
    step = look(bowl, gradients, BOWL, "w[0]", 1.0, 0.1)
    assert step.trouble.startswith(said)
    assert "The picture shows the cost; the step will appear once" in step.trouble
    assert meaning(step) == step.trouble
    assert step.cost == 0.5
    assert step.slope is step.new_value is step.predicted is step.true_cost is None


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (raises(NotImplementedError()), "A function behind your cost is not written yet"),
        (raises(TypeError("no")), "Your cost raised TypeError: no."),
        (lambda w: None, "Your cost is None: is a return missing?"),
        (lambda w: "0.5", "Your cost is a str; it must be one number."),
        (lambda w: np.zeros(2), "Your cost has shape (2,); it must be one number."),
        (lambda w: np.nan, "Your cost is nan here, so there is nothing to draw."),
    ],
)
def test_a_cost_that_is_no_number_is_told_alone(cost, said):
    step = look(cost, lambda w: (w,), BOWL, "w[0]", 1.0, 0.1)
    assert step.trouble.startswith(said)
    assert step.cost is step.slope is None
    assert {row.text for row in table(step)} == {"1", "none yet"}


def test_what_is_not_written_is_named_where_it_says_so_itself():
    """A cost calls forward and loss, a backward calls forward: which of them is it?"""
    cell = (
        "def forward(w):\n    raise NotImplementedError\n"
        "def cost(w):\n    return forward(w)\n"
        "def left_out(w):\n    return stand_in()\n"
    )
    names = {"stand_in": to_be_written}
    exec(compile(cell, "<ipython-input-1-x>", "exec"), names)
    assert look(names["cost"], bowl, BOWL, "w[0]", 1.0, 0.1).trouble.startswith("Your forward is")
    step = look(bowl, names["cost"], BOWL, "w[0]", 1.0, 0.1)
    assert step.trouble.startswith("Your forward is not written yet")
    # nothing says which name of the notebook it stands for
    step = look(names["left_out"], bowl, BOWL, "w[0]", 1.0, 0.1)
    assert step.trouble.startswith("A function behind your cost is not written yet")


@pytest.mark.slow
def test_a_loop_without_end_is_told():
    def stuck(w):
        while True:
            pass

    step = look(bowl, stuck, BOWL, "w[0]", 1.0, 0.1)
    assert step.trouble.startswith("Your backward takes too long")


def test_a_cost_of_one_entry_is_a_number():
    assert look(lambda w: w[:1] ** 2, lambda w: (2 * w,), BOWL, "w[0]", 3.0, 0.1).cost == 9.0


def test_one_wrong_part_does_not_hide_the_others(network):
    def half(*parameters):
        dW1, db1, dW2, db2 = network.gradients(*parameters)
        return None, db1, dW2, db2

    def slope(weight):
        return look(network.cost, half, network.parameters, weight, 0.1, 0.02).slope

    assert slope("W2[0, 1]") is not None
    assert slope("W1[0, 1]") is None


def test_a_step_out_of_all_numbers_is_told():
    step = along(lambda w: 1e300 * float(w[0]), lambda w: 1e300, rate=100.0)
    assert step.predicted is None
    assert "too large for a number" in meaning(step)


def test_the_strongest_weight_is_the_one_with_the_largest_gradient(network):
    parts = network.gradients(*network.parameters.values())
    slopes = dict(zip(network.parameters, parts, strict=True))
    largest = max(np.abs(part).max() for part in slopes.values())
    name, index = strongest(network.gradients, network.parameters).rstrip("]").split("[")
    assert abs(slopes[name][tuple(map(int, index.split(",")))]) == largest
    assert strongest(raises(NotImplementedError()), network.parameters) == "W1[0, 0]"


def test_the_alternative_says_where_the_step_ends():
    step = along(bowl, lambda w: w, value=2.0, rate=0.25)
    assert alternative(step, (-1.0, 5.0)) == (
        "The cost along w[0] from −1 to 5. At 2 the cost is 2. The tangent has slope 2. "
        "The step ends at 1.5, where the tangent predicts a cost of 1 and the true cost is 1.12."
    )
    assert "outside the picture" in alternative(step, (1.9, 2.1))
    assert "cuts it" in alternative(along(bowl, lambda w: -w), (-1.0, 5.0))


def test_numbers_are_short_and_signs_are_minus_signs():
    assert [number(x) for x in (0.0, -0.0, 0.02, -1234.5, 1e-7, 100.0, 0.000123456)] == [
        "0", "0", "0.02", "−1.23e3", "1e-7".replace("-", "−"), "100", "0.000123",
    ]  # fmt: skip


def test_close_numbers_are_told_apart():
    assert told_apart(0.31, 0.62) == ("0.31", "0.62")
    assert told_apart(0.311201, 0.311199) == ("0.311201", "0.311199")
