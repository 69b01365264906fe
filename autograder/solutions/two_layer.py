"""Reference solutions of unit 05, derived by hand: linear + sigmoid, linear + softmax.

The example is one column: x (n0,), W1 (n1, n0), b1 (n1,), W2 (n2, n1), b2 (n2,), y (n2,).
"""

import numpy as np

stages = {
    "z1[2]": 0.8,
    "a1[2]": 0.6900,
    "z2[1]": -0.6958,
    "p[1]": 0.2211,
    "loss": 1.5092,
    "delta2[1]": -0.7789,
    "dW2[1, 2]": -0.5374,
    "da1[2]": 0.9347,
    "sigma_prime[2]": 0.2139,
    "delta1[2]": 0.1999,
    "dW1[2, 1]": -0.1999,
    "new_loss": 1.4606,
}
"""The worked example's gaps, to 4 decimals, as a student enters them."""


def forward(x, W1, b1, W2, b2):
    """Return (z1, a1, z2, p)."""
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    p = e / e.sum()
    return z1, a1, z2, p


def loss(p, y):
    """Return the cross-entropy −Σ y log p."""
    return -np.sum(y * np.log(p))


def backward(x, y, W1, b1, W2, b2):
    """Return (dW1, db1, dW2, db2): δ2 = p − y, δ1 = W2ᵀ δ2 ⊙ a1(1 − a1)."""
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = p - y
    dW2 = np.outer(delta2, a1)
    delta1 = (W2.T @ delta2) * a1 * (1 - a1)
    dW1 = np.outer(delta1, x)
    return dW1, delta1, dW2, delta2


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    """Return new (W1, b1, W2, b2), every gradient taken with the old ones."""
    dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)
    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
