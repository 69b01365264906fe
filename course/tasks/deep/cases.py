"""Unit 06: the cases on which answers are tried."""

from itertools import pairwise

import numpy as np

from course.task import Case
from course.tasks.deep.truth import forward
from course.tasks.weights import draw_weights

CHECK = ("worked", "plain", "uneven", "square", "one layer", "five layers", "integer")
GRADE = (
    "worked", "plain", "uneven", "uneven", "square", "square", "one layer", "two layers",
    "five layers", "one unit", "large", "float32", "integer",
)  # fmt: skip

WIDTHS = {
    "uneven": ((3, 5, 2, 4), "3 inputs and layers of 5, 2 and 4 units"),
    "square": ((3, 3, 3, 3), "3 inputs and three layers of 3 units"),
    "one layer": ((4, 3), "a single layer"),
    "two layers": ((3, 4, 2), "two layers"),
    "five layers": ((2, 3, 4, 3, 2, 3), "five layers"),
    "one unit": ((1, 3, 2, 1), "a single input and a single output"),
    "vast": ((300, 320, 30, 10), "300 inputs and layers of 320, 30 and 10 units"),
    "rows apart": ((3, 4, 3, 3), "logits that differ by thousands from row to row"),
}
PLAIN = (2, 4, 3, 2), "2 inputs and layers of 4, 3 and 2 units"

TRAITS = {
    "integer": frozenset({"integers"}),
    "huge logits": frozenset({"extreme"}),
    "huge weights": frozenset({"extreme"}),
    "far apart": frozenset({"extreme"}),
    "rows apart": frozenset({"extreme", "rows differ"}),
    "float32": frozenset({"narrow"}),
    "vast": frozenset({"vast"}),
}
EXAMPLES = {"batch of one": 1, "two rows": 2, "many rows": 20, "square": 3, "vast": 3}


def worked_network():
    """Return x, t, weights and biases of the notebook's network, 2-4-3-2, as new arrays."""
    return {
        "x": np.array([0.5, -1.0]),
        "t": np.array([0.0, 1.0]),
        "weights": [
            np.array([[0.8, 0.2], [-0.4, 0.9], [0.3, -0.6], [-0.7, 0.5]]),
            np.array([[0.6, -0.5, 0.4, 0.9], [-0.3, 0.8, -0.8, 0.2], [0.7, 0.1, -0.6, 0.5]]),
            np.array([[0.5, -0.9, 0.3], [-0.6, 0.4, 0.8]]),
        ],
        "biases": [
            np.array([0.1, -0.2, 0.05, 0.3]),
            np.array([0.2, -0.1, 0.4]),
            np.array([-0.3, 0.1]),
        ],
    }


def _network(rng, kind, inputs):
    """Draw weights (n_l, n_{l-1}), biases and an input of that many rows (None: a vector)."""
    widths, says = WIDTHS.get(kind, PLAIN)
    draw = draw_weights(kind)
    weights = [draw(rng, n, below) for below, n in pairwise(widths)]
    biases = [rng.normal(size=n) for n in widths[1:]]
    x = rng.normal(size=widths[0] if inputs is None else (inputs, widths[0]))
    if kind == "large":
        weights = [4.0 * W for W in weights]
        says = "large weights"
    elif kind == "dominated":
        biases[-1][rng.integers(widths[-1])] += 9.0
        says = "one class that dominates"
    elif kind == "huge logits":
        # all of them far from zero, but near each other: no class's p underflows
        biases[-1] = biases[-1] + rng.choice((-2000.0, 2000.0))
        says = "logits in the thousands"
    elif kind == "far apart":
        biases[-1] = rng.permutation(np.linspace(-2000.0, 2000.0, widths[-1]))
        says = "logits thousands apart, the right class's the largest"
    elif kind == "huge weights":
        weights[-1][rng.integers(widths[-1])] = 4000.0
        says = "weights, and so the right class's logit, in the thousands"
    elif kind == "rows apart":
        # a hidden unit, on for the first row and off for the others, moves all logits alike
        x[:, 0] = np.where(np.arange(len(x)) == 0, 1.0, -1.0)
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            W[0] = 0.0
            W[0, 0] = 80.0
            b[0] = -40.0 * (W is not weights[0])
        weights[-1][:, 0] = 2000.0
        biases[-1] = biases[-1] - 1000.0
    elif kind == "float32":
        x = x.astype(np.float32)
        weights = [W.astype(np.float32) for W in weights]
        biases = [b.astype(np.float32) for b in biases]
        says = "float32 arrays"
    elif kind == "integer":
        x, *rest = (rng.choice((-2, -1, 1, 2), size=v.shape) for v in (x, *weights, *biases))
        weights, biases = rest[: len(weights)], rest[len(weights) :]
        # equal columns would hide a whole unit from the error of a softmax
        equal = np.ptp(weights[-1], axis=0) == 0
        weights[-1][0, equal] *= -1
        says = "integer arrays"
    return x, weights, biases, says


def _target(rng, kind, units):
    if kind == "integer":
        return rng.integers(2, size=units)
    t = rng.uniform(size=units)
    return t.astype(np.float32) if kind == "float32" else t


def _one_hot(rng, kind, weights, biases, size=None):
    units = len(biases[-1])
    label = rng.integers(units, size=size)
    if kind in ("far apart", "huge weights"):
        # elsewhere p underflows, and a way by the Jacobian, right as such, would divide by it
        label = np.full(size or (), np.argmax(weights[-1].sum(axis=1) + biases[-1]))
    y = np.eye(units)[label]
    return y.astype({"integer": int, "float32": np.float32}.get(kind, float))


def _example(rng, kind):
    if kind == "worked":
        arguments = worked_network()
        return {**arguments, "y": arguments["t"]}, "the network of the notebook"
    x, weights, biases, says = _network(rng, kind, None)
    arguments = {
        "x": x,
        "t": _target(rng, kind, len(biases[-1])),
        "y": _one_hot(rng, kind, weights, biases),
        "weights": weights,
        "biases": biases,
    }
    return arguments, says


def draw_example(*names):
    """Return a draw of cases of one example with the arguments of these names."""

    def draw(rng, kind):
        arguments, says = _example(rng, kind)
        return Case({name: arguments[name] for name in names}, says, _traits(kind))

    return draw


def draw_deltas(rng, kind):
    """Draw a case of the deltas: what the forward pass made of the example is given."""
    arguments, says = _example(rng, kind)
    zs, activations = forward(arguments["x"], arguments["weights"], arguments["biases"])
    given = {
        "t": arguments["t"],
        "weights": arguments["weights"],
        "zs": zs,
        "activations": activations,
    }
    return Case(given, says, _traits(kind))


def draw_batch(rng, kind):
    """Draw a case of a batch: an example a row, weights (n_{l-1}, n_l)."""
    if kind == "worked":
        arguments = worked_network()
        weights, biases = arguments["weights"], arguments["biases"]
        X = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 0.2]])
        Y = np.eye(2)[[1, 0, 1]]
        says = "the network of the notebook and 3 rows"
    else:
        m = EXAMPLES.get(kind) or int(rng.integers(4, 8))
        X, weights, biases, says = _network(rng, kind, m)
        Y = _one_hot(rng, kind, weights, biases, m)
        says = f"{says} and {m} row{'s' if m > 1 else ''}"
    weights = [np.ascontiguousarray(W.T) for W in weights]
    given = {"X": X, "Y": Y, "weights": weights, "biases": biases}
    return Case(given, says, _traits(kind))


def _traits(kind):
    return TRAITS.get(kind, frozenset())
