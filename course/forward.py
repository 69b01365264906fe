"""Forward passes and costs, written so that complex numbers pass through them.

Differentiating these by a complex step is where the checks get their true gradients from;
no backward pass is written anywhere in this package.
"""

import numpy as np


def sigmoid(z):
    """Return σ(z) = 1 / (1 + e^(−z)), entry by entry, without overflow for any finite z."""
    z = np.asarray(z)
    positive = z.real >= 0
    shrunk = np.exp(np.where(positive, -z, z))
    return np.where(positive, 1, shrunk) / (1 + shrunk)


def relu(z):
    """Return max(z, 0), entry by entry."""
    z = np.asarray(z)
    return np.where(z.real > 0, z, 0 * z)


def leaky_relu(z, slope=0.01):
    """Return z where it is positive and slope·z elsewhere, entry by entry."""
    z = np.asarray(z)
    return np.where(z.real > 0, z, slope * z)


def softmax(z):
    """Return p = e^z / Σ e^z along the last axis of z, shape (..., K), without overflow."""
    z = np.asarray(z)
    raised = np.exp(z - z.real.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def two_layer_forward(x, W1, b1, W2, b2):
    """Return (z1, a1, z2, p) of linear + sigmoid, linear + softmax, for one example.

    x (n0,), W1 (n1, n0), b1 (n1,), W2 (n2, n1), b2 (n2,); z1 and a1 are (n1,), z2 and p (n2,).
    """
    z1 = W1 @ x + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    return z1, a1, z2, softmax(z2)


def cross_entropy(p, y):
    """Return −Σ y log p for probabilities p and a one-hot y, both of shape (K,)."""
    return -np.sum(y * np.log(p))


def log_softmax(z):
    """Return log softmax(z) along the last axis, finite also where a probability underflows."""
    z = np.asarray(z)
    shifted = z - z.real.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
