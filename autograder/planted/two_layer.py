"""The mistakes of unit 05, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_DELTA2 = "delta2 = p - y"
_DELTA1 = "(W2.T @ delta2) * a1 * (1 - a1)"
_RETURN = "return dW1, delta1, dW2, delta2"
_STEP = "return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2"
_CALL = "dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)"


def _in_backward(old, new):
    return (Edit("backward", old, new),)


MISTAKES = {
    # in the way back through the hidden layer
    "missing-activation-derivative": _in_backward(_DELTA1, "W2.T @ delta2"),
    "derivative-of-activated": _in_backward(
        _DELTA1,
        "(W2.T @ delta2) * np.exp(-a1) / (1 + np.exp(-a1)) ** 2",
    ),
    "a-formula-on-z": _in_backward(_DELTA1, "(W2.T @ delta2) * z1 * (1 - z1)"),
    "untransposed-weights": _in_backward(_DELTA1, "(W2 @ delta2) * a1 * (1 - a1)"),
    "gradient-for-weights": _in_backward(_DELTA1, "(dW2.T @ delta2) * a1 * (1 - a1)"),
    "skips-a-factor": _in_backward(_DELTA1, "delta2[0] * a1 * (1 - a1)"),
    # in the error of the output
    "wrong-sign": _in_backward(_DELTA2, "delta2 = y - p"),
    "factor-of-two": _in_backward(_DELTA2, "delta2 = 2 * (p - y)"),
    "softmax-derivative-twice": _in_backward(_DELTA2, "delta2 = (p - y) * p * (1 - p)"),
    "extra-output-derivative": _in_backward(
        _DELTA2,
        "s = 1 / (1 + np.exp(-z2))\n    delta2 = (p - y) * s * (1 - s)",
    ),
    "prediction-for-error": _in_backward(_DELTA2, "delta2 = p"),
    "class-index-as-one-hot": _in_backward(_DELTA2, "delta2 = p - np.argmax(y)"),
    "diagonal-jacobian": _in_backward(_DELTA2, "delta2 = -y / p * p * (1 - p)"),
    # in the gradients
    "transposed-gradient": _in_backward("np.outer(delta2, a1)", "np.outer(a1, delta2)"),
    "elementwise-for-product": _in_backward("np.outer(delta1, x)", "delta1 * x"),
    "preactivation-for-activation": _in_backward("np.outer(delta2, a1)", "np.outer(delta2, z1)"),
    "layer-off-by-one": _in_backward("np.outer(delta2, a1)", "np.outer(delta2, x)"),
    "bias-sum-all": _in_backward(
        _RETURN,
        "db1 = np.full(len(delta1), delta1.sum())\n"
        "    db2 = np.full(len(delta2), delta2.sum())\n"
        "    return dW1, db1, dW2, db2",
    ),
    "bias-missing": _in_backward(_RETURN, "return dW1, np.zeros(len(b1)), dW2, np.zeros(len(b2))"),
    "forward-difference": _in_backward(
        _RETURN,
        "h = 1e-6\n"
        "    for i in range(len(b1)):\n"
        "        pushed = b1 + h * (np.arange(len(b1)) == i)\n"
        "        after = loss(forward(x, W1, pushed, W2, b2)[-1], y)\n"
        "        delta1[i] = (after - loss(p, y)) / h\n"
        "    return dW1, delta1, dW2, delta2",
    ),
    "numerical-gradient": _in_backward(
        _RETURN,
        "parameters, gradients, h = [W1, b1, W2, b2], [], 1e-5\n"
        "    for i in range(4):\n"
        "        gradient = np.zeros(parameters[i].shape)\n"
        "        for k in np.ndindex(gradient.shape):\n"
        "            up = [np.array(parameter, float) for parameter in parameters]\n"
        "            down = [np.array(parameter, float) for parameter in parameters]\n"
        "            up[i][k] += h\n"
        "            down[i][k] -= h\n"
        "            difference = loss(forward(x, *up)[-1], y) - loss(forward(x, *down)[-1], y)\n"
        "            gradient[k] = difference / (2 * h)\n"
        "        gradients.append(gradient)\n"
        "    return tuple(gradients)",
    ),
    # on the way forward
    "aliased-cache": (
        Edit(
            "forward",
            "e = np.exp(z2 - z2.max())",
            "z2 -= z2.max()\n    e = np.exp(z2)",
        ),
    ),
    "no-max-shift": (Edit("forward", "np.exp(z2 - z2.max())", "np.exp(z2)"),),
    "integer-arithmetic": (
        Edit(
            "forward",
            "a1 = 1 / (1 + np.exp(-z1))",
            "a1 = np.zeros_like(z1)\n    a1[:] = 1 / (1 + np.exp(-z1))",
        ),
    ),
    "mean-over-classes": (Edit("loss", "-np.sum(y * np.log(p))", "-np.mean(y * np.log(p))"),),
    # in the step
    "updated-weights-first": (
        Edit(
            "train_step",
            f"{_CALL}\n    {_STEP}",
            "_, _, dW2, db2 = backward(x, y, W1, b1, W2, b2)\n"
            "    W2 = W2 - rate * dW2\n"
            "    b2 = b2 - rate * db2\n"
            "    z1, a1, z2, p = forward(x, W1, b1, W2, b2)\n"
            "    db1 = (W2.T @ db2) * a1 * (1 - a1)\n"
            "    dW1 = np.outer(db1, x)\n"
            "    return W1 - rate * dW1, b1 - rate * db1, W2, b2",
        ),
    ),
    "inputs-mutated": (
        Edit(
            "train_step",
            _STEP,
            "W1 -= rate * dW1\n"
            "    b1 -= rate * db1\n"
            "    W2 -= rate * dW2\n"
            "    b2 -= rate * db2\n"
            "    return W1, b1, W2, b2",
        ),
    ),
    "column-broadcast": (Edit("train_step", "b1 - rate * db1", "b1 - rate * db1.reshape(-1, 1)"),),
}
