"""The mistakes of unit 10, as edits of its mended passes; ids as in the hints' table.

The first eight are the passes as students find them.
"""

from autograder.planted import Edit

_DELTA2 = "delta2 = (P - Y) / len(X)"
_RETURN = 'return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}'
_SHARE = "delta2 = (P - y) / len(X)"
_SUMS_2 = "db2 += delta2.sum(axis=0)\n    db1 += delta1.sum(axis=0)"


def _differences(function, old, g="sigmoid", stepped=False):
    """Edit a pass into one that moves every parameter by itself."""
    last = "new" if stepped else "gradients"
    step = (
        "    new = {key: value - rate * gradients[key] for key, value in parameters.items()}\n"
        if stepped
        else ""
    )
    return Edit(
        function,
        old,
        "gradients = {}\n"
        "    for key in parameters:\n"
        "        gradients[key] = np.zeros(parameters[key].shape)\n"
        "        for k in np.ndindex(gradients[key].shape):\n"
        "            costs = []\n"
        "            for h in (1e-5, -1e-5):\n"
        "                moved = {n: np.array(v, float) for n, v in parameters.items()}\n"
        "                moved[key][k] += h\n"
        f"                costs.append(cost(X, Y, moved, {g}))\n"
        "            gradients[key][k] = (costs[0] - costs[1]) / 2e-5\n"
        f"{step}"
        f"    return {last}",
    )


