"""The stepped network without a browser: its traits, its words, its figure."""

import sys
from itertools import pairwise

import numpy as np
import pytest

from course.demos import Description, NetworkView
from course.demos.network_description import Call, Layer


def view(two_layer, **changes):
    functions = {name: getattr(two_layer, name) for name in ("forward", "backward", "update")}
    return NetworkView.two_layer(*two_layer.given, **functions | changes)


def not_written(*given):
    raise NotImplementedError


def sent(widget, key, run="numbers"):
    """Return an array as the front end reads it from the bytes."""
    array = widget.network["arrays"][key]
    size = int(np.prod(array["shape"]))
    kind = "u1" if run == "flags" else "<f8"
    numbers = np.frombuffer(getattr(widget, run), kind)
    return numbers[array["start"] :][:size].reshape(array["shape"])


def raises(error):
    def function(*given):
        raise error

    return function


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


def deep_network(sizes, cost="softmax", spoil=None):
    """Return what NetworkView.deep takes: given, and right functions that may spoil one layer."""
    rng = np.random.default_rng(3)
    weights = [rng.normal(size=(n, m)) for m, n in pairwise(sizes)]
    biases = [rng.normal(size=n) for n in sizes[1:]]
    target = np.eye(sizes[-1])[0] if cost == "softmax" else np.linspace(0.2, 0.9, sizes[-1])

    def forward(x, weights, biases):
        zs, activations = [], [x]
        for W, b in zip(weights, biases, strict=True):
            zs.append(W @ activations[-1] + b)
            activations.append(1 / (1 + np.exp(-zs[-1])))
        if cost == "softmax":
            activations[-1] = np.exp(zs[-1]) / np.exp(zs[-1]).sum()
        return zs, activations

    def backward(x, t, weights, biases):
        _, a = forward(x, weights, biases)
        delta = a[-1] - t
        if cost != "softmax":
            delta = delta * a[-1] * (1 - a[-1])
        dWs, dbs = [], []
        for layer in reversed(range(len(weights))):
            if layer + 1 == spoil:
                delta = -delta
            dWs.insert(0, np.outer(delta, a[layer]))
            dbs.insert(0, delta)
            delta = weights[layer].T @ delta * a[layer] * (1 - a[layer])
        return dWs, dbs

    given = (rng.normal(size=sizes[0]), target, weights, biases)
    return given, {"forward": forward, "backward": backward}


def test_a_deep_network_in_lists_with_the_quadratic_cost():
    given, functions = deep_network((3, 4, 4, 2), "quadratic")
    widget = NetworkView.deep(*given, **functions, output="quadratic", names=("x", "t"))
    assert len(widget.steps) == 7
    assert not any(mark.any() for mark in widget.marks.values())
    assert set(widget.marks) >= {"z3", "a3", "delta1", "dW2", "db3"}
    softmax = NetworkView.deep(*given, **functions)
    assert (softmax.marks["a3"] == 1).all()


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


DEEP = (3, *[4] * 13, 2)


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


def test_a_network_without_layers_is_refused():
    with pytest.raises(ValueError, match="Got no layers, but a network has one"):
        NetworkView.deep(np.ones(2), np.ones(2), [], [], forward=lambda *given: None)
