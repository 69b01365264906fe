"""Unit 07: the true values, by differentiating the cost of a batch by a complex step."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import log_softmax


def costs_from(layer, Z, Y, weights, biases, g):
    """Return (m,): the cross-entropy of each example, from the z of a layer on.

    layer : its number, from 1. Z (m, n_layer); rows are examples, hidden layers have the
    activation g, the output is a softmax.
    """
    for w, b in zip(weights[layer:], biases[layer:], strict=True):
        Z = g(Z) @ w + b
    return -np.sum(Y * log_softmax(Z), axis=1)


def gradients(X, Y, weights, biases, g, g_prime):
    """Return (dws, dbs), lists: the true gradients of the mean of the examples' costs."""

    def gradient(parameters, name, k):
        def cost(value):
            changed = {**parameters, name: list(parameters[name])}
            changed[name][k] = value
            w, b = changed["weights"], changed["biases"]
            return np.sum(costs_from(1, X @ w[0] + b[0], Y, w, b, g)) / len(X)

        return complex_step_gradient(cost, parameters[name][k])

    parameters = {"weights": weights, "biases": biases}
    return tuple(
        [gradient(parameters, name, k) for k in range(len(weights))] for name in parameters
    )


def deltas(X, Y, weights, biases, g):
    """Return a list of (m, n_l): how the cost of each example grows with each of its z's."""
    found, A = [], np.asarray(X, dtype=float)
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True), start=1):
        Z = A @ w + b
        delta = np.empty(Z.shape)
        for j in range(Z.shape[1]):
            # examples do not meet, so one step serves a unit in all of them
            step = 1e-20j * (np.arange(Z.shape[1]) == j)
            delta[:, j] = np.imag(costs_from(layer, Z + step, Y, weights, biases, g)) / 1e-20
        found.append(delta)
        A = g(Z)
    return found


def root_mean_square(arrays):
    """Return one number an array: the root of the mean of its squared entries."""
    return np.array([np.sqrt(np.mean(array**2)) for array in arrays])


def delta_sizes(X, Y, weights, biases, g, g_prime):
    """Return ((L,),): the root mean square of each layer's delta, first layer first.

    A row of a delta belongs to that example's own cost.
    """
    return (root_mean_square(deltas(X, Y, weights, biases, g)),)


def nearest_sizes(came, true, X, **others):
    """Return the right sizes nearest to those that came.

    The cost of the batch is a mean, so its deltas are 1/m of the examples' own: either will do.
    """
    of_the_mean = true / len(X)
    near = np.abs(came - of_the_mean).sum() < np.abs(came - true).sum()
    return of_the_mean if near else true