MISTAKES = {
    "derivative-of-activated": (Edit("fix_1", "sigmoid_prime(z1)", "sigmoid_prime(a1)"),),
    "bias-sum-all": (Edit("fix_2", _SUMS_2, "db2 += delta2.sum()\n    db1 += delta1.sum()"),),
    "double-mean": (
        Edit(
            "fix_3",
            "db2 = a1.T @ delta2, delta2.sum(axis=0)",
            "db2 = a1.T @ delta2 / m, delta2.mean(axis=0)",
        ),
        Edit(
            "fix_3",
            "db1 = X.T @ delta1, delta1.sum(axis=0)",
            "db1 = X.T @ delta1 / m, delta1.mean(axis=0)",
        ),
        Edit("fix_8", _SHARE, "delta2 = (P - y) / (len(X) * len(range(0, len(X), size)))"),
    ),
    "relu-mask-from-output": (Edit("fix_4", "mask = z1 > 0", "mask = a1 >= 0"),),
    "softmax-derivative-twice": (
        Edit("fix_5", "dZ2 = (P - Y) / len(X)", "dZ2 = (P - Y) * P * (1 - P) / len(X)"),
    ),
    "updated-weights-first": (Edit("fix_6", "delta2 @ w2.T", 'delta2 @ new["w2"].T'),),
    "same-layer-reused": (
        Edit(
            "fix_7",
            "gradients = {}\n    delta = (P - Y) / len(X)",
            "gradients = {}\n"
            "    delta = (P - Y) / len(X)\n"
            "    slope = a[last - 1] * (1 - a[last - 1])",
        ),
        Edit("fix_7", "            slope = a[layer - 1] * (1 - a[layer - 1])\n", ""),
    ),
    "last-batch-size": (
        Edit(
            "fix_8",
            _SHARE,
            "delta2 = (P - y) / len(x) / len(range(0, len(X), size))",
        ),
    ),
    # what else becomes of them
    "missing-activation-derivative": (Edit("fix_1", " * sigmoid_prime(z1)", ""),),
    "a-formula-on-z": (Edit("fix_1", "sigmoid_prime(z1)", "z1 * (1 - z1)"),),
    "wrong-sign": (
        Edit("fix_1", _DELTA2, "delta2 = (Y - P) / len(X)"),
        *(Edit("fix_6", f"{key} - rate", f"{key} + rate") for key in ("w1", "b1", "w2", "b2")),
    ),
    "untransposed-weights": (Edit("fix_1", "delta2 @ w2.T", "delta2 @ w2"),),
    "bias-mean": (
        Edit("fix_2", _SUMS_2, "db2 += delta2.mean(axis=0)\n    db1 += delta1.mean(axis=0)"),
        Edit("fix_3", "@ delta2, delta2.sum(axis=0)", "@ delta2, delta2.mean(axis=0)"),
        Edit("fix_3", "@ delta1, delta1.sum(axis=0)", "@ delta1, delta1.mean(axis=0)"),
    ),
    "bias-first-example": (Edit("fix_2", _SUMS_2, "db2 += delta2[0]\n    db1 += delta1[0]"),),
    "bias-missing": (Edit("fix_2", f"    {_SUMS_2}\n", ""),),
    "integer-arithmetic": (
        Edit(
            "fix_2",
            "np.zeros(len(b1)), np.zeros(len(b2))",
            "np.zeros_like(b1), np.zeros_like(b2)",
        ),
    ),
    "missing-mean": (
        Edit("fix_3", "m = len(X)", "m = 1"),
        Edit("fix_8", _SHARE, "delta2 = P - y"),
    ),
    "mean-over-classes": (Edit("fix_3", "m = len(X)", "m = Y.size"),),
    "factor-of-two": (Edit("fix_3", "m = len(X)", "m = 2 * len(X)"),),
    "preactivation-for-activation": (Edit("fix_4", "a1.T @ delta2", "z1.T @ delta2"),),
    "elementwise-for-product": (
        Edit("fix_4", "a1.T @ delta2", "a1 * delta2"),
        Edit("fix_4", "X.T @ delta1", "X * delta1"),
    ),
    "prediction-for-error": (Edit("fix_5", "P - Y", "P"),),
    "diagonal-jacobian": (Edit("fix_5", "(P - Y)", "-Y * (1 - P)"),),
    "extra-output-derivative": (Edit("fix_5", "(P - Y)", "(P - Y) * sigmoid_prime(a1 @ w2 + b2)"),),
    "class-index-as-one-hot": (Edit("fix_5", "P - Y", "P - np.argmax(Y, axis=1)[:, None]"),),
    "gradient-for-weights": (Edit("fix_6", "delta2 @ w2.T", "delta2 @ (a1.T @ delta2).T"),),
    "skips-a-factor": (Edit("fix_6", "(delta2 @ w2.T)", "delta2.sum(axis=1, keepdims=True)"),),
    "layer-off-by-one": (
        Edit(
            "fix_7",
            'gradients[f"w{layer}"] = a[layer - 1]',
            'gradients[f"w{layer}"] = a[max(layer - 2, 0)]',
        ),
    ),
    "transposed-gradient": (Edit("fix_7", "a[layer - 1].T @ delta", "delta.T @ a[layer - 1]"),),
    "gradient-overwritten": (
        *(
            Edit("fix_8", f'gradients["{key}"] +=', f'gradients["{key}"] =')
            for key in ("w2", "b2", "w1", "b1")
        ),
    ),
    "inputs-mutated": (
        *(Edit(f"fix_{k}", _RETURN, f"w2 -= 0.1 * dw2\n    {_RETURN}") for k in (1, 3, 4, 5)),
        Edit("fix_2", _SUMS_2, f"{_SUMS_2}\n    X -= X.mean(axis=0)"),
        Edit("fix_6", "return new", "parameters.update(new)\n    return new"),
        Edit("fix_7", "return gradients", "X -= 0.1\n    return gradients"),
        Edit("fix_8", "return gradients", "w1 -= gradients['w1']\n    return gradients"),
    ),
    "numerical-gradient": (
        *(_differences(f"fix_{k}", _RETURN) for k in (1, 3, 5)),
        _differences(
            "fix_2", 'return {"w1": X.T @ delta1, "b1": db1, "w2": a1.T @ delta2, "b2": db2}'
        ),
        _differences("fix_4", _RETURN, g="relu"),
        _differences("fix_6", "return new", stepped=True),
        _differences("fix_7", "return gradients"),
        _differences("fix_8", "return gradients"),
    ),
}
