"""The stepped network of many layers, or of large ones, which is drawn folded."""

import numpy as np
import pytest

from course.demos import NetworkView
from tests.course.demos.network_demo import deep_network, sent

DEEP = (3, *[4] * 13, 2)


def test_a_deep_network_in_lists_with_the_quadratic_cost():
    given, functions = deep_network((3, 4, 4, 2), "quadratic")
    widget = NetworkView.deep(*given, **functions, output="quadratic", names=("x", "t"))
    assert len(widget.steps) == 7
    assert not any(mark.any() for mark in widget.marks.values())
    assert set(widget.marks) >= {"z3", "a3", "delta1", "dW2", "db3"}
    softmax = NetworkView.deep(*given, **functions)
    assert (softmax.marks["a3"] == 1).all()


def test_a_large_layer_is_folded_in_the_figure_too():
    rng = np.random.default_rng(1)
    given = (rng.normal(size=2), np.eye(15)[3])
    shapes = [(30, 2), (30,), (15, 30), (15,)]

    def forward(x, W1, b1, W2, b2):
        z1 = W1 @ x + b1
        z2 = W2 @ (1 / (1 + np.exp(-z1))) + b2
        return z1, 1 / (1 + np.exp(-z1)), z2, np.exp(z2) / np.exp(z2).sum()

    widget = NetworkView.two_layer(
        *given, *(rng.normal(size=shape) for shape in shapes), forward=forward
    )
    widget.step = 2
    words = [text.get_text() for text in widget.figure().axes[0].texts]
    assert {"a1[3]", "a1[26]", "p[14]"} <= set(words)
    assert "a1[4]" not in words
    assert "and 22 more" in widget.steps[1]["value_text"]


def test_a_network_of_many_layers_is_stepped_through_all_of_them():
    given, functions = deep_network(DEEP)
    widget = NetworkView.deep(*given, **functions)
    assert len(widget.steps) == 1 + 14 + 14
    assert not any(mark.any() for mark in widget.marks.values())
    assert set(widget.marks) >= {"z12", "a12", "delta12", "dW12", "db12", "delta1", "a2"}
    zs, activations = functions["forward"](given[0], *given[2:])
    np.testing.assert_array_equal(sent(widget, "z12").ravel(), zs[11])
    shown = widget.steps[12]
    assert (shown["title"], shown["edges"][11]["way"]) == ("Forward, layer 12", "forward")
    assert [key for key in shown["values"] if key] == [f"a{k}" for k in range(13)]
    assert f"a12 = {activations[12][0]:.4f}" in shown["value_text"]
    for drawn in widget.network["layouts"]:
        stack = drawn["stack"]
        assert stack["first"] <= 5 < stack["last"]


def test_a_difference_in_a_folded_layer_is_told_with_the_count_of_what_follows():
    given, functions = deep_network(DEEP, spoil=7)
    widget = NetworkView.deep(*given, **functions, update=lambda x, y, W, b, rate: (W, b))
    assert (widget.marks["delta7"] == 1).all()
    assert not widget.marks["delta8"].any()
    assert (widget.marks["dW6"] == 2).any()
    step = next(one for one in widget.steps if one["title"] == "Backward, layer 7")
    said = step["sentence"]
    assert "Your delta7 differs from the true one. dW7, db7, delta6, dW6 and 30 more" in said
    assert step["off"]


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 7, 14, 22, 28])
def test_the_figure_of_a_deep_network_folds_the_middle(step):
    given, functions = deep_network(DEEP, spoil=7)
    widget = NetworkView.deep(*given, **functions)
    widget.step = step
    figure = widget.figure()
    figure.canvas.draw()
    words = [text.get_text() for text in figure.axes[0].texts]
    assert {"a3[0]", "a11[0]"} <= set(words)
    assert not {"a4[0]", "a10[0]"} & set(words)
    (gap,) = (text for text in words if "folded" in text)
    assert "layers 4 to 10" in gap
    assert ("not the true\ndelta7" in gap) == (step > 21)
