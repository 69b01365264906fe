"""Reference solutions of unit 10: the eight passes, mended, and the names of their mistakes.

X (m, n_0), Y (m, K) one-hot; parameters: w1 (n_0, n_1), b1 (n_1,), w2, b2, ... by name. The cost
is the mean cross-entropy over the rows; gradients come by the names of the parameters.
"""

import numpy as np


def sigmoid(z):
    """Return σ(z), entry by entry, without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def sigmoid_prime(z):
    """Return σ'(z), a function of z."""
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    """Return max(0, z)."""
    return np.maximum(0, z)


def softmax(Z):
    """Return p = e^z / Σ e^z, row by row."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cost(X, Y, parameters, g=sigmoid):
    """Return the mean cross-entropy: g in the hidden layers, softmax in the last."""
    a, last = X, len(parameters) // 2
    for layer in range(1, last):
        a = g(a @ parameters[f"w{layer}"] + parameters[f"b{layer}"])
    P = softmax(a @ parameters[f"w{last}"] + parameters[f"b{last}"])
    return -np.mean(np.log(np.sum(Y * P, axis=1)))


def fix_1(X, Y, parameters):
    """Return the gradients: one hidden layer of sigmoids."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    z1 = X @ w1 + b1
    a1 = sigmoid(z1)
    P = softmax(a1 @ w2 + b2)

    delta2 = (P - Y) / len(X)
    delta1 = (delta2 @ w2.T) * sigmoid_prime(z1)
    dw2, db2 = a1.T @ delta2, delta2.sum(axis=0)
    dw1, db1 = X.T @ delta1, delta1.sum(axis=0)
    return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}


def fix_2(X, Y, parameters):
    """Return the gradients: one hidden layer of sigmoids."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    a1 = sigmoid(X @ w1 + b1)
    P = softmax(a1 @ w2 + b2)

    delta2 = (P - Y) / len(X)
    delta1 = (delta2 @ w2.T) * a1 * (1 - a1)
    db1, db2 = np.zeros(len(b1)), np.zeros(len(b2))
    db2 += delta2.sum(axis=0)
    db1 += delta1.sum(axis=0)
    return {"w1": X.T @ delta1, "b1": db1, "w2": a1.T @ delta2, "b2": db2}


def fix_3(X, Y, parameters):
    """Return the gradients: one hidden layer of sigmoids."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    a1 = sigmoid(X @ w1 + b1)
    P = softmax(a1 @ w2 + b2)

    m = len(X)
    delta2 = (P - Y) / m
    delta1 = (delta2 @ w2.T) * a1 * (1 - a1)
    dw2, db2 = a1.T @ delta2, delta2.sum(axis=0)
    dw1, db1 = X.T @ delta1, delta1.sum(axis=0)
    return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}


def fix_4(X, Y, parameters):
    """Return the gradients: one hidden layer of ReLUs."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    z1 = X @ w1 + b1
    a1 = relu(z1)
    P = softmax(a1 @ w2 + b2)

    delta2 = (P - Y) / len(X)
    mask = z1 > 0
    delta1 = (delta2 @ w2.T) * mask
    dw2, db2 = a1.T @ delta2, delta2.sum(axis=0)
    dw1, db1 = X.T @ delta1, delta1.sum(axis=0)
    return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}


def fix_5(X, Y, parameters):
    """Return the gradients: one hidden layer of sigmoids."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    a1 = sigmoid(X @ w1 + b1)
    P = softmax(a1 @ w2 + b2)

    dZ2 = (P - Y) / len(X)
    dw2, db2 = a1.T @ dZ2, dZ2.sum(axis=0)
    dA1 = dZ2 @ w2.T
    dZ1 = dA1 * a1 * (1 - a1)
    dw1, db1 = X.T @ dZ1, dZ1.sum(axis=0)
    return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}


def fix_6(X, Y, parameters, rate):
    """Return new parameters after one step of gradient descent at the rate."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    a1 = sigmoid(X @ w1 + b1)
    P = softmax(a1 @ w2 + b2)

    new = {}
    delta2 = (P - Y) / len(X)
    new["w2"] = w2 - rate * (a1.T @ delta2)
    new["b2"] = b2 - rate * delta2.sum(axis=0)
    delta1 = (delta2 @ w2.T) * a1 * (1 - a1)
    new["w1"] = w1 - rate * (X.T @ delta1)
    new["b1"] = b1 - rate * delta1.sum(axis=0)
    return new


def fix_7(X, Y, parameters):
    """Return the gradients: any number of layers, sigmoids in the hidden ones."""
    last = len(parameters) // 2
    a = {0: X}
    for layer in range(1, last):
        a[layer] = sigmoid(a[layer - 1] @ parameters[f"w{layer}"] + parameters[f"b{layer}"])
    P = softmax(a[last - 1] @ parameters[f"w{last}"] + parameters[f"b{last}"])

    gradients = {}
    delta = (P - Y) / len(X)
    for layer in range(last, 0, -1):
        gradients[f"w{layer}"] = a[layer - 1].T @ delta
        gradients[f"b{layer}"] = delta.sum(axis=0)
        if layer > 1:
            slope = a[layer - 1] * (1 - a[layer - 1])
            delta = (delta @ parameters[f"w{layer}"].T) * slope
    return gradients


def fix_8(X, Y, parameters, size):
    """Return the gradients of the mean over all m rows, added up from batches of `size` rows."""
    w1, b1 = parameters["w1"], parameters["b1"]
    w2, b2 = parameters["w2"], parameters["b2"]
    gradients = {key: np.zeros(np.shape(value)) for key, value in parameters.items()}
    for start in range(0, len(X), size):
        x, y = X[start : start + size], Y[start : start + size]
        a1 = sigmoid(x @ w1 + b1)
        P = softmax(a1 @ w2 + b2)

        delta2 = (P - y) / len(X)
        delta1 = (delta2 @ w2.T) * a1 * (1 - a1)
        gradients["w2"] += a1.T @ delta2
        gradients["b2"] += delta2.sum(axis=0)
        gradients["w1"] += x.T @ delta1
        gradients["b1"] += delta1.sum(axis=0)
    return gradients


name = {
    "fix_1": "slope of the activated value",
    "fix_2": "bias summed over all units",
    "fix_3": "mean taken twice",
    "fix_4": "mask that lets everything through",
    "fix_5": "softmax derivative taken twice",
    "fix_6": "weights updated too early",
    "fix_7": "one layer's slope for all layers",
    "fix_8": "short batch counted as a full one",
}
