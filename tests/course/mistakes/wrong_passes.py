"""Backward passes with one mistake each, written out as a student would write them.

The tests hold the library's account of a mistake against these. Batches in rows, sigmoid
hidden layers (or relu), softmax with cross-entropy or sigmoid with the quadratic cost.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def slope(z, kind):
    return sigmoid(z) * (1 - sigmoid(z)) if kind == "sigmoid" else (z > 0).astype(float)


def forward(X, W, b, kind, output):
    """Return lists zs, activations; W[k] (n_{k+1}, n_k), rows are examples."""
    activations, zs = [X], []
    for k in range(len(W)):
        zs.append(activations[-1] @ W[k].T + b[k])
        last = k == len(W) - 1
        if last and output == "softmax":
            e = np.exp(zs[-1] - zs[-1].max(axis=1, keepdims=True))
            activations.append(e / e.sum(axis=1, keepdims=True))
        else:
            activations.append((sigmoid if kind == "sigmoid" else relu)(zs[-1]))
    return zs, activations


def wrong_backward(X, Y, W, b, mistake, kind="sigmoid", output="softmax", rate=0.5, batch=10):
    """Return (dWs, dbs) with the mistake of that id made, or right where it is None."""
    if mistake == "bias-missing forward":
        b = [np.zeros_like(v) for v in b]
    zs, a = forward(X, W, b, kind, output)
    m, K, L = len(X), Y.shape[1], len(W)
    p = a[-1]
    if output == "softmax":
        delta = p - Y
    else:
        delta = (p - Y) * (1 if mistake == "missing-output-derivative" else slope(zs[-1], kind))
    if mistake == "wrong-sign":
        delta = -delta
    elif mistake == "factor-of-two":
        delta = 2 * delta
    elif mistake == "softmax-derivative-twice":
        delta = delta * p * (1 - p)
    elif mistake == "extra-output-derivative":
        delta = delta * slope(zs[-1], kind)
    elif mistake == "prediction-for-error":
        delta = p
    elif mistake == "class-index-as-one-hot":
        delta = p - Y.argmax(axis=1)[:, None]
    elif mistake == "diagonal-jacobian":
        delta = -Y / p * p * (1 - p)
    divide = {"missing-mean": 1, "double-mean": m**2, "mean-over-classes": m * K}.get(mistake, m)
    if mistake == "last-batch-size":
        divide = batch
    delta = delta / divide
    dWs, dbs = [None] * L, [None] * L
    for k in reversed(range(L)):
        below = a[k]
        if mistake == "preactivation-for-activation" and k > 0:
            below = zs[k - 1]
        elif mistake == "layer-off-by-one":
            below = a[max(k - 1, 0)]
        dWs[k] = delta.T @ below
        dbs[k] = {
            "bias-sum-all": np.full(delta.shape[1], delta.sum()),
            "bias-mean": delta.mean(axis=0),
            "bias-first-example": delta[0],
            "bias-missing": np.zeros(delta.shape[1]),
        }.get(mistake, delta.sum(axis=0))
        if mistake == "elementwise-for-product" and delta.shape == below.shape and m == 1:
            dWs[k] = (delta * below)[0]
        if k == 0:
            break
        wire = W[k]
        if mistake == "updated-weights-first":
            wire = W[k] - rate * dWs[k]
        elif mistake == "gradient-for-weights":
            wire = dWs[k]
        elif mistake == "untransposed-weights":
            wire = W[k].T
        elif mistake == "skips-a-factor":
            wire = np.eye(len(W[k]))
        delta = delta @ wire
        z = zs[k - 1]
        if mistake == "missing-activation-derivative":
            continue
        if mistake == "derivative-of-activated":
            delta = delta * slope(a[k], kind)
        elif mistake == "a-formula-on-z":
            delta = delta * z * (1 - z)
        elif mistake == "relu-mask-from-output":
            delta = delta * (a[k] >= 0)
        elif mistake == "same-layer-reused":
            delta = delta * slope(zs[0], kind)
        else:
            delta = delta * slope(z, kind)
    if mistake == "transposed-gradient":
        dWs = [dW.T for dW in dWs]
    return dWs, dbs
