"""Deltas by depth without a browser: true sizes, the student's beside them, and the words."""

import json

import numpy as np
import pytest

import course
from course.demos import DeltasByDepth
from course.demos.deltas_numbers import ACTIVATIONS, Draws, arguments, kept, true_sizes

SLOPES = {
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "leaky relu": lambda z: np.where(z > 0, 1.0, 0.01),
}


def delta_sizes(X, Y, weights, biases, g, g_prime, skipped=()):
    activations, zs = [X], []
    for w, b in zip(weights, biases, strict=True):
        zs.append(activations[-1] @ w + b)
        activations.append(g(zs[-1]))
    e = np.exp(zs[-1] - zs[-1].max(axis=1, keepdims=True))
    deltas = [e / e.sum(axis=1, keepdims=True) - Y]
    for layer in range(len(weights) - 2, -1, -1):
        slope = 1 if layer in skipped else g_prime(zs[layer])
        deltas.insert(0, deltas[0] @ weights[layer + 1].T * slope)
    return np.array([np.sqrt(np.mean(delta**2)) for delta in deltas])


def bars(widget):
    return np.frombuffer(widget.bars).reshape(2, -1)


def test_it_is_offered_by_the_course_and_its_demos():
    assert course.DeltasByDepth is DeltasByDepth
    assert "DeltasByDepth" in course.demos.__all__


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("depth", "width", "scale"), [(1, 3, 1.0), (6, 5, 1.4), (20, 32, 0.5)])
def test_the_true_sizes_are_those_of_a_backward_pass(activation, depth, width, scale):
    draws = Draws.from_rng(np.random.default_rng(3))
    given = arguments(draws, depth, width, activation, scale)
    wanted = delta_sizes(*given[:5], SLOPES[activation])
    np.testing.assert_allclose(true_sizes(*given), wanted, rtol=1e-10)


def test_the_arguments_are_those_of_the_unit():
    draws = Draws.from_rng(np.random.default_rng(3))
    X, Y, weights, biases, g, g_prime = arguments(draws, 4, 6, "tanh", 2.0)
    assert X.shape == Y.shape == (8, 6)
    assert (Y.sum(axis=1) == 1).all()
    assert [w.shape for w in weights] == [(6, 6)] * 4
    assert np.std(np.array(weights)) == pytest.approx(2 / np.sqrt(6), rel=0.15)
    assert not np.any(biases)
    z = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(g(z), np.tanh(z))
    np.testing.assert_allclose(g_prime(z), SLOPES["tanh"](z), rtol=1e-12)


def test_sigmoids_lose_the_error_and_relus_by_he_keep_it():
    widget = DeltasByDepth()
    widget.depth, widget.width, widget.activation, widget.scale = 20, 32, "sigmoid", 1.0
    assert kept(widget.sizes) < 0.3
    assert "each layer keeps 0.2" in widget.picture["sentence"]
    assert widget.picture["sentence"].endswith("It vanishes: the first layers hardly learn.")
    widget.activation, widget.scale = "relu", np.sqrt(2)
    assert 0.8 < kept(widget.sizes) < 1.25
    assert widget.picture["sentence"].endswith("It arrives: all layers can learn.")
    assert widget.picture["scale_text"] == "1.41/√n = 0.25, the scale of He"
    widget.scale = 10.0
    assert "each layer multiplies the error by" in widget.picture["sentence"]
    assert "It explodes" in widget.picture["sentence"]


def test_the_same_random_numbers_serve_every_setting():
    one, other = DeltasByDepth(seed=4), DeltasByDepth(seed=4)
    before = one.bars
    one.set_state({"depth": 3, "width": 9, "scale": 2.0, "activation": "tanh"})
    assert bars(one).shape == (2, 3)
    one.set_state({"depth": 8, "width": 16, "scale": 1.0, "activation": "sigmoid"})
    assert one.bars == before == other.bars
    assert DeltasByDepth(seed=5).bars != before


