"""Reference solutions of unit 06, derived by hand: L layers, lists with the first layer first.

One example is a vector, weights (n_l, n_{l-1}); a batch has an example a row, weights
(n_{l-1}, n_l).
"""

import numpy as np


def forward(x, weights, biases):
    """Return (zs, activations), sigmoid in every layer; activations[0] is the input."""
    zs, activations = [], [x]
    for W, b in zip(weights, biases, strict=True):
        z = W @ activations[-1] + b
        zs.append(z)
        activations.append(1 / (1 + np.exp(-z)))
    return zs, activations


def deltas(t, weights, zs, activations):
    """Return [δ1, …, δL] for ½‖a − t‖²: δL = (aL − t) ⊙ σ′(zL), δl = Wᵀ δ ⊙ σ′(zl)."""
    a = activations[-1]
    delta = (a - t) * a * (1 - a)
    result = [delta]
    for k in range(len(weights) - 1, 0, -1):
        a = activations[k]
        delta = (weights[k].T @ delta) * a * (1 - a)
        result.insert(0, delta)
    return result


def backward(x, t, weights, biases):
    """Return (dWs, dbs): dW = δ aᵀ with the a that entered the layer, db = δ."""
    zs, activations = forward(x, weights, biases)
    dbs = deltas(t, weights, zs, activations)
    dWs = [np.outer(delta, a) for delta, a in zip(dbs, activations[:-1], strict=True)]
    return dWs, dbs


def backward_softmax(x, y, weights, biases):
    """Return (dWs, dbs): δL = p − y, and then down as before."""
    zs, activations = forward(x, weights, biases)
    e = np.exp(zs[-1] - zs[-1].max())
    p = e / e.sum()
    delta = p - y
    dWs, dbs = [], []
    for k in range(len(weights) - 1, -1, -1):
        a = activations[k]
        dWs.insert(0, np.outer(delta, a))
        dbs.insert(0, delta)
        if k > 0:
            delta = (weights[k].T @ delta) * a * (1 - a)
    return dWs, dbs


def backward_batch(X, Y, weights, biases):
    """Return (dws, dbs) of the mean over the rows: δL = (P − Y)/m, dw = Aᵀ δ, db = Σ rows."""
    activations = [X]
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(1 / (1 + np.exp(-(activations[-1] @ w + b))))
    Z = activations[-1] @ weights[-1] + biases[-1]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    delta = (P - Y) / len(X)
    dws, dbs = [], []
    for k in range(len(weights) - 1, -1, -1):
        A = activations[k]
        dws.insert(0, A.T @ delta)
        dbs.insert(0, delta.sum(axis=0))
        if k > 0:
            delta = (delta @ weights[k].T) * A * (1 - A)
    return dws, dbs
