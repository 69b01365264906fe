"""The mistakes of unit 09, as edits of its reference solutions; ids as in the hints' table."""

from autograder.planted import Edit

_STEP = "return {name: value - rate * gradients[name] for name, value in parameters.items()}"
_RIGHT = "return np.mean(scores(X, parameters).argmax(axis=1) == y)"
_START = "parameters = initialise(sizes, rng)"
_SHUFFLED = "both = rng.permutation(len(y))\n    X[:] = X[both]\n    y[:] = y[both]\n    "


def _start(formula):
    """Return code that starts with other weights, w1, w2, ... of the given formula."""
    return (
        "parameters = {}\n"
        "    for k in range(1, len(sizes)):\n"
        f"        parameters[f'w{{k}}'] = {formula}\n"
        "        parameters[f'b{k}'] = np.zeros(sizes[k])"
    )


MISTAKES = {
    "last-batch-size": (
        Edit("minibatches", "range(0, len(y), size)", "range(0, len(y) - size + 1, size)"),
    ),
    "inputs-mutated": (
        Edit(
            "minibatches",
            "order = rng.permutation(len(y))",
            f"{_SHUFFLED}order = np.arange(len(y))",
        ),
        Edit(
            "sgd_step",
            _STEP,
            "for name in parameters:\n"
            "        parameters[name] = parameters[name] - rate * gradients[name]\n"
            "    return parameters",
        ),
        Edit("accuracy", _RIGHT,
             "y -= scores(X, parameters).argmax(axis=1)\n    return np.mean(y == 0)"),
        Edit("overfit", _START, _SHUFFLED + _START),
        Edit("train", _START, _SHUFFLED + _START),
    ),
    "wrong-sign": (
        Edit("sgd_step", "value - rate", "value + rate"),
        Edit("accuracy", "argmax(axis=1) == y", "argmax(axis=1) != y"),
    ),
    "bias-missing": (
        Edit("sgd_step", "value - rate * gradients[name]",
             "value - rate * gradients[name] * (name[0] == 'w')"),
        Edit("accuracy", "scores(X, parameters)",
             "scores(X, {name: v * (name[0] == 'w') for name, v in parameters.items()})"),
    ),
    "integer-arithmetic": (
        Edit(
            "sgd_step",
            _STEP,
            "new = {}\n"
            "    for name, value in parameters.items():\n"
            "        new[name] = np.zeros_like(value)\n"
            "        new[name][:] = value - rate * gradients[name]\n"
            "    return new",
        ),
    ),
    "missing-mean": (Edit("accuracy", "np.mean", "np.sum"),),
    "column-broadcast": (Edit("accuracy", "argmax(axis=1)", "argmax(axis=1)[:, None]"),),
    "mean-over-classes": (
        Edit("accuracy", _RIGHT,
             "z = scores(X, parameters)\n"
             "    return np.sum(z.argmax(axis=1) == y) / z.shape[1]"),
    ),
    "symmetric-initialisation": (
        Edit("overfit", _START, _start("np.zeros((sizes[k - 1], sizes[k]))")),
        Edit("train", _START, _start("np.full((sizes[k - 1], sizes[k]), 0.1)")),
    ),
    "unscaled-initialisation": (
        Edit("train", _START, _start("rng.normal(size=(sizes[k - 1], sizes[k]))")),
    ),
}  # fmt: skip
