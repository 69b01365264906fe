"""Unit 03: the cases on which answers are tried."""

import numpy as np

from course.forward import sigmoid
from course.task import Case
from course.tasks.matrix.truth import PARAMETERS, values
from course.tasks.weights import draw_weights

ROWS = {"a0": "x", "t": "y", "W1": "w1", "b1": "b1", "W2": "w2", "b2": "b2"}
"""Argument in columns -> what it is called in rows, where weights are transposed."""


def worked_example():
    """Return the arguments a0, t, W1, b1, W2, b2 of the notebook's 3-4-2 network, as new arrays."""
    return {
        "a0": np.array([1.0, 0.5, -1.0]),
        "t": np.array([0.0, 1.0]),
        "W1": np.array([[0.2, 0.4, -0.1], [-0.5, 0.3, 0.1], [0.4, -0.2, 0.6], [0.1, 0.8, -0.3]]),
        "b1": np.array([0.1, -0.05, 0.2, 0.2]),
        "W2": np.array([[0.7, -0.4, 0.2, 0.5], [-0.3, 0.6, -0.8, 0.1]]),
        "b2": np.array([-0.3, 0.2]),
    }


_WIDTHS = {
    "uneven": ((2, 5, 3), "2 inputs, 5 hidden units and 3 outputs"),
    "wide": ((6, 3, 4), "6 inputs, 3 hidden units and 4 outputs"),
    "square": ((3, 3, 3), "3 inputs, 3 hidden units and 3 outputs"),
    "one hidden unit": ((3, 1, 2), "1 hidden unit"),
    "one output": ((3, 4, 1), "1 output"),
    "vast": ((320, 300, 20), "320 inputs, 300 hidden units and 20 outputs"),
}
_TRAITS = {
    "integer": frozenset({"integers"}),
    "float32": frozenset({"narrow"}),
    "vast": frozenset({"vast"}),
}


def _widths(kind):
    return _WIDTHS.get(kind, ((3, 4, 2), "3 inputs, 4 hidden units and 2 outputs"))


def _in_kind(rng, kind, arguments, says):
    """Return (arguments, words) as the kind wants them: their dtypes and their size."""
    if kind == "large":
        return {
            name: value if name in ("a0", "a2", "t") else 4.0 * value
            for name, value in arguments.items()
        }, "large numbers"
    if kind == "float32":
        return {name: v.astype(np.float32) for name, v in arguments.items()}, "float32 arrays"
    if kind == "integer":
        return {
            name: rng.integers(0, 2, size=v.shape)
            if name == "t"
            else rng.choice((-2, -1, 1, 2), size=v.shape)
            for name, v in arguments.items()
        }, "integer arrays"
    return arguments, says


def network_of(rng, kind):
    """Return (a0, t and the parameters by name, words for the kind) of a network of that kind."""
    if kind == "worked":
        return worked_example(), "the numbers of the notebook"
    (n0, n1, n2), says = _widths(kind)
    weights = draw_weights(kind)
    arguments = {
        "a0": rng.normal(size=n0),
        "t": rng.random(n2),
        "W1": weights(rng, n1, n0),
        "b1": rng.normal(size=n1),
        "W2": weights(rng, n2, n1),
        "b2": rng.normal(size=n2),
    }
    return _in_kind(rng, kind, arguments, says)


def _case(kind, arguments, says):
    return Case(arguments, says, _TRAITS.get(kind, frozenset()))


def draw_network(names):
    """Return a draw of the arguments of those names."""

    def draw(rng, kind):
        arguments, says = network_of(rng, kind)
        return _case(kind, {name: arguments[name] for name in names}, says)

    return draw


def draw_cost(rng, kind):
    arguments, says = network_of(rng, kind)
    t = arguments.pop("t")
    return _case(kind, {"a2": values(**arguments)[-1], "t": t}, says)


def draw_output_delta(rng, kind):
    arguments, says = network_of(rng, kind)
    t = arguments.pop("t")
    _, _, z2, a2 = values(**arguments)
    if kind == "integer":
        # z2 is what is handed over, so it is z2 that must be of integers
        z2 = rng.choice((-2, -1, 1, 2), size=z2.shape)
        a2 = sigmoid(z2)
    return _case(kind, {"a2": a2, "t": t, "z2": z2}, says)


def draw_hidden_delta(rng, kind):
    (_, n1, n2), says = _widths(kind)
    if kind == "worked":
        arguments = worked_example()
        t = arguments.pop("t")
        z1, _, _, a2 = values(**arguments)
        delta2 = (a2 - t) * a2 * (1 - a2)
        says = "the numbers of the notebook"
        return _case(kind, {"W2": arguments["W2"], "delta2": delta2, "z1": z1}, says)
    arguments = {
        "W2": rng.normal(size=(n2, n1)),
        "delta2": rng.normal(size=n2),
        "z1": rng.normal(size=n1),
    }
    arguments, says = _in_kind(rng, kind, arguments, says)
    if kind == "integer":
        # large enough that the result does not round to zero throughout
        arguments["delta2"] *= 5
    return _case(kind, arguments, says)


def draw_update(rng, kind):
    arguments, says = network_of(rng, kind)
    parameters = tuple(arguments[name] for name in PARAMETERS)
    # any arrays of the right shapes can be gradients; none of them is zero
    gradients = tuple(
        rng.uniform(0.1, 1.0, size=v.shape) * rng.choice((-1, 1), size=v.shape) for v in parameters
    )
    if kind == "float32":
        gradients = tuple(gradient.astype(np.float32) for gradient in gradients)
    rate = float(rng.choice([0.1, 0.5, 2.0]))
    drawn = {"parameters": parameters, "gradients": gradients, "rate": rate}
    return _case(kind, drawn, f"{says} and a rate of {rate}")


def draw_rows(rng, kind):
    """Draw a network in row layout: x, y, w1 (n0, n1), b1, w2 (n1, n2), b2."""
    arguments, says = network_of(rng, kind)
    turned = {
        ROWS[name]: np.ascontiguousarray(value.T) if value.ndim == 2 else value
        for name, value in arguments.items()
    }
    return _case(kind, turned, says)
