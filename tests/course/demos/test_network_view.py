"""The stepped network without a browser: its traits, its words, its figure."""

import numpy as np
import pytest

from course.demos import Description, NetworkView
from course.demos.network_description import Call, Layer
from tests.course.demos.network_demo import not_written, sent, view


def test_the_steps_go_forward_back_and_update(two_layer):
    widget = view(two_layer)
    assert [step["title"] for step in widget.steps] == [
        "The input", "Forward, layer 1", "Forward, layer 2",
        "Backward, layer 2", "Backward, layer 1", "Update",
    ]  # fmt: skip
    assert widget.step == 0
    assert [step["kind"] for step in view(two_layer, update=None).steps][-1] == "backward"
    assert len(view(two_layer, backward=None, update=None).steps) == 3


def test_the_bytes_hold_the_students_and_the_true_numbers(two_layer):
    def doubled(*given):
        return tuple(2 * part for part in two_layer.backward(*given))

    widget = view(two_layer, backward=doubled)
    right = two_layer.backward(*two_layer.given)
    np.testing.assert_array_equal(sent(widget, "dW1"), 2 * right[0])
    np.testing.assert_allclose(sent(widget, "dW1", "truths"), right[0], rtol=1e-12)
    assert (sent(widget, "dW1", "flags") == 2).all()
    assert (sent(widget, "delta2", "flags") == 1).all()
    z1 = two_layer.forward(two_layer.given[0], *two_layer.given[2:])[0]
    np.testing.assert_array_equal(sent(widget, "z1").ravel(), z1)
    np.testing.assert_array_equal(sent(widget, "W2"), two_layer.given[4])
    assert widget.network["causes"]["dW1"] == "delta2"
    held = sum(int(np.prod(array["shape"])) for array in widget.network["arrays"].values())
    assert len(widget.flags) == held
    assert len(widget.numbers) == len(widget.truths) == 8 * held


def test_each_step_shows_what_is_known_by_then(two_layer):
    steps = view(two_layer).steps
    assert steps[1]["values"] == ["a0", "a1", ""]
    assert steps[1]["deltas"] == ["", "", ""]
    assert [edge["way"] for edge in steps[1]["edges"]] == ["forward", ""]
    assert steps[4]["deltas"] == ["", "delta1", "delta2"]
    assert steps[4]["edges"] == [
        {"key": "dW1", "way": "", "lit": True},
        {"key": "W2", "way": "backward", "lit": False},
    ]
    assert [edge["key"] for edge in steps[5]["edges"]] == ["newW1", "newW2"]


def test_the_scrubber_says_the_meaning(two_layer):
    steps = view(two_layer).steps
    assert steps[1]["value_text"].startswith("step 2 of 6: forward, layer 1; a1 = 0.")
    assert "delta2 = " in steps[3]["value_text"]
    wrong = view(two_layer, backward=lambda *g: tuple(-p for p in two_layer.backward(*g)))
    assert "Your delta2 differs from the true one." in wrong.steps[3]["value_text"]


def test_the_update_says_what_it_does_to_the_cost(two_layer):
    said = view(two_layer).steps[-1]["sentence"]
    assert "with rate 0.02: the cost falls from " in said
    wrong = view(two_layer, update=lambda *g: tuple(2 * w for w in g[2:6]))
    assert "new W1" in wrong.steps[-1]["sentence"]


def test_what_follows_is_named(two_layer):
    def flat(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = two_layer.forward(x, W1, b1, W2, b2)
        delta1 = W2.T @ (p - y)
        return np.outer(delta1, x), delta1, np.outer(p - y, a1), p - y

    said = view(two_layer, backward=flat).steps[4]["sentence"]
    assert "Your delta1 differs from the true one. dW1 and db1 follow from it." in said
    formula = view(two_layer, backward=flat).steps[4]["formula"]
    assert {"sign": "≠"} in formula[0]
    assert {"sign": "="} in formula[1]


def test_a_step_that_there_is_not_is_refused(two_layer):
    widget = view(two_layer)
    widget.step = 5
    for wrong in (-1, 6):
        with pytest.raises(ValueError, match=f"Got step={wrong}, but .* from 0 to 5"):
            widget.step = wrong
    assert widget.step == 5


def test_the_text_beside_the_widget_says_the_present_step(two_layer):
    widget = view(two_layer)
    widget.set_state({"step": 3})
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"].startswith("Network, step 4 of 6: backward, layer 2; delta2 = ")
    assert data["text/plain"].endswith(widget.steps[3]["sentence"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["right", "missing", "wrong"])
def test_the_figure_draws_every_step(two_layer, kind):
    backward = {"right": two_layer.backward, "missing": not_written}.get(
        kind, lambda *g: tuple(-part for part in two_layer.backward(*g))
    )
    widget = view(two_layer, backward=backward)
    for step in range(6):
        widget.step = step
        figure = widget.figure()
        figure.canvas.draw()
        words = " ".join(text.get_text() for text in figure.axes[0].texts)
        assert widget.steps[step]["title"] in words
        assert ("not the true delta2" in words) == (kind == "wrong" and step > 2)


def test_node_by_node_in_rows_without_biases():
    x, t, g = np.array([0.5, -1.0]), 0.3, lambda z: 1 / (1 + np.exp(-z))
    rng = np.random.default_rng(2)
    w1, w2 = rng.normal(size=(2, 3)), rng.normal(size=3)

    def forward(x, w1, w2, g):
        z2 = x @ w1
        z3 = float(g(z2) @ w2)
        return z2, g(z2), z3, g(z3)

    def backward(x, t, w1, w2):
        z2, a2, z3, a3 = forward(x, w1, w2, g)
        delta3 = (a3 - t) * a3 * (1 - a3)
        delta2 = delta3 * w2 * a2 * (1 - a2)
        return delta3, delta2, np.outer(x, delta2), delta3 * a2

    description = Description(
        arguments={"x": x, "t": t, "w1": w1, "w2": w2, "g": g},
        layers=(Layer("z2", "a2", "w1", None, "delta2"), Layer("z3", "a3", "w2", None, "delta3")),
        input="x",
        target="t",
        forward=Call(("x", "w1", "w2", "g"), ("z2", "a2", "z3", "a3")),
        backward=Call(("x", "t", "w1", "w2"), ("delta3", "delta2", "dw1", "dw2")),
        update=Call(("w1", "w2"), ("w1", "w2")),
        rows=True,
        output="quadratic",
    )
    widget = NetworkView(description, forward=forward, backward=backward)
    assert description.sizes == [2, 3, 1]
    assert set(widget.marks) == {"z1", "a1", "z2", "a2", "delta1", "delta2", "dW1", "dW2"}
    assert not any(mark.any() for mark in widget.marks.values())
    arrays = widget.network["arrays"]
    assert [arrays[key]["flat"] for key in ("W1", "dW1", "W2", "dW2")] == [False, False, True, True]
    widget.step = 4
    widget.figure().canvas.draw()
