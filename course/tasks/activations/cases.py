"""Unit 07: the networks on which answers are tried; rows are examples, g is any activation."""

from functools import partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from course.forward import leaky_relu, relu, sigmoid
from course.mistakes.network import elementwise_slope
from course.task import Case

ACTIVATIONS = MappingProxyType(
    {"tanh": np.tanh, "relu": relu, "leaky relu": leaky_relu, "sigmoid": sigmoid, "sine": np.sin}
)
"""Name -> g; its slope is taken by a complex step, whatever it is."""

# kind -> (examples, widths from the input to the classes, activation)
SIZES = {
    "tanh": (5, (3, 4, 2), "tanh"),
    "relu": (4, (4, 5, 3), "relu"),
    "leaky": (6, (3, 5, 4, 2), "leaky relu"),
    "uneven": (3, (2, 5, 3, 4), "tanh"),
    "square": (4, (3, 3, 3, 3), "sigmoid"),
    "sine": (5, (3, 4, 4, 2), "sine"),
    "deep": (3, (3, 3, 4, 3, 3, 2), "leaky relu"),
    "one example": (1, (3, 4, 3), "tanh"),
    "one unit": (4, (2, 4, 1, 5, 3), "tanh"),
    "one layer": (4, (3, 2), "tanh"),
    "float32": (5, (3, 4, 2), "tanh"),
    "integer": (4, (3, 4, 2), "tanh"),
    "huge logits": (4, (3, 4, 3), "tanh"),
    "rows differ": (2, (3, 4, 3), "tanh"),
    # narrow and deep, so that moving one unit at a time is slow as well
    "vast": (16, (40,) * 81, "relu"),
}

TRAITS = {
    "integer": frozenset({"integers"}),
    "float32": frozenset({"narrow"}),
    "huge logits": frozenset({"extreme"}),
    "rows differ": frozenset({"rows differ"}),
    "vast": frozenset({"vast"}),
}


def draw_network(rng, kind):
    """Draw the Case (X, Y, weights, biases, g, g_prime) of the given kind."""
    m, widths, name = SIZES[kind]
    g = ACTIVATIONS[name]
    arguments = {
        "X": rng.normal(size=(m, widths[0])),
        "Y": np.eye(widths[-1])[rng.integers(widths[-1], size=m)],
        "weights": [rng.normal(size=pair) for pair in pairwise(widths)],
        "biases": [rng.normal(size=n) for n in widths[1:]],
    }
    says = f"{name}, {m} example{'s' * (m > 1)} and the widths {', '.join(map(str, widths))}"
    if kind in SPECIAL:
        more, arguments = SPECIAL[kind](rng, arguments)
        says = more if kind == "vast" else f"{more}, {says}"
    return Case(
        {**arguments, "g": g, "g_prime": partial(elementwise_slope, g)},
        says,
        TRAITS.get(kind, frozenset()),
    )


def _everywhere(change, arguments):
    return {
        name: [change(array) for array in value] if isinstance(value, list) else change(value)
        for name, value in arguments.items()
    }


def _float32(rng, arguments):
    return "float32 arrays", _everywhere(lambda array: array.astype(np.float32), arguments)


def _integer(rng, arguments):
    drawn = _everywhere(lambda array: rng.choice((-2, -1, 1, 2), size=array.shape), arguments)
    return "integer arrays", {**drawn, "Y": arguments["Y"].astype(int)}


def _huge_logits(rng, arguments):
    biases = arguments["biases"]
    # through the bias, so that all rows lie alike
    biases[-1] = rng.permutation(np.linspace(-2000.0, 2000.0, len(biases[-1])))
    return "logits in the thousands", arguments


def _rows_differ(rng, arguments):
    """Two opposite examples, so that one has all its logits near 600 and the other near −600."""
    X, weights, biases = arguments["X"], arguments["weights"], arguments["biases"]
    X[1] = -X[0]
    biases[0] *= 0.0
    hidden = np.tanh(X[0] @ weights[0])
    weights[1] += 600.0 * hidden[:, None] / np.sum(hidden**2)
    return "logits near 600 in one row and near −600 in the other", arguments


def _vast(rng, arguments):
    scaled = [w * np.sqrt(2 / len(w)) for w in arguments["weights"]]
    biases = [0.1 * b for b in arguments["biases"]]
    return "80 layers of 40 units each", {**arguments, "weights": scaled, "biases": biases}


SPECIAL = {
    "float32": _float32,
    "integer": _integer,
    "huge logits": _huge_logits,
    "rows differ": _rows_differ,
    "vast": _vast,
}
