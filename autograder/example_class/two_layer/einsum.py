"""With einsum, every sum spelled out in its indices."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    z1 = np.einsum("ji,i->j", W1, x) + b1
    a1 = 0.5 * (1 + np.tanh(z1 / 2))
    z2 = np.einsum("kj,j->k", W2, a1) + b2
    shifted = z2 - np.max(z2)
    p = np.exp(shifted - np.log(np.exp(shifted).sum()))
    return z1, a1, z2, p


def loss(p, y):
    return -np.einsum("k,k->", y, np.log(p))


def backward(x, y, W1, b1, W2, b2):
    _, a1, _, p = forward(x, W1, b1, W2, b2)
    d2 = p - y
    d1 = np.einsum("kj,k,j,j->j", W2, d2, a1, 1 - a1)
    return np.einsum("j,i->ji", d1, x), d1, np.einsum("k,j->kj", d2, a1), d2


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    gradients = backward(x, y, W1, b1, W2, b2)
    return tuple(p - rate * g for p, g in zip((W1, b1, W2, b2), gradients))
