"""The numbers behind the demo of deltas by depth: a seeded network and its deltas' true sizes."""

from dataclasses import dataclass

import numpy as np

from course.forward import leaky_relu, relu, sigmoid
from course.mistakes.network import elementwise_slope, network

EXAMPLES = 8
"""The size of the batch."""

DEEPEST, WIDEST = 20, 32


ACTIVATIONS = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "leaky relu": leaky_relu}


@dataclass(frozen=True)
class Draws:
    """Standard normal numbers, drawn once: every setting of the demo uses the same.

    X (EXAMPLES, WIDEST), W (DEEPEST, WIDEST, WIDEST); labels (EXAMPLES,), below WIDEST.
    """

    X: np.ndarray
    W: np.ndarray
    labels: np.ndarray

    @classmethod
    def from_rng(cls, rng):
        """Return the Draws of a random generator."""
        X = rng.normal(size=(EXAMPLES, WIDEST))
        W = rng.normal(size=(DEEPEST, WIDEST, WIDEST))
        return cls(X, W, rng.integers(WIDEST, size=EXAMPLES))


def arguments(draws, depth, width, activation, scale):
    """Return (X, Y, weights, biases, g, g_prime), as delta_sizes of unit 07 takes them.

    Rows are examples; all layers have `width` units, so that each passes on alike, and the
    last is a softmax with the cross-entropy. weights[l] (width, width) is normal with the
    standard deviation scale / √width; biases are zero. g and g_prime work on arrays.
    """
    weights = list(draws.W[:depth, :width, :width] * (scale / np.sqrt(width)))
    biases = [np.zeros(width) for _ in range(depth)]
    Y = np.eye(width)[draws.labels % width]
    g = ACTIVATIONS[activation]
    return draws.X[:, :width], Y, weights, biases, g, lambda z: elementwise_slope(g, z)


def true_sizes(X, Y, weights, biases, g, g_prime):
    """Return (L,): the root mean square of each layer's delta, first layer first.

    A row of a delta is how that example's own cost grows with z; the cost of the batch, the
    mean, has the same divided by m.
    """
    with np.errstate(all="ignore"):
        errors = network(X, Y, [w.T for w in weights], biases, g=g).errors()
        return np.array([np.sqrt(np.mean(errors[k] ** 2)) for k in sorted(errors)])


def kept(sizes):
    """Return the factor that each layer keeps of the error on the way back, on average.

    nan for one layer or a last layer without error; 0 where nothing reaches the first.
    """
    if len(sizes) < 2 or not sizes[-1] > 0:
        return float("nan")
    return float((sizes[0] / sizes[-1]) ** (1 / (len(sizes) - 1)))
