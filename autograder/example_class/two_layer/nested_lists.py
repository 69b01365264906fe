"""With lists in lists, made arrays at the very end."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    z1 = [sum(w * v for w, v in zip(row, x)) + b for row, b in zip(W1, b1)]
    a1 = [1 / (1 + np.exp(-z)) for z in z1]
    z2 = [sum(w * v for w, v in zip(row, a1)) + b for row, b in zip(W2, b2)]
    e = [np.exp(z - max(z2)) for z in z2]
    p = [value / sum(e) for value in e]
    return np.array(z1), np.array(a1), np.array(z2), np.array(p)


def loss(p, y):
    return sum(-np.log(pk) for pk, yk in zip(p, y) if yk)


def backward(x, y, W1, b1, W2, b2):
    _, a1, _, p = forward(x, W1, b1, W2, b2)
    delta2 = [pk - yk for pk, yk in zip(p, y)]
    dW2 = [[d * a for a in a1] for d in delta2]
    delta1 = []
    for j, a in enumerate(a1):
        back = sum(W2[k][j] * delta2[k] for k in range(len(delta2)))
        delta1.append(back * a * (1 - a))
    dW1 = [[d * v for v in x] for d in delta1]
    return np.array(dW1), np.array(delta1), np.array(dW2), np.array(delta2)


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)
    new_W1 = [[w - rate * d for w, d in zip(*rows)] for rows in zip(W1, dW1)]
    new_b1 = [b - rate * d for b, d in zip(b1, db1)]
    new_W2 = [[w - rate * d for w, d in zip(*rows)] for rows in zip(W2, dW2)]
    new_b2 = [b - rate * d for b, d in zip(b2, db2)]
    return np.array(new_W1), np.array(new_b1), np.array(new_W2), np.array(new_b2)
