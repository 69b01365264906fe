"""A student's network for the decision boundary: tanh layers, a softmax, and its training.

The browser's tests run this file as the first cell of their notebook.
"""

import numpy as np


def initial(rng, sizes):
    """Return parameters w1, b1, w2, b2, … of layers of these sizes, in rows."""
    parameters = {}
    for layer in range(1, len(sizes)):
        shape = sizes[layer - 1 : layer + 1]
        parameters[f"w{layer}"] = rng.normal(size=shape) * np.sqrt(2 / shape[0])
        parameters[f"b{layer}"] = np.zeros(shape[1])
    return parameters


def forward(X, parameters):
    activations, layers = [X], len(parameters) // 2
    for layer in range(1, layers + 1):
        z = activations[-1] @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        activations.append(np.tanh(z) if layer < layers else z)
    return activations


def scores(X, parameters):
    return forward(X, parameters)[-1]


def predict(X, parameters):
    print("a student's print")
    z = scores(X, parameters)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(X, y, parameters):
    return -np.mean(np.log(predict(X, parameters)[np.arange(len(y)), y]))


def step(X, y, parameters, rate):
    activations = forward(X, parameters)
    delta = predict(X, parameters)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    new = dict(parameters)
    for layer in range(len(parameters) // 2, 0, -1):
        a = activations[layer - 1]
        new[f"w{layer}"] = parameters[f"w{layer}"] - rate * a.T @ delta
        new[f"b{layer}"] = parameters[f"b{layer}"] - rate * delta.sum(axis=0)
        delta = delta @ parameters[f"w{layer}"].T * (1 - a**2)
    return new


def uphill(X, y, parameters, rate):
    return step(X, y, parameters, -rate)
