"""Reference solutions of unit 03, derived by hand: sigmoid in both layers, quadratic cost.

The example is one column: a0 (n0,), W1 (n1, n0), b1 (n1,), W2 (n2, n1), b2 (n2,), t (n2,); in
`backward_rows` it is one row: x (n0,), w1 (n0, n1), b1 (n1,), w2 (n1, n2), b2 (n2,), y (n2,).
"""

import numpy as np

errata = {
    1: "right",
    2: "delta2",
    3: "right",
    4: "delta2",
    5: "z1",
    6: "a0",
    7: "delta2",
    8: "right",
}
"""What each printed line should have in place of its misprint."""


def sigmoid(z):
    """Return σ(z) = 1 / (1 + e^(−z)), entry by entry."""
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    """Return σ′(z) = σ(z)(1 − σ(z)), entry by entry."""
    return sigmoid(z) * (1 - sigmoid(z))


def forward(a0, W1, b1, W2, b2):
    """Return (z1, a1, z2, a2)."""
    z1 = W1 @ a0 + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    a2 = sigmoid(z2)
    return z1, a1, z2, a2


def cost(a2, t):
    """Return ½‖a2 − t‖²."""
    return np.sum((a2 - t) ** 2) / 2


def output_delta(a2, t, z2):
    """Return δ2 = (a2 − t) ⊙ σ′(z2)."""
    return (a2 - t) * sigmoid_prime(z2)


def hidden_delta(W2, delta2, z1):
    """Return δ1 = W2ᵀ δ2 ⊙ σ′(z1)."""
    return (W2.T @ delta2) * sigmoid_prime(z1)


def backward(a0, t, W1, b1, W2, b2):
    """Return (dW1, db1, dW2, db2): error at the wire's end times value at its start."""
    z1, a1, z2, a2 = forward(a0, W1, b1, W2, b2)
    delta2 = output_delta(a2, t, z2)
    delta1 = hidden_delta(W2, delta2, z1)
    return np.outer(delta1, a0), delta1, np.outer(delta2, a1), delta2


def update(parameters, gradients, rate):
    """Return new (W1, b1, W2, b2), one step against the gradients."""
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2


def backward_rows(x, y, w1, b1, w2, b2):
    """Return (dw1, db1, dw2, db2) for weights that lead from row to column."""
    z1 = x @ w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ w2 + b2
    delta2 = (sigmoid(z2) - y) * sigmoid_prime(z2)
    delta1 = (delta2 @ w2.T) * sigmoid_prime(z1)
    return np.outer(x, delta1), delta1, np.outer(a1, delta2), delta2
