"""What a stepped network says of functions that give no numbers, and of arrays that do not fit."""

import sys

import numpy as np
import pytest

from course.demos import NetworkView
from tests.course.demos.network_demo import not_written, sent, view


def raises(error):
    def function(*given):
        raise error

    return function


def test_a_missing_backward_leaves_the_forward_pass(two_layer):
    widget = view(two_layer, backward=not_written)
    assert widget.steps[1]["value_text"] == view(two_layer).steps[1]["value_text"]
    for step in widget.steps[3:5]:
        assert step["sentence"].startswith("Your not_written is not written yet")
    assert not widget.network["arrays"]["dW1"]["known"]
    assert np.isnan(sent(widget, "dW1")).all()
    assert widget.marks.keys() >= {"newW1", "z1"}


def test_a_missing_forward_leaves_the_backward_pass(two_layer):
    widget = view(two_layer, forward=not_written)
    assert "is not written yet" in widget.steps[1]["sentence"]
    assert not any(mark.any() for mark in widget.marks.values())
    assert widget.network["arrays"]["delta1"]["known"]


@pytest.mark.parametrize(
    ("backward", "said"),
    [
        (raises(ZeroDivisionError("a\nb")), "Your function raised ZeroDivisionError: a b."),
        (raises(SystemExit(3)), "Your function raised SystemExit: 3."),
        (lambda *g: None, "Your backward returned None: is its return missing?"),
        (lambda *g: (1, 2), "returned 2 parts; it must return (dW1, db1, dW2, db2)."),
        (lambda *g: np.zeros(4), "returned an array of float64; it must return (dW1,"),
        (lambda *g: (None,) * 4, "Your dW1 is None. (3 more like it.)"),
        (lambda *g: ("x",) * 4, "Your dW1 is a str; it must be an array of numbers."),
        (lambda *g: (np.zeros((2, 3)),) * 4, "has shape (2, 3); W1 has shape (3, 2)."),
    ],
)
def test_a_backward_that_gives_no_gradients_is_told(two_layer, backward, said):
    sentence = view(two_layer, backward=backward).steps[4]["sentence"]
    assert said in sentence
    assert "will appear once this is mended" in sentence


def test_one_part_of_the_wrong_shape_does_not_hide_the_others(two_layer):
    def turned(*given):
        dW1, db1, dW2, db2 = two_layer.backward(*given)
        return dW1.T, db1, dW2, db2

    widget = view(two_layer, backward=turned)
    assert "Your dW1 has shape (2, 3); W1 has shape (3, 2)." in widget.steps[4]["sentence"]
    assert "shape" not in widget.steps[3]["sentence"]
    assert widget.network["arrays"]["delta1"]["known"]
    assert not widget.network["arrays"]["dW1"]["known"]


@pytest.mark.slow
def test_a_loop_without_end_is_told(two_layer):
    def stuck(*given):
        while True:
            pass

    assert "takes too long" in view(two_layer, backward=stuck).steps[3]["sentence"]


def test_the_given_arrays_stay_and_prints_go_nowhere(two_layer, capfd):
    before = [part.copy() for part in two_layer.given]

    def spoils(*given):
        print("flood", file=sys.stderr)
        answer = two_layer.backward(*given)
        for part in given:
            part += 100.0
        return answer

    assert not any(mark.any() for mark in view(two_layer, backward=spoils).marks.values())
    for part, old in zip(two_layer.given, before, strict=True):
        np.testing.assert_array_equal(part, old)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"forward": None}, "Got forward=None, but forward must be a function"),
        ({"backward": 3}, "Got backward=3"),
        ({"output": "svm"}, "Got output='svm'.*write output=\"softmax\""),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(two_layer, changes, said):
    with pytest.raises(ValueError, match=said):
        view(two_layer, **changes)


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (0, np.ones((2, 1)), r"Got x of shape \(2, 1\), but one example is stepped"),
        (0, np.ones(3), r"Got W1 of shape \(3, 2\) with 3 inputs"),
        (1, np.ones(3), r"Got y of shape \(3,\) with 2 outputs"),
        (2, np.ones((2, 3)), r"Got W2 of shape \(2, 3\) with 2 units below it"),
        (3, np.ones(2), r"Got b1 of shape \(2,\) with 3 units in its layer"),
        (4, [[1.0], [1.0, 2.0]], "Got W2=.*must be an array of finite numbers"),
        (5, np.array([np.nan, 0.0]), "look for nan in it"),
    ],
)
def test_arrays_that_do_not_fit_say_which(two_layer, at, value, said):
    given = [*two_layer.given]
    given[at] = value
    with pytest.raises(ValueError, match=said):
        NetworkView.two_layer(*given, forward=two_layer.forward)


def test_a_network_without_layers_is_refused():
    with pytest.raises(ValueError, match="Got no layers, but a network has one"):
        NetworkView.deep(np.ones(2), np.ones(2), [], [], forward=lambda *given: None)
