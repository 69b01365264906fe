"""A stepped network of the tests' own functions, and what it sends to the front end."""

from itertools import pairwise

import numpy as np

from course.demos import NetworkView


def view(two_layer, **changes):
    functions = {name: getattr(two_layer, name) for name in ("forward", "backward", "update")}
    return NetworkView.two_layer(*two_layer.given, **functions | changes)


def not_written(*given):
    raise NotImplementedError


def sent(widget, key, run="numbers"):
    """Return an array as the front end reads it from the bytes."""
    array = widget.network["arrays"][key]
    size = int(np.prod(array["shape"]))
    kind = "u1" if run == "flags" else "<f8"
    numbers = np.frombuffer(getattr(widget, run), kind)
    return numbers[array["start"] :][:size].reshape(array["shape"])


def deep_network(sizes, cost="softmax", spoil=None):
    """Return what NetworkView.deep takes: given, and right functions that may spoil one layer."""
    rng = np.random.default_rng(3)
    weights = [rng.normal(size=(n, m)) for m, n in pairwise(sizes)]
    biases = [rng.normal(size=n) for n in sizes[1:]]
    target = np.eye(sizes[-1])[0] if cost == "softmax" else np.linspace(0.2, 0.9, sizes[-1])

    def forward(x, weights, biases):
        zs, activations = [], [x]
        for W, b in zip(weights, biases, strict=True):
            zs.append(W @ activations[-1] + b)
            activations.append(1 / (1 + np.exp(-zs[-1])))
        if cost == "softmax":
            activations[-1] = np.exp(zs[-1]) / np.exp(zs[-1]).sum()
        return zs, activations

    def backward(x, t, weights, biases):
        _, a = forward(x, weights, biases)
        delta = a[-1] - t
        if cost != "softmax":
            delta = delta * a[-1] * (1 - a[-1])
        dWs, dbs = [], []
        for layer in reversed(range(len(weights))):
            if layer + 1 == spoil:
                delta = -delta
            dWs.insert(0, np.outer(delta, a[layer]))
            dbs.insert(0, delta)
            delta = weights[layer].T @ delta * a[layer] * (1 - a[layer])
        return dWs, dbs

    given = (rng.normal(size=sizes[0]), target, weights, biases)
    return given, {"forward": forward, "backward": backward}
