"""Reference solutions of unit 09: training by minibatches, on handwritten digits.

An example a row: X (m, n_0), y (m,) integer labels; parameters w1 (n_0, n_1), b1 (n_1,), w2, ...
"""

import numpy as np

initial_loss = 2.3026
"""log 10, to 4 decimals: what a network loses that gives each of ten classes a tenth."""


def scores(X, parameters):
    """Return (m, K), the last layer's sums: ReLU between affine layers."""
    depth = len(parameters) // 2
    out = X
    for layer in range(1, depth + 1):
        out = out @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        if layer < depth:
            out = np.maximum(0, out)
    return out


def network_loss(X, y, parameters):
    """Return (loss, gradients), as in unit 08."""
    depth = len(parameters) // 2
    inputs = {1: X}
    for layer in range(1, depth):
        z = inputs[layer] @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        inputs[layer + 1] = np.maximum(0, z)
    z = inputs[depth] @ parameters[f"w{depth}"] + parameters[f"b{depth}"]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -np.mean(log_p[rows, y])
    delta = np.exp(log_p)
    delta[rows, y] -= 1
    delta /= len(y)
    gradients = {}
    for layer in range(depth, 0, -1):
        gradients[f"w{layer}"] = inputs[layer].T @ delta
        gradients[f"b{layer}"] = delta.sum(axis=0)
        if layer > 1:
            delta = delta @ parameters[f"w{layer}"].T * (inputs[layer] > 0)
    return loss, gradients


def initialise(sizes, rng):
    """Return parameters to start from: weights of variance 2/n_in, after He, zero biases."""
    parameters = {}
    for layer in range(1, len(sizes)):
        n_in, n_out = sizes[layer - 1], sizes[layer]
        parameters[f"w{layer}"] = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros(n_out)
    return parameters


def minibatches(X, y, size, rng):
    """Yield (X_batch, y_batch), `size` rows each and the rest last, in an order drawn from rng."""
    order = rng.permutation(len(y))
    for start in range(0, len(y), size):
        rows = order[start : start + size]
        yield X[rows], y[rows]


def sgd_step(parameters, gradients, rate):
    """Return new parameters, a step against the gradients away."""
    return {name: value - rate * gradients[name] for name, value in parameters.items()}


def accuracy(X, y, parameters):
    """Return the share of the examples whose largest score is the right class's."""
    return np.mean(scores(X, parameters).argmax(axis=1) == y)


def overfit(X, y, sizes, rng):
    """Return parameters whose loss on these few examples is below 0.01."""
    parameters = initialise(sizes, rng)
    for _ in range(2000):
        loss, gradients = network_loss(X, y, parameters)
        if loss < 0.005:
            break
        parameters = sgd_step(parameters, gradients, 0.3)
    return parameters


def train(X, y, sizes, epochs, rate, batch, rng):
    """Return parameters trained by stochastic gradient descent."""
    parameters = initialise(sizes, rng)
    for _ in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch, rng):
            loss, gradients = network_loss(X_batch, y_batch, parameters)
            parameters = sgd_step(parameters, gradients, rate)
    return parameters
