"""Reference solutions of unit 07: any activation g with its slope g', batches in rows.

X (m, n_0), Y (m, n_L) one-hot; weights[l] (n_l, n_{l+1}), biases[l] (n_{l+1},).
"""

import numpy as np


def tanh_prime(z):
    """Return 1 − tanh² z."""
    return 1 - np.tanh(z) ** 2


def relu(z):
    """Return max(0, z)."""
    return np.maximum(0, z)


def relu_prime(z):
    """Return 1 where z is positive, else 0."""
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z, slope=0.01):
    """Return z where it is positive, else slope·z."""
    return np.where(z > 0, z, slope * z)


def leaky_relu_prime(z, slope=0.01):
    """Return 1 where z is positive, else the slope."""
    return np.where(z > 0, 1.0, slope)


def forward(X, weights, biases, g):
    """Return (zs, activations): g in the hidden layers, softmax in the last."""
    zs, activations = [], [X]
    for w, b in zip(weights, biases, strict=True):
        zs.append(activations[-1] @ w + b)
        activations.append(g(zs[-1]))
    e = np.exp(zs[-1] - zs[-1].max(axis=1, keepdims=True))
    activations[-1] = e / e.sum(axis=1, keepdims=True)
    return zs, activations


def backward_batch(X, Y, weights, biases, g, g_prime):
    """Return (dws, dbs): δ^L = (P − Y)/m, δ^l = (δ^(l+1) wᵀ) ⊙ g'(z^l)."""
    zs, activations = forward(X, weights, biases, g)
    delta = (activations[-1] - Y) / len(X)
    dws, dbs = [], []
    for k in reversed(range(len(weights))):
        dws.insert(0, activations[k].T @ delta)
        dbs.insert(0, delta.sum(axis=0))
        if k > 0:
            delta = (delta @ weights[k].T) * g_prime(zs[k - 1])
    return dws, dbs


def delta_sizes(X, Y, weights, biases, g, g_prime):
    """Return (L,): the root mean square of each layer's δ, of each example's own cost."""
    zs, activations = forward(X, weights, biases, g)
    delta = activations[-1] - Y
    sizes = [np.sqrt(np.mean(delta**2))]
    for k in reversed(range(1, len(weights))):
        delta = (delta @ weights[k].T) * g_prime(zs[k - 1])
        sizes.insert(0, np.sqrt(np.mean(delta**2)))
    return np.array(sizes)


def initialise(sizes, rng, scheme):
    """Return (weights, biases): normal with the scheme's variance, and zeros."""
    weights, biases = [], []
    for k in range(len(sizes) - 1):
        n_in, n_out = sizes[k], sizes[k + 1]
        variance = 2 / (n_in + n_out) if scheme == "xavier" else 2 / n_in
        weights.append(np.sqrt(variance) * rng.normal(size=(n_in, n_out)))
        biases.append(np.zeros(n_out))
    return weights, biases
