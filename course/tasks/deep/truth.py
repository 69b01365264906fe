"""Unit 06: the true values. Gradients come from differentiating the cost by a complex step.

Every entry of an array is stepped by itself, many at once: a step is one entry of a leading
axis that the forward pass carries along.
"""

import numpy as np

from course.forward import log_softmax, sigmoid

_STEP = 1e-20
_AT_ONCE = 512


def layers(rows, weights, biases, first=0):
    """Return (zs, activations) of sigmoid layers, from the layer with that index on.

    rows (..., m, n): what enters; weights (..., n_l, n_{l-1}), biases (..., n_l).
    """
    zs, activations = [], [np.asarray(rows)]
    for W, b in zip(weights[first:], biases[first:], strict=True):
        zs.append(activations[-1] @ np.swapaxes(W, -1, -2) + np.asarray(b)[..., None, :])
        activations.append(sigmoid(zs[-1]))
    return zs, activations


def slopes(cost, value):
    """Return the slope of `cost` by each entry of an array, in the array's shape.

    cost : takes (N, *shape) and returns N costs, letting complex numbers through.
    """
    value = np.asarray(value, dtype=float)
    slope = np.empty(value.size)
    for start in range(0, value.size, _AT_ONCE):
        entries = np.arange(start, min(start + _AT_ONCE, value.size))
        stepped = np.tile(value.ravel().astype(complex), (len(entries), 1))
        stepped[np.arange(len(entries)), entries] += 1j * _STEP
        slope[entries] = np.imag(cost(stepped.reshape(-1, *value.shape))) / _STEP
    return slope.reshape(value.shape)


def slopes_of_each(cost, arrays):
    """Return the slopes of cost(list) by the entries of each array of the list."""

    def by(k):
        return slopes(lambda moved: cost([*arrays[:k], moved, *arrays[k + 1 :]]), arrays[k])

    return [by(k) for k in range(len(arrays))]


def quadratic(zs, t):
    """Return ½‖a − t‖² of each example: zs (..., m, n_l), t (m, n_L)."""
    return np.sum((sigmoid(zs[-1]) - t) ** 2, axis=-1) / 2


def softmax_cost(zs, y):
    """Return the cross-entropy of softmax(z_L) and y of each example: y (m, n_L) one-hot."""
    return -np.sum(y * log_softmax(zs[-1]), axis=-1)


def gradients(rows, targets, weights, biases, cost):
    """Return (dWs, dbs) of the mean cost over the rows; weights (n_l, n_{l-1})."""

    def mean_cost(weights, biases):
        return np.mean(cost(layers(rows, weights, biases)[0], targets), axis=-1)

    weights = [np.asarray(W, dtype=float) for W in weights]
    biases = [np.asarray(b, dtype=float) for b in biases]
    return (
        slopes_of_each(lambda moved: mean_cost(moved, biases), weights),
        slopes_of_each(lambda moved: mean_cost(weights, moved), biases),
    )


def forward(x, weights, biases):
    """Return the true (zs, activations) of one example."""
    zs, activations = layers(np.atleast_2d(x), weights, biases)
    return [z[0] for z in zs], [a[0] for a in activations]


def quadratic_gradients(x, t, weights, biases):
    """Return the true (dWs, dbs) for the quadratic cost of one example."""
    return gradients(np.atleast_2d(x), t, weights, biases, quadratic)


def softmax_gradients(x, y, weights, biases):
    """Return the true (dWs, dbs) for a softmax output with cross-entropy, one example."""
    return gradients(np.atleast_2d(x), y, weights, biases, softmax_cost)


def batch_gradients(X, Y, weights, biases):
    """Return the true (dws, dbs) for rows, with weights (n_{l-1}, n_l) and the mean cost."""
    dWs, dbs = gradients(X, Y, [np.transpose(w) for w in weights], biases, softmax_cost)
    return [np.transpose(dW) for dW in dWs], dbs


def biases_through(weights, zs, activations):
    """Return the biases with which the forward pass takes just these values."""
    below = activations[:-1]
    return [z - np.asarray(W) @ a for z, W, a in zip(zs, weights, below, strict=True)]


def errors(cost, weights, zs):
    """Return the slopes of cost(zs) by each z, as a list, first layer first.

    zs : a z of one example for each layer; what lies above a layer follows its z through the
    weights, with the biases that lead through the zs as they are.
    """
    zs = [np.asarray(z, dtype=float) for z in zs]
    activations = [None, *map(sigmoid, zs)]
    biases = [
        z - np.asarray(W) @ a
        for z, W, a in zip(zs[1:], weights[1:], activations[1:-1], strict=True)
    ]

    def by(layer):
        def cost_from(moved):
            above, _ = layers(sigmoid(moved)[:, None, :], weights[1:], biases, first=layer)
            return cost([moved[:, None, :], *above])[:, 0]

        return slopes(cost_from, zs[layer])

    return [by(layer) for layer in range(len(zs))]


def deltas(t, weights, zs, activations):
    """Return the true delta of the last layer, and the list of those below."""
    *below, last = errors(lambda above: quadratic(above, t), weights, zs)
    return last, below
