"""Unit 09: the course's own forward pass, with which trained parameters are judged.

Parameters are a dictionary w1 (n_0, n_1), b1 (n_1,), w2, b2, ...; ReLU between affine layers.
"""

import numpy as np

from course.forward import log_softmax, relu


def depth(parameters):
    """Return the number of layers."""
    return len(parameters) // 2


def layer_sums(X, parameters):
    """Yield z of each layer, (m, n_l), first layer first; the last are the scores."""
    out = np.asarray(X, dtype=float)
    for layer in range(1, depth(parameters) + 1):
        z = out @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        yield z
        out = relu(z)


def scores(X, parameters):
    """Return (m, K), the scores of each example for each class."""
    *_, last = layer_sums(X, parameters)
    return last


def loss(X, y, parameters):
    """Return the mean cross-entropy of the softmax of the scores, with labels y (m,)."""
    return float(-np.mean(log_softmax(scores(X, parameters))[np.arange(len(y)), y]))


def accuracy(X, y, parameters):
    """Return the share of the examples whose largest score is that of the right class."""
    return float(np.mean(scores(X, parameters).argmax(axis=1) == y))


def stepped(parameters, gradients, rate):
    """Return the parameters after one step against the gradients."""
    return {name: value - rate * gradients[name] for name, value in parameters.items()}
