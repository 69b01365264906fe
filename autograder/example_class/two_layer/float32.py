"""In single precision throughout."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    x, W1, b1, W2, b2 = (np.asarray(v, dtype=np.float32) for v in (x, W1, b1, W2, b2))
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()


def loss(p, y):
    return np.float32(-np.log(np.dot(p, y)))


def backward(x, y, W1, b1, W2, b2):
    _, a1, _, p = forward(x, W1, b1, W2, b2)
    delta2 = p - np.float32(y)
    delta1 = np.float32(W2).T @ delta2 * a1 * (1 - a1)
    return np.outer(delta1, np.float32(x)), delta1, np.outer(delta2, a1), delta2


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    gradients = backward(x, y, W1, b1, W2, b2)
    rate = np.float32(rate)
    return tuple(np.float32(p) - rate * g for p, g in zip((W1, b1, W2, b2), gradients))
