"""Which numbers of a student differ, where the difference begins, and what follows from it."""

import numpy as np
import pytest

from course.demos import Description, NetworkView
from course.demos.network_truth import FOLLOWS, WRONG, true_values

NUMBERS = ("dW1", "db1", "dW2", "db2")


def marked(two_layer, **changes):
    """Return key -> the marks of a quantity that differs anywhere."""
    functions = {name: getattr(two_layer, name) for name in ("forward", "backward", "update")}
    view = NetworkView.two_layer(*two_layer.given, **functions | changes)
    return {key: mark for key, mark in view.marks.items() if mark.any()}


def stepped(backward):
    def update(x, y, W1, b1, W2, b2, rate):
        parts = backward(x, y, W1, b1, W2, b2)
        return tuple(w - rate * d for w, d in zip((W1, b1, W2, b2), parts, strict=True))

    return update


def test_right_functions_have_no_mark(two_layer):
    assert marked(two_layer) == {}


def test_the_true_gradients_are_those_of_an_independent_backward(two_layer):
    true = true_values(Description.two_layer(*two_layer.given))
    for key, part in zip(NUMBERS, two_layer.backward(*two_layer.given), strict=True):
        np.testing.assert_allclose(true[key], part, rtol=1e-12)


def test_a_missing_slope_begins_at_delta1_and_goes_on_to_the_weights(two_layer):
    def flat(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = two_layer.forward(x, W1, b1, W2, b2)
        delta1 = W2.T @ (p - y)
        return np.outer(delta1, x), delta1, np.outer(p - y, a1), p - y

    marks = marked(two_layer, backward=flat, update=stepped(flat))
    assert (marks.pop("delta1") == WRONG).all()
    assert set(marks) == {"dW1", "db1", "newW1", "newb1"}
    assert all((mark == FOLLOWS).all() for mark in marks.values())


def test_a_wrong_output_delta_goes_on_to_everything_below(two_layer):
    def doubled(*given):
        return tuple(2 * part for part in two_layer.backward(*given))

    marks = marked(two_layer, backward=doubled, update=stepped(doubled))
    assert (marks.pop("delta2") == WRONG).all()
    assert len(marks) == 9
    assert all((mark == FOLLOWS).all() for mark in marks.values())


@pytest.mark.parametrize("at", range(4))
def test_one_wrong_part_begins_there_and_nowhere_else(two_layer, at):
    def off(*given):
        parts = [*two_layer.backward(*given)]
        parts[at] = parts[at] * 1.01
        return tuple(parts)

    marks = marked(two_layer, backward=off)
    assert set(marks) == {NUMBERS[at]}
    assert (marks[NUMBERS[at]] == WRONG).all()


def test_one_wrong_entry_is_the_one_marked(two_layer):
    def off(*given):
        parts = two_layer.backward(*given)
        parts[2][1, 2] += 1e-4
        return parts

    marks = marked(two_layer, backward=off)
    np.testing.assert_array_equal(marks["dW2"], [[0, 0, 0], [0, 0, WRONG]])


def test_an_activation_left_out_goes_on_through_forward_and_backward(two_layer):
    def linear(x, W1, b1, W2, b2):
        z1 = W1 @ x + b1
        z2 = W2 @ z1 + b2
        return z1, z1, z2, np.exp(z2) / np.exp(z2).sum()

    def backward(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = linear(x, W1, b1, W2, b2)
        delta1 = W2.T @ (p - y) * a1 * (1 - a1)
        return np.outer(delta1, x), delta1, np.outer(p - y, a1), p - y

    marks = marked(two_layer, forward=linear, backward=backward, update=stepped(backward))
    assert (marks.pop("a1") == WRONG).all()
    assert {"z2", "a2", "delta2", "dW2", "delta1", "dW1", "newW1"} <= set(marks)
    assert not any((mark == WRONG).any() for mark in marks.values())


def test_a_second_mistake_behind_a_first_one_is_a_beginning_too(two_layer):
    def twice_wrong(*given):
        dW1, db1, dW2, db2 = two_layer.backward(*given)
        return 3 * dW1, 2 * db1, dW2, db2

    marks = marked(two_layer, backward=twice_wrong)
    assert (marks["delta1"] == WRONG).all()
    assert (marks["dW1"] == WRONG).all()


def test_weights_that_are_updated_too_early_are_found_though_the_steps_are_small(two_layer):
    def early(x, y, W1, b1, W2, b2, rate):
        dW1, db1, dW2, db2 = two_layer.backward(x, y, W1, b1, W2, b2)
        W2, b2 = W2 - rate * dW2, b2 - rate * db2
        dW1, db1, _, _ = two_layer.backward(x, y, W1, b1, W2, b2)
        return W1 - rate * dW1, b1 - rate * db1, W2, b2

    marks = marked(two_layer, update=early)
    assert set(marks) == {"newW1", "newb1"}
    assert all((mark == WRONG).all() for mark in marks.values())


def test_a_right_float32_network_has_no_mark(two_layer):
    def single(function):
        def called(*given):
            given = [np.asarray(part, np.float32) for part in given]
            return tuple(np.asarray(part, np.float32) for part in function(*given))

        return called

    functions = {name: single(getattr(two_layer, name)) for name in ("forward", "backward")}
    assert marked(two_layer, **functions, update=single(stepped(two_layer.backward))) == {}


def test_nan_is_a_wrong_number(two_layer):
    marks = marked(two_layer, backward=lambda *g: tuple(p * np.nan for p in two_layer.backward(*g)))
    assert (marks["delta2"] == WRONG).all()


def test_zero_biases_are_told_from_wrong_deltas(two_layer):
    def forgotten(*given):
        dW1, db1, dW2, db2 = two_layer.backward(*given)
        return dW1, 0 * db1, dW2, 0 * db2

    assert set(marked(two_layer, backward=forgotten)) == {"db1", "db2"}
