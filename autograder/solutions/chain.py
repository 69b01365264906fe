"""Reference solutions of unit 01: derivatives of plain functions.

sigmoid and sigmoid_prime take z of any shape; everything else is in single numbers.
"""

import numpy as np


def sigmoid(z):
    """Return σ(z) = 1 / (1 + e^(−z)), of z's shape."""
    z = np.asarray(z)
    # e to a power that is never positive stays between 0 and 1
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_prime(z):
    """Return σ′(z) = a (1 − a), of z's shape."""
    a = sigmoid(z)
    return a * (1 - a)


def central_difference(f, x, h=1e-5):
    """Return the slope of the chord from x − h to x + h."""
    return (f(x + h) - f(x - h)) / (2 * h)


def composite_derivative(x):
    """Return the derivative of exp(sin(x²))."""
    u = x**2
    v = np.sin(u)
    return np.exp(v) * np.cos(u) * 2 * x


def fork_derivative(x):
    """Return the derivative of x σ(x): one term a path."""
    straight = sigmoid(x)
    through = x * sigmoid_prime(x)
    return straight + through


def neuron_gradients(w, x, b, t):
    """Return (dw, dx, db) of ½ (σ(wx + b) − t)²."""
    a = sigmoid(w * x + b)
    dz = (a - t) * a * (1 - a)
    return dz * x, dz * w, dz


def descend(derivative, x0, rate, steps):
    """Return the path (steps + 1,) of gradient descent, path[0] = x0."""
    path = np.zeros(steps + 1)
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - rate * derivative(path[k])
    return path
