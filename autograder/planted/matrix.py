"""The mistakes of unit 03, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_OUTPUT = "(a2 - t) * sigmoid_prime(z2)"
_HIDDEN = "(W2.T @ delta2) * sigmoid_prime(z1)"
_STEP = "return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2"
_DELTA2 = "output_delta(a2, t, z2)"
_DELTA1 = "hidden_delta(W2, delta2, z1)"
_RETURN = "return np.outer(delta1, a0), delta1, np.outer(delta2, a1), delta2"
_ROW_OUTPUT = "(sigmoid(z2) - y) * sigmoid_prime(z2)"
_ROW_HIDDEN = "(delta2 @ w2.T) * sigmoid_prime(z1)"
_ROW_RETURN = "return np.outer(x, delta1), delta1, np.outer(a1, delta2), delta2"

# five points, since two leave rounding that the tolerance tells from right values
_EACH_ENTRY_MOVED = (
    "parameters, gradients, h = [{names}], [], 1e-3\n"
    "    for i in range(4):\n"
    "        gradient = np.zeros(parameters[i].shape)\n"
    "        for k in np.ndindex(gradient.shape):\n"
    "            costs = []\n"
    "            for step in (-2 * h, -h, h, 2 * h):\n"
    "                moved = [np.array(parameter, float) for parameter in parameters]\n"
    "                moved[i][k] += step\n"
    "                costs.append({cost})\n"
    "            far = costs[3] - costs[0]\n"
    "            gradient[k] = (8 * (costs[2] - costs[1]) - far) / (12 * h)\n"
    "        gradients.append(gradient)\n"
    "    return tuple(gradients)"
)

MISTAKES = {
    # in the error of the output
    "missing-output-derivative": (
        Edit("output_delta", _OUTPUT, "a2 - t"),
        Edit("backward", _DELTA2, "a2 - t"),
        Edit("backward_rows", _ROW_OUTPUT, "sigmoid(z2) - y"),
    ),
    "wrong-sign": (
        Edit("output_delta", "(a2 - t)", "(t - a2)"),
        Edit("backward", _DELTA2, "(t - a2) * sigmoid_prime(z2)"),
        Edit("update", _STEP, _STEP.replace("-", "+")),
        Edit("backward_rows", "(sigmoid(z2) - y)", "(y - sigmoid(z2))"),
    ),
    "prediction-for-error": (
        Edit("output_delta", "(a2 - t)", "a2"),
        Edit("backward", _DELTA2, "a2 * sigmoid_prime(z2)"),
        Edit("backward_rows", "(sigmoid(z2) - y)", "sigmoid(z2)"),
    ),
    "factor-of-two": (
        Edit("cost", " / 2", ""),
        Edit("output_delta", "(a2 - t)", "2 * (a2 - t)"),
        Edit("backward", _DELTA2, "2 * (a2 - t) * sigmoid_prime(z2)"),
        Edit("backward_rows", "(sigmoid(z2) - y)", "2 * (sigmoid(z2) - y)"),
    ),
    "mean-over-classes": (Edit("cost", "np.sum((a2 - t) ** 2) / 2", "np.mean((a2 - t) ** 2) / 2"),),
    # σ′, in either place
    "derivative-of-activated": (
        Edit("output_delta", "sigmoid_prime(z2)", "sigmoid_prime(a2)"),
        Edit("hidden_delta", "sigmoid_prime(z1)", "sigmoid_prime(sigmoid(z1))"),
        Edit("backward", _DELTA2, "(a2 - t) * sigmoid_prime(z2)"),
        Edit("backward", _DELTA1, "(W2.T @ delta2) * sigmoid_prime(a1)"),
        Edit("backward_rows", "sigmoid_prime(z1)", "sigmoid_prime(a1)"),
    ),
    "a-formula-on-z": (
        Edit("output_delta", _OUTPUT, "(a2 - t) * z2 * (1 - z2)"),
        Edit("hidden_delta", _HIDDEN, "(W2.T @ delta2) * z1 * (1 - z1)"),
        Edit("backward", _DELTA2, "(a2 - t) * sigmoid_prime(z2)"),
        Edit("backward", _DELTA1, "(W2.T @ delta2) * z1 * (1 - z1)"),
        Edit("backward_rows", _ROW_HIDDEN, "(delta2 @ w2.T) * z1 * (1 - z1)"),
    ),
    # in the way back through the hidden layer
    "missing-activation-derivative": (
        Edit("hidden_delta", _HIDDEN, "W2.T @ delta2"),
        Edit("backward", _DELTA1, "W2.T @ delta2"),
        Edit("backward_rows", _ROW_HIDDEN, "delta2 @ w2.T"),
    ),
    "untransposed-weights": (
        Edit("hidden_delta", "W2.T @ delta2", "W2 @ delta2"),
        Edit("backward", _DELTA1, "(W2 @ delta2) * sigmoid_prime(z1)"),
        Edit("backward_rows", "delta2 @ w2.T", "delta2 @ w2"),
    ),
    "elementwise-for-product": (
        Edit("hidden_delta", "W2.T @ delta2", "W2.T * delta2"),
        Edit("backward", _DELTA1, "(W2.T @ delta2) * sigmoid_prime(z1)"),
        Edit("backward", "np.outer(delta1, a0)", "delta1 * a0"),
        Edit("backward_rows", "np.outer(x, delta1)", "x * delta1"),
    ),
    "skips-a-factor": (
        Edit("hidden_delta", "(W2.T @ delta2)", "delta2.sum()"),
        Edit("backward", _DELTA1, "delta2.sum() * sigmoid_prime(z1)"),
        Edit("backward_rows", "(delta2 @ w2.T)", "delta2.sum()"),
    ),
    "gradient-for-weights": (
        Edit("backward", _DELTA1, "(np.outer(a1, delta2) @ delta2) * sigmoid_prime(z1)"),
        Edit("backward_rows", "delta2 @ w2.T", "delta2 @ np.outer(a1, delta2).T"),
    ),
    # in the gradients
    "transposed-gradient": (
        Edit("backward", "np.outer(delta2, a1)", "np.outer(a1, delta2)"),
        Edit("backward_rows", "np.outer(a1, delta2)", "np.outer(delta2, a1)"),
    ),
    "preactivation-for-activation": (
        Edit("backward", "np.outer(delta2, a1)", "np.outer(delta2, z1)"),
        Edit("backward_rows", "np.outer(a1, delta2)", "np.outer(z1, delta2)"),
    ),
    "layer-off-by-one": (
        Edit("backward", "np.outer(delta2, a1)", "np.outer(delta2, a2)"),
        Edit("backward_rows", "np.outer(a1, delta2)", "np.outer(sigmoid(z2), delta2)"),
    ),
    "bias-sum-all": (
        Edit(
            "backward",
            _RETURN,
            "db1 = np.full(len(delta1), delta1.sum())\n"
            "    db2 = np.full(len(delta2), delta2.sum())\n"
            "    return np.outer(delta1, a0), db1, np.outer(delta2, a1), db2",
        ),
        Edit(
            "backward_rows",
            _ROW_RETURN,
            "db1 = np.full(len(delta1), delta1.sum())\n"
            "    db2 = np.full(len(delta2), delta2.sum())\n"
            "    return np.outer(x, delta1), db1, np.outer(a1, delta2), db2",
        ),
    ),
    "bias-missing": (
        Edit("forward", "W1 @ a0 + b1", "W1 @ a0"),
        Edit(
            "backward",
            _RETURN,
            "return np.outer(delta1, a0), 0 * b1, np.outer(delta2, a1), 0 * b2",
        ),
        Edit("update", _STEP, "return W1 - rate * dW1, b1.copy(), W2 - rate * dW2, b2.copy()"),
        Edit(
            "backward_rows",
            _ROW_RETURN,
            "return np.outer(x, delta1), 0 * b1, np.outer(a1, delta2), 0 * b2",
        ),
    ),
    # in the arrays
    "column-broadcast": (
        Edit("output_delta", "(a2 - t)", "(a2 - t).reshape(-1, 1)"),
        Edit("hidden_delta", "(W2.T @ delta2)", "(W2.T @ delta2.reshape(-1, 1))"),
        Edit("update", "b1 - rate * db1", "b1 - rate * db1.reshape(-1, 1)"),
    ),
    "integer-arithmetic": (
        Edit("forward", "z2 = W2 @ a1 + b2", "z2 = np.zeros_like(b2)\n    z2[:] = W2 @ a1 + b2"),
        Edit(
            "hidden_delta",
            f"return {_HIDDEN}",
            f"delta1 = np.zeros_like(z1)\n    delta1[:] = {_HIDDEN}\n    return delta1",
        ),
        Edit(
            "update",
            _STEP,
            "new = []\n"
            "    for value, slope in zip(parameters, gradients):\n"
            "        new.append((value - rate * slope).astype(value.dtype))\n"
            "    return tuple(new)",
        ),
    ),
    "inputs-mutated": (
        Edit("forward", "z1 = W1 @ a0 + b1", "z1 = b1\n    z1 += W1 @ a0"),
        Edit("output_delta", f"return {_OUTPUT}", "a2 -= t\n    return a2 * sigmoid_prime(z2)"),
        Edit(
            "hidden_delta",
            f"return {_HIDDEN}",
            "z1 *= -1\n    return (W2.T @ delta2) * sigmoid_prime(-z1)",
        ),
        Edit(
            "update",
            _STEP,
            "W1 -= rate * dW1\n"
            "    b1 -= rate * db1\n"
            "    W2 -= rate * dW2\n"
            "    b2 -= rate * db2\n"
            "    return W1, b1, W2, b2",
        ),
    ),
    # derivatives from differences
    "forward-difference": (
        Edit(
            "backward",
            _RETURN,
            "h = 1e-6\n"
            "    db1 = np.zeros(len(b1))\n"
            "    for i in range(len(b1)):\n"
            "        pushed = b1 + h * (np.arange(len(b1)) == i)\n"
            "        after = cost(forward(a0, W1, pushed, W2, b2)[-1], t)\n"
            "        db1[i] = (after - cost(a2, t)) / h\n"
            "    return np.outer(delta1, a0), db1, np.outer(delta2, a1), delta2",
        ),
    ),
    "numerical-gradient": (
        Edit(
            "backward",
            _RETURN,
            _EACH_ENTRY_MOVED.format(
                names="W1, b1, W2, b2",
                cost="cost(forward(a0, *moved)[-1], t)",
            ),
        ),
        Edit(
            "backward_rows",
            _ROW_RETURN,
            "def cost_of(w1, b1, w2, b2):\n"
            "        return cost(sigmoid(sigmoid(x @ w1 + b1) @ w2 + b2), y)\n\n    "
            + _EACH_ENTRY_MOVED.format(names="w1, b1, w2, b2", cost="cost_of(*moved)"),
        ),
    ),
}
