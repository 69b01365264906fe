"""The mistakes of unit 06, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_OUTPUT = "delta = (a - t) * a * (1 - a)"
_DOWN = "delta = (weights[k].T @ delta) * a * (1 - a)"
_SOFTMAX = "delta = p - y"
_BATCH = "delta = (P - Y) / len(X)"
_BATCH_DOWN = "delta = (delta @ weights[k].T) * A * (1 - A)"
_OUTER = "np.outer(delta, a) for"
_BATCH_SUM = "delta.sum(axis=0)"
_BATCH_DW = "A.T @ delta"


def _down(of_columns, of_rows):
    """Return the edits of the step down in `deltas`, `backward_softmax` and `backward_batch`."""
    return (
        Edit("deltas", _DOWN, of_columns),
        Edit("backward_softmax", _DOWN, of_columns),
        Edit("backward_batch", _BATCH_DOWN, of_rows),
    )


def _at_the_outputs(quadratic, softmax, batch):
    return (
        Edit("deltas", _OUTPUT, quadratic),
        Edit("backward_softmax", _SOFTMAX, softmax),
        Edit("backward_batch", _BATCH, batch),
    )


def _at_a_softmax(softmax, batch):
    return (
        Edit("backward_softmax", _SOFTMAX, softmax),
        Edit("backward_batch", _BATCH, batch),
    )


def _by_differences(function, returned, start, linear, cost):
    """Return the edit that puts difference quotients, parameter by parameter, in their place."""
    text = f"""\
    def cost(parameters):
        A = {start}
        for w, b in zip(parameters[: len(weights)], parameters[len(weights) :]):
            Z = {linear}
            A = 1 / (1 + np.exp(-Z))
        return {cost}

    parameters = [np.array(value, float) for value in [*weights, *biases]]
    h, gradients = 1e-5, []
    for value in parameters:
        gradients.append(np.zeros(value.shape))
        for entry in np.ndindex(value.shape):
            kept, costs = value[entry], []
            for moved in (kept + h, kept - h):
                value[entry] = moved
                costs.append(cost(parameters))
            value[entry] = kept
            gradients[-1][entry] = (costs[0] - costs[1]) / (2 * h)
    return gradients[: len(weights)], gradients[len(weights) :]"""
    return Edit(function, f"    return {returned}", text)


MISTAKES = {
    # on the way down
    "missing-activation-derivative": _down(
        "delta = weights[k].T @ delta", "delta = delta @ weights[k].T"
    ),
    "derivative-of-activated": _down(
        "delta = (weights[k].T @ delta) * np.exp(-a) / (1 + np.exp(-a)) ** 2",
        "delta = (delta @ weights[k].T) * np.exp(-A) / (1 + np.exp(-A)) ** 2",
    ),
    "a-formula-on-z": (
        Edit(
            "deltas",
            f"a = activations[k]\n        {_DOWN}",
            "z = zs[k - 1]\n        delta = (weights[k].T @ delta) * z * (1 - z)",
        ),
    ),
    "untransposed-weights": _down(
        "delta = (weights[k] @ delta) * a * (1 - a)",
        "delta = (delta @ weights[k]) * A * (1 - A)",
    ),
    "skips-a-factor": (
        Edit("deltas", _DOWN, "delta = delta * a * (1 - a)"),
        Edit("backward_batch", _BATCH_DOWN, "delta = delta * A * (1 - A)"),
    ),
    "same-layer-reused": _down(
        "delta = (weights[-1].T @ delta) * a * (1 - a)",
        "delta = (delta @ weights[-1].T) * A * (1 - A)",
    ),
    "layer-off-by-one": (
        Edit("forward", "return zs, activations", "return zs, activations[1:]"),
        Edit("deltas", "a = activations[k]", "a = activations[k - 1]"),
        Edit("backward_batch", _BATCH_DOWN, "delta = (delta @ weights[k - 1].T) * A * (1 - A)"),
    ),
    # at the output
    "missing-output-derivative": (Edit("deltas", _OUTPUT, "delta = a - t"),),
    "wrong-sign": _at_the_outputs(
        "delta = (t - a) * a * (1 - a)", "delta = y - p", "delta = (Y - P) / len(X)"
    ),
    "factor-of-two": _at_the_outputs(
        "delta = 2 * (a - t) * a * (1 - a)",
        "delta = 2 * (p - y)",
        "delta = 2 * (P - Y) / len(X)",
    ),
    "prediction-for-error": _at_the_outputs(
        "delta = a * a * (1 - a)", "delta = p", "delta = P / len(X)"
    ),
    "extra-output-derivative": _at_a_softmax(
        "a = activations[-1]\n    delta = (p - y) * a * (1 - a)",
        "S = 1 / (1 + np.exp(-Z))\n    delta = (P - Y) * S * (1 - S) / len(X)",
    ),
    "softmax-derivative-twice": _at_a_softmax(
        "delta = (p - y) * p * (1 - p)", "delta = (P - Y) * P * (1 - P) / len(X)"
    ),
    "diagonal-jacobian": _at_a_softmax("delta = -y * (1 - p)", "delta = -Y * (1 - P) / len(X)"),
    "class-index-as-one-hot": _at_a_softmax(
        "delta = p - np.argmax(y)",
        "delta = (P - np.argmax(Y, axis=1)[:, None]) / len(X)",
    ),
    # in the gradients
    "gradient-for-weights": (
        Edit("backward_softmax", _DOWN, "delta = (dWs[0].T @ delta) * a * (1 - a)"),
        Edit("backward_batch", _BATCH_DOWN, "delta = (delta @ dws[0].T) * A * (1 - A)"),
    ),
    "preactivation-for-activation": (
        Edit("backward", "activations[:-1]", "[x, *zs[:-1]]"),
        Edit(
            "backward_softmax",
            "np.outer(delta, a)",
            "np.outer(delta, zs[k - 1] if k else x)",
        ),
    ),
    "transposed-gradient": (
        Edit("backward", _OUTER, "np.outer(a, delta) for"),
        Edit("backward_softmax", "np.outer(delta, a)", "np.outer(a, delta)"),
        Edit("backward_batch", _BATCH_DW, "delta.T @ A"),
    ),
    "elementwise-for-product": (
        Edit("backward", _OUTER, "delta * a for"),
        Edit("backward_batch", _BATCH_DW, "A * delta"),
    ),
    "bias-missing": (
        Edit("forward", "W @ activations[-1] + b", "W @ activations[-1]"),
        Edit("backward_batch", _BATCH_SUM, "np.zeros(len(biases[k]))"),
    ),
    "bias-sum-all": (
        Edit("backward_softmax", "dbs.insert(0, delta)", "dbs.insert(0, delta.sum() + 0 * delta)"),
        Edit("backward_batch", _BATCH_SUM, "np.full(delta.shape[1], delta.sum())"),
    ),
    # over the batch
    "missing-mean": (Edit("backward_batch", _BATCH, "delta = P - Y"),),
    "double-mean": (Edit("backward_batch", _BATCH_DOWN, f"{_BATCH_DOWN} / len(X)"),),
    "mean-over-classes": (Edit("backward_batch", _BATCH, "delta = (P - Y) / Y.size"),),
    "bias-mean": (Edit("backward_batch", _BATCH_SUM, "delta.mean(axis=0)"),),
    "bias-first-example": (Edit("backward_batch", _BATCH_SUM, "delta[0]"),),
    "global-max-shift": (Edit("backward_batch", "Z.max(axis=1, keepdims=True)", "Z.max()"),),
    # with arrays and numbers
    "no-max-shift": (
        Edit("backward_softmax", "np.exp(zs[-1] - zs[-1].max())", "np.exp(zs[-1])"),
        Edit("backward_batch", "np.exp(Z - Z.max(axis=1, keepdims=True))", "np.exp(Z)"),
    ),
    "inputs-mutated": (
        Edit(
            "deltas",
            f"a = activations[-1]\n    {_OUTPUT}",
            "delta = activations[-1]\n    slope = delta * (1 - delta)\n"
            "    delta -= t\n    delta *= slope",
        ),
    ),
    "aliased-cache": (
        Edit("forward", "activations[-1] + b", "activations[-1] + 1.0 * b"),
        Edit(
            "forward",
            "activations.append(1 / (1 + np.exp(-z)))",
            "np.exp(-z, out=z)\n        z += 1\n        np.divide(1, z, out=z)\n"
            "        activations.append(z)",
        ),
    ),
    "integer-arithmetic": (
        Edit(
            "backward_softmax",
            "dWs.insert(0, np.outer(delta, a))",
            "dWs.insert(0, np.zeros_like(weights[k]))\n        dWs[0][...] = np.outer(delta, a)",
        ),
        Edit(
            "backward_batch",
            "dws.insert(0, A.T @ delta)",
            "dws.insert(0, np.zeros_like(weights[k]))\n        dws[0][...] = A.T @ delta",
        ),
    ),
    "column-broadcast": (Edit("backward_batch", _BATCH_SUM, "delta.sum(axis=0, keepdims=True)"),),
    "forward-difference": (
        Edit(
            "backward",
            "return dWs, dbs",
            "h, dbs = 1e-6, []\n"
            "    for layer, b in enumerate(biases):\n"
            "        dbs.append(np.zeros(len(b)))\n"
            "        for i in range(len(b)):\n"
            "            pushed = [b + h * (np.arange(len(b)) == i) if k == layer else biases[k]\n"
            "                      for k in range(len(biases))]\n"
            "            _, after = forward(x, weights, pushed)\n"
            "            rise = np.sum((after[-1] - t) ** 2) - np.sum((activations[-1] - t) ** 2)\n"
            "            dbs[-1][i] = rise / 2 / h\n"
            "    return dWs, dbs",
        ),
    ),
    "numerical-gradient": (
        _by_differences("backward", "dWs, dbs", "x", "w @ A + b", "np.sum((A - t) ** 2) / 2"),
        _by_differences(
            "backward_softmax", "dWs, dbs", "x", "w @ A + b", "np.logaddexp.reduce(Z) - y @ Z"
        ),
        _by_differences(
            "backward_batch",
            "dws, dbs",
            "X",
            "A @ w + b",
            "np.mean(np.logaddexp.reduce(Z, axis=1) - np.sum(Y * Z, axis=1))",
        ),
    ),
}
