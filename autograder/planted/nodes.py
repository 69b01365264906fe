"""The mistakes of unit 02, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_OUTPUT = "return (a3 - t) * g_prime(z3)"
_HIDDEN = "return delta3 * w2 * g_prime(z2)"
_DELTA3 = "delta3 = output_delta(a3, t, z3, g_prime)"
_DELTA2 = "delta2 = hidden_deltas(delta3, w2, z2, g_prime)"
_GRADIENTS = "return dw1, dw2"
_CALL = "dw1, dw2 = gradients(x, t, w1, w2, g, g_prime)"
_STEP = "return w1 - rate * dw1, w2 - rate * dw2"


_NUMERICAL = (
    "parameters, found, h = [w1, w2], [], 1e-5\n"
    "    for i in range(2):\n"
    "        gradient = np.zeros(parameters[i].shape)\n"
    "        for k in np.ndindex(gradient.shape):\n"
    "            up = [np.array(parameter, float) for parameter in parameters]\n"
    "            down = [np.array(parameter, float) for parameter in parameters]\n"
    "            up[i][k] += h\n"
    "            down[i][k] -= h\n"
    "            higher = (forward(x, *up, g)[-1] - t) ** 2 / 2\n"
    "            lower = (forward(x, *down, g)[-1] - t) ** 2 / 2\n"
    "            gradient[k] = (higher - lower) / (2 * h)\n"
    "        found.append(gradient)\n"
    "    return tuple(found)"
)
_TO_ONE_SIDE = (
    "h = 1e-6\n"
    "    for j in range(3):\n"
    "        pushed = w2 + h * (np.arange(3) == j)\n"
    "        after = (forward(x, w1, pushed, g)[-1] - t) ** 2 / 2\n"
    "        dw2[j] = (after - (a3 - t) ** 2 / 2) / h\n"
    "    return dw1, dw2"
)


MISTAKES = {
    "missing-activation-derivative": (
        Edit("hidden_deltas", _HIDDEN, "return delta3 * w2"),
        Edit("gradients", _DELTA2, "delta2 = delta3 * w2"),
    ),
    "missing-output-derivative": (
        Edit("output_delta", _OUTPUT, "return a3 - t"),
        Edit("gradients", _DELTA3, "delta3 = a3 - t"),
    ),
    "derivative-of-activated": (
        Edit("output_delta", _OUTPUT, "return (a3 - t) * g_prime(a3)"),
        Edit("gradients", _DELTA2, "delta2 = delta3 * w2 * g_prime(a2)"),
    ),
    "wrong-sign": (
        Edit("output_delta", _OUTPUT, "return (t - a3) * g_prime(z3)"),
        Edit("hidden_deltas", _HIDDEN, "return -delta3 * w2 * g_prime(z2)"),
        Edit("gradients", _DELTA3, "delta3 = (t - a3) * g_prime(z3)"),
        Edit("gradients", _DELTA2, "delta2 = delta3 * w2 * g_prime(z2)"),
    ),
    "prediction-for-error": (
        Edit("output_delta", _OUTPUT, "return a3 * g_prime(z3)"),
        Edit("gradients", _DELTA3, "delta3 = a3 * g_prime(z3)"),
    ),
    "factor-of-two": (
        Edit("output_delta", _OUTPUT, "return 2 * (a3 - t) * g_prime(z3)"),
        Edit("gradients", _DELTA3, "delta3 = 2 * (a3 - t) * g_prime(z3)"),
    ),
    "skips-a-factor": (
        Edit("hidden_deltas", _HIDDEN, "return delta3 * g_prime(z2)"),
        Edit("gradients", _DELTA2, "delta2 = delta3 * g_prime(z2)"),
    ),
    "elementwise-for-product": (
        Edit("hidden_deltas", _HIDDEN, "return delta3 * w2 @ g_prime(z2)"),
    ),
    "column-broadcast": (
        Edit("hidden_deltas", _HIDDEN, "return delta3 * w2[:, None] * g_prime(z2)"),
    ),
    "gradient-for-weights": (
        Edit(
            "gradients",
            f"{_DELTA2}\n    dw2 = delta3 * a2",
            "dw2 = delta3 * a2\n    delta2 = hidden_deltas(delta3, dw2, z2, g_prime)",
        ),
    ),
    "preactivation-for-activation": (Edit("gradients", "dw2 = delta3 * a2", "dw2 = delta3 * z2"),),
    "transposed-gradient": (Edit("gradients", "np.outer(x, delta2)", "np.outer(delta2, x)"),),
    "integer-arithmetic": (
        Edit("forward", "a2 = g(z2)", "a2 = np.zeros_like(x, shape=3)\n    a2[:] = g(z2)"),
    ),
    "aliased-cache": (Edit("forward", "a2 = g(z2)", "a2 = z2\n    a2[:] = g(z2)"),),
    "inputs-mutated": (
        Edit("update", _STEP, "w1 -= rate * dw1\n    w2 -= rate * dw2\n    return w1, w2"),
    ),
    "updated-weights-first": (
        Edit(
            "update",
            f"{_CALL}\n    {_STEP}",
            "_, dw2 = gradients(x, t, w1, w2, g, g_prime)\n"
            "    z2, a2, z3, a3 = forward(x, w1, w2, g)\n"
            "    delta3 = output_delta(a3, t, z3, g_prime)\n"
            "    w2 = w2 - rate * dw2\n"
            "    delta2 = hidden_deltas(delta3, w2, z2, g_prime)\n"
            "    return w1 - rate * np.outer(x, delta2), w2",
        ),
    ),
    "forward-difference": (Edit("gradients", _GRADIENTS, _TO_ONE_SIDE),),
    "numerical-gradient": (Edit("gradients", _GRADIENTS, _NUMERICAL),),
}
