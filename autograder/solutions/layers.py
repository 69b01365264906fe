"""Reference solutions of unit 08: gates that remember, and networks made of them.

An example a row: x (m, n_in), w (n_in, n_out), b (n_out,); dout has the shape of out.
"""

import numpy as np


def affine_forward(x, w, b):
    """Return (x w + b, cache)."""
    out = x @ w + b
    return out, (x, w)


def affine_backward(dout, cache):
    """Return (dx, dw, db): dout wᵀ, xᵀ dout, and the sum of dout's rows."""
    x, w = cache
    dx = dout @ w.T
    dw = x.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db


def sigmoid_forward(x):
    """Return (σ(x), cache); the output is all that the way back needs."""
    out = 1 / (1 + np.exp(-x))
    return out, out


def sigmoid_backward(dout, cache):
    """Return dx = dout ⊙ σ (1 − σ)."""
    return dout * cache * (1 - cache)


def relu_forward(x):
    """Return (max(0, x), cache)."""
    out = np.maximum(0, x)
    return out, x


def relu_backward(dout, cache):
    """Return dx: dout where x was positive, else 0."""
    return dout * (cache > 0)


def softmax_loss(x, y):
    """Return (loss, dx): the mean of −log p[y] over the rows, and (p − one-hot) / m."""
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -np.mean(log_p[rows, y])
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    return loss, dx / len(x)


def network_loss(X, y, parameters):
    """Return (loss, gradients): affine layers with ReLUs between them, softmax and loss on top."""
    depth = len(parameters) // 2
    out, affine_caches, relu_caches = X, {}, {}
    for layer in range(1, depth + 1):
        w, b = parameters[f"w{layer}"], parameters[f"b{layer}"]
        out, affine_caches[layer] = affine_forward(out, w, b)
        if layer < depth:
            out, relu_caches[layer] = relu_forward(out)
    loss, dout = softmax_loss(out, y)
    gradients = {}
    for layer in range(depth, 0, -1):
        if layer < depth:
            dout = relu_backward(dout, relu_caches[layer])
        dout, dw, db = affine_backward(dout, affine_caches[layer])
        gradients[f"w{layer}"], gradients[f"b{layer}"] = dw, db
    return loss, gradients
