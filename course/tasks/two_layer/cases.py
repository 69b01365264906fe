"""Unit 05: the cases on which answers are tried."""

import numpy as np

from course.forward import two_layer_forward
from course.task import Case
from course.tasks.weights import draw_weights

PARAMETERS = ("W1", "b1", "W2", "b2")

PLAIN = (2, 3, 2), "2 inputs, 3 hidden units and 2 classes"
WIDTHS = {
    "uneven": ((4, 3, 5), "4 inputs, 3 hidden units and 5 classes"),
    "square": ((3, 3, 3), "3 inputs, 3 hidden units and 3 classes"),
    # with the plain ones and those called so, a grade has from one to six hidden units
    "large": ((2, 4, 2), "large weights"),
    "dominated": ((2, 5, 2), "one class that dominates"),
    "vast": ((320, 300, 20), "320 inputs, 300 hidden units and 20 classes"),
}
"""Kind -> (widths from the inputs to the classes, words for it), where it is not PLAIN."""

WHOLE = np.array((-2, -1, 1, 2))
RATES = (0.1, 0.5, 2.0)
"""Of these, whole parameters and a step's rate are drawn."""


def worked_example():
    """Return the arguments x, y, W1, b1, W2, b2 of the worked example, as new arrays.

    Two inputs, three hidden units, two classes; the network starts out believing the wrong
    class, so there is something to learn.
    """
    return {
        "x": np.array([0.5, -1.0]),
        "y": np.array([0.0, 1.0]),
        "W1": np.array([[0.8, 0.2], [-0.4, 0.9], [0.3, -0.6]]),
        "b1": np.array([0.1, -0.2, 0.05]),
        "W2": np.array([[0.6, -0.5, 0.4], [-0.3, 0.6, -0.8]]),
        "b2": np.array([0.05, -0.1]),
    }


def _network(rng, kind):
    """Draw x, y and the parameters of a network of the given kind, with words for the kind."""
    if kind == "worked":
        return worked_example(), "the numbers of the worked example"
    if kind.startswith("hidden "):
        n1 = int(kind.removeprefix("hidden "))
        widths, says = (2, n1, 3), f"{n1} hidden unit{'s' if n1 > 1 else ''}"
    else:
        widths, says = WIDTHS.get(kind, PLAIN)
    n0, n1, n2 = widths
    weights = draw_weights(kind)
    arguments = {
        "x": rng.standard_normal(n0),
        "y": np.eye(n2)[rng.integers(n2)],
        "W1": weights(rng, n1, n0),
        "b1": rng.standard_normal(n1),
        "W2": weights(rng, n2, n1),
        "b2": rng.standard_normal(n2),
    }
    if kind == "dominated":
        arguments["b2"][rng.integers(n2)] += 9.0
    elif kind == "large":
        arguments["W1"] *= 4.0
        arguments["W2"] *= 4.0
    elif kind == "huge logits":
        # through the biases, far apart on both sides of zero
        arguments["b2"] = rng.permutation(np.linspace(-2000.0, 2000.0, n2))
        says = "logits in the thousands"
    elif kind == "huge weights":
        arguments["W2"][rng.integers(n2)] = 2000.0 + 500.0 * rng.random(n1)
        says = "weights, and so logits, in the thousands"
    elif kind == "float32":
        arguments = {name: value.astype(np.float32) for name, value in arguments.items()}
        says = "float32 arrays"
    elif kind == "integer":
        arguments = {
            name: value if name == "y" else WHOLE[rng.integers(len(WHOLE), size=value.shape)]
            for name, value in arguments.items()
        }
        arguments["y"] = arguments["y"].astype(int)
        says = "integer arrays"
    return arguments, says


TRAITS = {
    "integer": frozenset({"integers"}),
    "huge logits": frozenset({"extreme"}),
    "huge weights": frozenset({"extreme"}),
    "float32": frozenset({"narrow"}),
    "vast": frozenset({"vast"}),
}


def draw_network(names):
    def draw(rng, kind):
        arguments, says = _network(rng, kind)
        picked = {name: arguments[name] for name in names}
        return Case(picked, says, TRAITS.get(kind, frozenset()))

    return draw


def draw_loss(rng, kind):
    arguments, says = _network(rng, kind)
    y = arguments.pop("y")
    x = arguments.pop("x")
    p = two_layer_forward(x, **arguments)[-1]
    # far enough from zero that a small epsilon in the logarithm makes no difference
    p = (p + 0.002) / np.sum(p + 0.002)
    return Case({"p": p, "y": y}, says)


def draw_step(rng, kind):
    arguments, says = _network(rng, kind)
    # one kind of case leaves the rate out, so that the default is tried as well
    traits = TRAITS.get(kind, frozenset())
    if kind == "worked":
        return Case(arguments, f"{says} and no rate given", traits)
    arguments["rate"] = RATES[rng.integers(len(RATES))]
    return Case(arguments, f"{says} and a rate of {arguments['rate']}", traits)
