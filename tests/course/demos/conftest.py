"""The network of unit 05 with every function a student writes, for the tests of the demos."""

from types import SimpleNamespace

import numpy as np
import pytest


@pytest.fixture
def network():
    """Parameters, and cost(*parameters) and gradients(*parameters) that are right."""
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=2), np.array([0.0, 1.0])
    shapes = {"W1": (3, 2), "b1": (3,), "W2": (2, 3), "b2": (2,)}
    parameters = {name: rng.normal(size=shape) for name, shape in shapes.items()}

    def forward(W1, b1, W2, b2):
        a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
        e = np.exp(W2 @ a1 + b2)
        return a1, e / e.sum()

    def cost(*arrays):
        return -np.sum(y * np.log(forward(*arrays)[-1]))

    def gradients(W1, b1, W2, b2):
        a1, p = forward(W1, b1, W2, b2)
        delta2 = p - y
        delta1 = W2.T @ delta2 * a1 * (1 - a1)
        return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2

    return SimpleNamespace(parameters=parameters, cost=cost, gradients=gradients)


@pytest.fixture
def two_layer():
    """The same network as NetworkView.two_layer takes it: given, forward, backward, update."""
    rng = np.random.default_rng(5)
    shapes = [(3, 2), (3,), (2, 3), (2,)]
    given = (rng.normal(size=2), np.array([0.0, 1.0]), *(rng.normal(size=s) for s in shapes))

    def forward(x, W1, b1, W2, b2):
        z1 = W1 @ x + b1
        a1 = 1 / (1 + np.exp(-z1))
        z2 = W2 @ a1 + b2
        e = np.exp(z2 - z2.max())
        return z1, a1, z2, e / e.sum()

    def backward(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = forward(x, W1, b1, W2, b2)
        delta2 = p - y
        delta1 = W2.T @ delta2 * a1 * (1 - a1)
        return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2

    def update(x, y, W1, b1, W2, b2, rate=0.02):
        dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)
        return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2

    return SimpleNamespace(given=given, forward=forward, backward=backward, update=update)