@pytest.mark.parametrize("share", [1.0, 1 / 8])
def test_right_sizes_pass_by_either_convention_however_small(share):
    widget = DeltasByDepth(lambda *given: share * delta_sizes(*given))
    widget.set_state({"depth": 20, "scale": 0.1})
    assert widget.sizes[0] < 1e-25
    assert widget.picture["off"] == [False] * 20
    np.testing.assert_allclose(*bars(widget), rtol=1e-7)


def test_wrong_sizes_are_marked_layer_by_layer_also_where_they_are_tiny():
    widget = DeltasByDepth(lambda *given: delta_sizes(*given, skipped=[2]))
    widget.set_state({"depth": 20, "scale": 0.1})
    assert widget.picture["off"] == [True] * 3 + [False] * 17
    said = widget.picture["said"][0]
    assert said[0].startswith("layer 1: yours ")
    assert said[1].startswith("true ")
    sentence = widget.picture["sentence"]
    assert sentence.startswith("Your delta_sizes gives the size of layer 1's delta as ")
    assert "and 2 more differ. In truth, with sigmoid, each layer keeps 0.02" in sentence


def test_dead_units_stop_the_error_and_the_words_say_where():
    widget = DeltasByDepth()
    widget.set_state({"depth": 14, "width": 2, "activation": "relu"})
    assert widget.sizes[0] == 0
    assert widget.picture["sentence"].startswith("No error comes further back than layer ")
    json.dumps(widget.picture, allow_nan=False)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_frame_holds_the_bars_and_rests_while_they_move(activation):
    widget, frames = DeltasByDepth(), set()
    widget.activation = activation
    for scale in np.geomspace(0.1, 10, 25):
        widget.scale = scale
        low, high = widget.picture["low"], widget.picture["high"]
        frames.add((low, high))
        shown = widget.sizes[widget.sizes > 0]
        assert 10.0**low <= shown.min() <= shown.max() <= 10.0**high
    assert len(frames) <= 8


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda *given: None, "Your delta_sizes returned None"),
        (lambda *given: np.ones(3), "Your delta_sizes returned an array of shape (3,); it must"),
        (lambda *given: [np.nan] * 8, "Your delta_sizes returned nan at [0]."),
        (lambda X: X, "Your delta_sizes raised TypeError"),
    ],
)
def test_a_failing_function_is_told_and_the_true_sizes_stay(function, said):
    widget = DeltasByDepth(function)
    assert widget.picture["sentence"].startswith(said)
    assert "The picture shows the true numbers." in widget.picture["sentence"]
    assert widget.bars == DeltasByDepth().bars


def test_the_text_beside_the_widget_says_what_it_shows():
    widget = DeltasByDepth()
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"].startswith("Deltas by depth, 8 layers of 16 units, weights 1/√n")
    assert data["text/plain"].endswith(widget.picture["sentence"])


def test_bad_arguments_say_value_rule_and_way_out():
    with pytest.raises(ValueError, match="Got delta_sizes=3, but delta_sizes must be a function"):
        DeltasByDepth(3)
    widget = DeltasByDepth()
    for name, value in [("depth", 0), ("depth", 21), ("width", 1), ("scale", 0.0)]:
        with pytest.raises(ValueError, match=f"Got {name}={value}, but {name} goes from"):
            setattr(widget, name, value)
    with pytest.raises(ValueError, match="Got activation='swish'"):
        widget.activation = "swish"
    assert (widget.depth, widget.activation) == (8, "sigmoid")


@pytest.mark.parametrize("setting", [{}, {"depth": 1}, {"depth": 20, "scale": 10.0}])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_figure_draws_every_state(setting, activation):
    widget = DeltasByDepth(lambda *given: delta_sizes(*given, skipped=[1]))
    widget.set_state({"activation": activation, "width": 2, **setting})
    figure = widget.figure()
    figure.canvas.draw()
    (axes,) = figure.axes
    assert axes.get_ylim() == (10.0 ** widget.picture["low"], 10.0 ** widget.picture["high"])
    assert widget.picture["sentence"] in axes.get_xlabel()
