"""The mistakes of unit 07, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_OUTPUT = "delta = (activations[-1] - Y) / len(X)"
_OUTPUT_EACH = "delta = activations[-1] - Y"
_STEP = "(delta @ weights[k].T) * g_prime(zs[k - 1])"
_RETURN = "return dws, dbs"


def _at_output(new):
    """Edit the output's δ, written with P and Y, in both tasks that go the way back."""
    each = new.replace("P", "activations[-1]")
    return (
        Edit("backward_batch", _OUTPUT, f"delta = ({each}) / len(X)"),
        Edit("delta_sizes", _OUTPUT_EACH, f"delta = {each}"),
    )


def _on_the_way(new):
    return Edit("backward_batch", _STEP, new), Edit("delta_sizes", _STEP, new)


def _with_softmax(exponent):
    softmax = f"e = np.exp({exponent})\n    P = e / e.sum(axis=1, keepdims=True)\n    "
    return (
        Edit("backward_batch", _OUTPUT, f"{softmax}delta = (P - Y) / len(X)"),
        Edit("delta_sizes", _OUTPUT_EACH, f"{softmax}delta = P - Y"),
    )


def _in_backward(old, new):
    return (Edit("backward_batch", old, new),)


MISTAKES = {
    # in the slopes
    "a-formula-on-z": (Edit("tanh_prime", "1 - np.tanh(z) ** 2", "1 - z**2"),),
    "forward-difference": (
        Edit("tanh_prime", "1 - np.tanh(z) ** 2", "(np.tanh(z + 1e-6) - np.tanh(z)) / 1e-6"),
    ),
    "derivative-of-activated": (
        Edit("tanh_prime", "np.tanh(z)", "np.tanh(np.tanh(z))"),
        *_on_the_way("(delta @ weights[k].T) * g_prime(activations[k])"),
    ),
    "relu-mask-from-output": (
        Edit("relu_prime", "z > 0", "np.maximum(0, z) >= 0"),
        Edit("leaky_relu_prime", "z > 0", "np.maximum(0, z) >= 0"),
    ),
    "inputs-mutated": (
        Edit("relu", "return np.maximum(0, z)", "z[z < 0] = 0\n    return z"),
        Edit(
            "leaky_relu", "return np.where(z > 0, z, slope * z)", "z[z < 0] *= slope\n    return z"
        ),
        Edit("relu_prime", "return np.where(z > 0, 1.0, 0.0)", "z[:] = z > 0\n    return z"),
        *_in_backward(_RETURN, "X -= X.mean(axis=0)\n    return dws, dbs"),
    ),
    "integer-arithmetic": (
        Edit(
            "leaky_relu",
            "return np.where(z > 0, z, slope * z)",
            "a = np.zeros_like(z)\n    a[:] = np.where(z > 0, z, slope * z)\n    return a",
        ),
        Edit(
            "leaky_relu_prime",
            "return np.where(z > 0, 1.0, slope)",
            "a = np.zeros_like(z)\n    a[:] = np.where(z > 0, 1.0, slope)\n    return a",
        ),
        *_in_backward(
            _RETURN,
            "for w, dw in zip(weights, dws):\n"
            "        dw[:] = dw.astype(w.dtype)\n"
            "    return dws, [db.astype(b.dtype) for b, db in zip(biases, dbs)]",
        ),
    ),
    # in the error of the output
    "prediction-for-error": _at_output("P"),
    "factor-of-two": _at_output("2 * (P - Y)"),
    "softmax-derivative-twice": _at_output("(P - Y) * P * (1 - P)"),
    "extra-output-derivative": _at_output("(P - Y) * g_prime(zs[-1])"),
    "class-index-as-one-hot": _at_output("P - Y.argmax(axis=1)[:, None]"),
    "diagonal-jacobian": _at_output("-Y * (1 - P)"),
    "wrong-sign": (
        Edit("tanh_prime", "1 - np.tanh(z) ** 2", "np.tanh(z) ** 2 - 1"),
        *_in_backward(_OUTPUT, "delta = (Y - activations[-1]) / len(X)"),
    ),
    "no-max-shift": _with_softmax("zs[-1]"),
    "global-max-shift": _with_softmax("zs[-1] - zs[-1].max()"),
    # on the way from layer to layer
    "missing-activation-derivative": _on_the_way("delta @ weights[k].T"),
    "untransposed-weights": _on_the_way("(delta @ weights[k]) * g_prime(zs[k - 1])"),
    "same-layer-reused": _on_the_way("(delta @ weights[k].T) * g_prime(zs[0])"),
    "skips-a-factor": _on_the_way("delta * g_prime(zs[k - 1])"),
    "gradient-for-weights": _in_backward(_STEP, "(delta @ dws[0].T) * g_prime(zs[k - 1])"),
    # in the averages
    "missing-mean": _in_backward(_OUTPUT, "delta = activations[-1] - Y"),
    "mean-over-classes": _in_backward("/ len(X)", "/ Y.size"),
    "double-mean": _on_the_way("(delta @ weights[k].T) * g_prime(zs[k - 1]) / len(X)"),
    # in the gradients
    "transposed-gradient": _in_backward("activations[k].T @ delta", "delta.T @ activations[k]"),
    "preactivation-for-activation": _in_backward(
        "activations[k].T @ delta", "([X] + zs)[k].T @ delta"
    ),
    "layer-off-by-one": _in_backward(
        "activations[k].T @ delta", "activations[max(k - 1, 0)].T @ delta"
    ),
    "bias-sum-all": _in_backward("delta.sum(axis=0)", "np.full(delta.shape[1], delta.sum())"),
    "bias-mean": _in_backward("delta.sum(axis=0)", "delta.mean(axis=0)"),
    "bias-first-example": _in_backward("delta.sum(axis=0)", "delta[0]"),
    "bias-missing": _in_backward("delta.sum(axis=0)", "np.zeros(delta.shape[1])"),
    "aliased-cache": (
        Edit(
            "backward_batch",
            _RETURN,
            "kept = globals().setdefault('kept', {})\n"
            "    for name, arrays in (('dws', dws), ('dbs', dbs)):\n"
            "        for k, new in enumerate(arrays):\n"
            "            arrays[k] = kept.setdefault((name, k, new.shape), new)\n"
            "            arrays[k][:] = new\n"
            "    return dws, dbs",
        ),
    ),
    "numerical-gradient": (
        Edit(
            "backward_batch",
            _RETURN,
            "def cost(weights, biases):\n"
            "        Z = forward(X, weights, biases, g)[0][-1]\n"
            "        right = np.logaddexp.reduce(Z, axis=1) - np.sum(Y * Z, axis=1)\n"
            "        return np.mean(right)\n"
            "\n"
            "    for arrays, gradients in ((weights, dws), (biases, dbs)):\n"
            "        for l in range(len(arrays)):\n"
            "            for k in np.ndindex(arrays[l].shape):\n"
            "                costs = []\n"
            "                for h in (1e-5, -1e-5):\n"
            "                    moved = [np.array(array, float) for array in arrays]\n"
            "                    moved[l][k] += h\n"
            "                    both = (moved, biases) if gradients is dws else (weights, moved)\n"
            "                    costs.append(cost(*both))\n"
            "                gradients[l][k] = (costs[0] - costs[1]) / 2e-5\n"
            "    return dws, dbs",
        ),
        Edit(
            "delta_sizes",
            "return np.array(sizes)",
            "def costs(biases):\n"
            "        Z = forward(X, weights, biases, g)[0][-1]\n"
            "        return np.logaddexp.reduce(Z, axis=1) - np.sum(Y * Z, axis=1)\n"
            "\n"
            "    sizes = []\n"
            "    for l in range(len(biases)):\n"
            "        delta = np.zeros((len(X), len(biases[l])))\n"
            "        for j in range(len(biases[l])):\n"
            "            up, down = ([np.array(b, float) for b in biases] for _ in range(2))\n"
            "            up[l][j] += 1e-5\n"
            "            down[l][j] -= 1e-5\n"
            "            delta[:, j] = (costs(up) - costs(down)) / 2e-5\n"
            "        sizes.append(np.sqrt(np.mean(delta**2)))\n"
            "    return np.array(sizes)",
        ),
    ),
    # in the weights to start from
    "symmetric-initialisation": (
        Edit("initialise", "rng.normal(size=(n_in, n_out))", "np.ones((n_in, n_out))"),
    ),
    "unscaled-initialisation": (Edit("initialise", "np.sqrt(variance) * rng", "rng"),),
}
