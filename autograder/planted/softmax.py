"""The mistakes of unit 04, as edits of its reference solutions; ids as in the hints' table."""

from autograder.planted import Edit

# of logit_gradient and of softmax_loss: what is inserted keeps its place for another mistake
_Y = "y[label] = 1"
_P_LESS_ONE = "dZ[rows, labels] -= 1"
_LOG_P = "log_p = shifted - np.log(np.sum(np.exp(shifted)))"
_LOSS = "loss = -np.mean(log_p[rows, labels])"


def _after(function, line, more):
    return Edit(function, line, f"{line}\n    {more}")


MISTAKES = {
    # in floating point
    "no-max-shift": (
        Edit("softmax", "shifted = z - z.max(axis=-1, keepdims=True)", "shifted = z"),
        Edit("cross_entropy", "shifted = z - z.max()", "shifted = z"),
        Edit("logit_gradient", "p = softmax(z)", "e = np.exp(z)\n    p = e / e.sum()"),
        Edit("softmax_loss", "Z - Z.max(axis=1, keepdims=True)", "1.0 * Z"),
    ),
    "global-max-shift": (
        Edit("softmax", "z.max(axis=-1, keepdims=True)", "z.max()"),
        Edit("softmax_loss", "Z.max(axis=1, keepdims=True)", "Z.max()"),
    ),
    "log-of-zero": (
        Edit(
            "cross_entropy",
            _LOG_P,
            "log_p = np.log(np.exp(shifted) / np.sum(np.exp(shifted)))",
        ),
        Edit("logit_gradient", "return p - y", "return (np.diag(p) - np.outer(p, p)) @ (-y / p)"),
        Edit("softmax_loss", _LOSS, "loss = -np.mean(np.log(np.exp(log_p)[rows, labels]))"),
    ),
    "integer-arithmetic": (
        Edit(
            "softmax",
            "return e / e.sum(axis=-1, keepdims=True)",
            "p = np.zeros_like(z)\n    p[:] = e / e.sum(axis=-1, keepdims=True)\n    return p",
        ),
        Edit("cross_entropy", "np.exp(shifted)", "np.exp(shifted).astype(z.dtype)"),
        _after("logit_gradient", _Y, "p = p.astype(z.dtype)"),
        Edit(
            "softmax_loss",
            "dZ = np.exp(log_p)",
            "dZ = np.zeros_like(Z)\n    dZ[:] = np.exp(log_p)",
        ),
    ),
    # with arrays
    "column-broadcast": (
        Edit("softmax", "e.sum(axis=-1, keepdims=True)", "e.sum(axis=-1)"),
        Edit("logit_gradient", "np.zeros(len(z))", "np.zeros((len(z), 1))"),
        Edit("softmax_loss", "np.exp(shifted), axis=1, keepdims=True", "np.exp(shifted), axis=1"),
    ),
    "inputs-mutated": (
        Edit(
            "softmax",
            "shifted = z - z.max(axis=-1, keepdims=True)",
            "z -= z.max(axis=-1, keepdims=True)\n    shifted = z",
        ),
        Edit(
            "jacobian",
            "return np.diag(p) - np.outer(p, p)",
            "J = -np.outer(p, p)\n    p *= 1 - p\n    np.fill_diagonal(J, p)\n    return J",
        ),
        Edit("cross_entropy", "shifted = z - z.max()", "z -= z.max()\n    shifted = z"),
        _after("logit_gradient", _Y, "z -= z.max()"),
        Edit(
            "softmax_loss",
            "shifted = Z - Z.max(axis=1, keepdims=True)",
            "Z -= Z.max(axis=1, keepdims=True)\n    shifted = Z",
        ),
    ),
    "elementwise-for-product": (Edit("jacobian", "np.outer(p, p)", "p * p"),),
    # in the derivation
    "diagonal-jacobian": (
        Edit("jacobian", "np.diag(p) - np.outer(p, p)", "np.diag(p * (1 - p))"),
        Edit("logit_gradient", "return p - y", "return -y * (1 - p)"),
        Edit(
            "softmax_loss",
            _P_LESS_ONE,
            "y = 1.0 * (np.arange(Z.shape[1]) == labels[:, None])\n    dZ = -y * (1 - dZ)",
        ),
    ),
    "softmax-derivative-twice": (
        _after("logit_gradient", _Y, "p, y = p * p * (1 - p), y * p * (1 - p)"),
        _after("softmax_loss", _P_LESS_ONE, "dZ *= np.exp(log_p) * (1 - np.exp(log_p))"),
    ),
    "extra-output-derivative": (
        _after(
            "logit_gradient",
            _Y,
            "s = 0.5 * (1 + np.tanh(z / 2))\n    p, y = p * s * (1 - s), y * s * (1 - s)",
        ),
        _after(
            "softmax_loss",
            _P_LESS_ONE,
            "s = 0.5 * (1 + np.tanh(Z / 2))\n    dZ *= s * (1 - s)",
        ),
    ),
    "prediction-for-error": (
        Edit("logit_gradient", "p - y", "p"),
        Edit("softmax_loss", _P_LESS_ONE, "dZ[rows, labels] -= 0"),
    ),
    "class-index-as-one-hot": (
        Edit("cross_entropy", "log_p[label]", "np.sum(label * log_p)"),
        Edit("logit_gradient", _Y, "y = label"),
        Edit("softmax_loss", _P_LESS_ONE, "dZ[:, labels] -= 1"),
    ),
    "wrong-sign": (
        Edit("cross_entropy", "return -", "return "),
        Edit("logit_gradient", "p - y", "y - p"),
        Edit("softmax_loss", "return loss, dZ", "return loss, -dZ"),
    ),
    "factor-of-two": (
        _after("cross_entropy", _LOG_P, "log_p = 0.5 * log_p"),
        _after("logit_gradient", _Y, "p, y = 2 * p, 2 * y"),
        _after("softmax_loss", _P_LESS_ONE, "dZ *= 2"),
    ),
    # in what is averaged
    "mean-over-classes": (
        _after("cross_entropy", _LOG_P, "log_p = log_p / len(z)"),
        _after("logit_gradient", _Y, "p, y = p / len(z), y / len(z)"),
        Edit("softmax_loss", "/ len(Z)", "/ Z.size"),
    ),
    "missing-mean": (
        Edit("softmax_loss", "-np.mean(", "-np.sum("),
        Edit("softmax_loss", " / len(Z)", ""),
    ),
    "double-mean": (_after("softmax_loss", _P_LESS_ONE, "dZ /= len(Z)"),),
    # by differences
    "numerical-gradient": (
        Edit(
            "logit_gradient",
            "return p - y",
            "h, dz = 1e-5, np.zeros(len(z))\n"
            "    for k in range(len(z)):\n"
            "        up, down = np.array(z, float), np.array(z, float)\n"
            "        up[k] += h\n"
            "        down[k] -= h\n"
            "        dz[k] = (cross_entropy(up, label) - cross_entropy(down, label)) / (2 * h)\n"
            "    return dz",
        ),
        Edit(
            "softmax_loss",
            "return loss, dZ / len(Z)",
            "def mean_loss(Z):\n"
            "        return np.mean([cross_entropy(z, c) for z, c in zip(Z, labels)])\n"
            "    h = 1e-5\n"
            "    for k in np.ndindex(Z.shape):\n"
            "        up, down = np.array(Z, float), np.array(Z, float)\n"
            "        up[k] += h\n"
            "        down[k] -= h\n"
            "        dZ[k] = (mean_loss(up) - mean_loss(down)) / (2 * h)\n"
            "    return loss, dZ",
        ),
    ),
}
