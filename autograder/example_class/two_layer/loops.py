"""With explicit loops, entry by entry."""

import numpy as np


def forward(x, W1, b1, W2, b2):
    n1, n0 = W1.shape
    n2 = W2.shape[0]
    z1 = np.zeros(n1)
    for j in range(n1):
        for i in range(n0):
            z1[j] += W1[j, i] * x[i]
        z1[j] += b1[j]
    a1 = 1 / (1 + np.exp(-z1))
    z2 = np.zeros(n2)
    for k in range(n2):
        for j in range(n1):
            z2[k] += W2[k, j] * a1[j]
        z2[k] += b2[k]
    e = np.zeros(n2)
    for k in range(n2):
        e[k] = np.exp(z2[k] - max(z2))
    p = e / sum(e)
    return z1, a1, z2, p


def loss(p, y):
    total = 0.0
    for k in range(len(p)):
        if y[k] == 1:
            total = total - np.log(p[k])
    return total


def backward(x, y, W1, b1, W2, b2):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    n1, n0 = W1.shape
    n2 = W2.shape[0]
    dW1 = np.zeros((n1, n0))
    db1 = np.zeros(n1)
    dW2 = np.zeros((n2, n1))
    db2 = np.zeros(n2)
    for k in range(n2):
        db2[k] = p[k] - y[k]
        for j in range(n1):
            dW2[k, j] = db2[k] * a1[j]
    for j in range(n1):
        da = 0.0
        for k in range(n2):
            da += W2[k, j] * db2[k]
        db1[j] = da * a1[j] * (1 - a1[j])
        for i in range(n0):
            dW1[j, i] = db1[j] * x[i]
    return dW1, db1, dW2, db2


def train_step(x, y, W1, b1, W2, b2, rate=0.02):
    new = []
    parameters = [W1, b1, W2, b2]
    gradients = backward(x, y, W1, b1, W2, b2)
    for parameter, gradient in zip(parameters, gradients):
        new.append(parameter - rate * gradient)
    return new[0], new[1], new[2], new[3]
