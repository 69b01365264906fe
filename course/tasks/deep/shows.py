"""Unit 06: what mistakes make of a forward pass kept in lists, or of another cost's way back."""

import numpy as np

from course.forward import sigmoid
from course.tasks.deep.truth import forward, quadratic_gradients


def _off_by_one(x, weights, biases):
    zs, activations = forward(x, weights, biases)
    yield zs, activations[1:]
    yield zs, activations[:-1]
    yield [np.asarray(x, dtype=float), *zs], activations


def _zs_fed_forward(x, weights, biases):
    value, zs = np.asarray(x, dtype=float), []
    for W, b in zip(weights, biases, strict=True):
        value = W @ value + b
        zs.append(value)
    yield zs, [np.asarray(x, dtype=float), *map(sigmoid, zs)]


def _one_layer_again(x, weights, biases):
    layers = range(len(weights))
    for chosen in layers:
        for same_weights, same_biases in ((True, True), (True, False), (False, True)):
            Ws = [weights[chosen] if same_weights else weights[k] for k in layers]
            bs = [biases[chosen] if same_biases else biases[k] for k in layers]
            try:
                yield forward(x, Ws, bs)
            except ValueError:  # there the mistake raises
                continue
    # every layer fed with the input
    try:
        zs = [W @ x + b for W, b in zip(weights, biases, strict=True)]
    except ValueError:
        return
    yield zs, [np.asarray(x, dtype=float), *map(sigmoid, zs)]


def _one_array_for_z_and_a(x, weights, biases):
    _, activations = forward(x, weights, biases)
    yield activations[1:], activations


def _entries_paired(x, weights, biases):
    zs, activations = [], [np.asarray(x, dtype=float)]
    for W, b in zip(weights, biases, strict=True):
        try:
            zs.append(W * activations[-1] + b)
        except ValueError:  # there the mistake raises
            return
        activations.append(sigmoid(zs[-1]))
    yield zs, activations


def _quadratic_costs_way_back(x, y, weights, biases):
    # the sigmoid's output and slope, where the softmax's p − y belongs
    yield quadratic_gradients(x, y, weights, biases)


SOFTMAX_SHOWS = {"extra-output-derivative": _quadratic_costs_way_back}

FORWARD_SHOWS = {
    "elementwise-for-product": _entries_paired,
    "layer-off-by-one": _off_by_one,
    "preactivation-for-activation": _zs_fed_forward,
    "same-layer-reused": _one_layer_again,
    "aliased-cache": _one_array_for_z_and_a,
}
