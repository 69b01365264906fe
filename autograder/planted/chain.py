"""The mistakes of unit 01, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit

_SAFE = "np.where(z >= 0, 1, e) / (1 + e)"
_SLOPE = "a * (1 - a)"
_QUOTIENT = "(f(x + h) - f(x - h)) / (2 * h)"
_COMPOSITE = "return np.exp(v) * np.cos(u) * 2 * x"
_SUM = "return straight + through"
_DZ = "dz = (a - t) * a * (1 - a)"
_THREE = "return dz * x, dz * w, dz"


def _differences(cost, names, ahead, behind):
    """Return lines that take a difference of the cost by each name, and return them."""
    lines = [f"h = 1e-5\n    cost = lambda {', '.join(names)}: {cost}"]
    for name in names:
        up = ", ".join(f"{n} + {ahead}" if n == name else n for n in names)
        down = ", ".join(f"{n} - {behind}" if n == name else n for n in names)
        lines.append(f"d{name} = (cost({up}) - cost({down})) / ({ahead} + {behind})")
    return "\n    ".join([*lines, f"return {', '.join(f'd{name}' for name in names)}"])


def _numerical(ahead, behind):
    """Return edits that take each derivative by a difference of what is differentiated."""
    composite = _differences("np.exp(np.sin(x**2))", ["x"], ahead, behind)
    neuron = _differences("0.5 * (sigmoid(w * x + b) - t) ** 2", ["w", "x", "b"], ahead, behind)
    return (
        Edit("composite_derivative", _COMPOSITE, composite),
        Edit("neuron_gradients", _THREE, neuron),
    )


MISTAKES = {
    "sigmoid-overflow": (
        Edit("sigmoid", _SAFE, "1 / (1 + np.exp(-z))"),
        Edit("sigmoid_prime", "sigmoid(z)", "1 / (1 + np.exp(-z))"),
    ),
    "integer-arithmetic": (
        Edit(
            "sigmoid",
            f"return {_SAFE}",
            f"a = np.zeros_like(z)\n    a[...] = {_SAFE}\n    return a",
        ),
        Edit(
            "sigmoid_prime",
            "a = sigmoid(z)",
            "a = np.zeros_like(z)\n    a[...] = sigmoid(z)",
        ),
        Edit("descend", "np.zeros(steps + 1)", "np.full(steps + 1, x0)"),
    ),
    "inputs-mutated": (
        Edit("sigmoid", "z = np.asarray(z)", "z = np.asarray(z)\n    z[z < -30] = -30"),
        Edit(
            "sigmoid_prime",
            "a = sigmoid(z)",
            "z = np.asarray(z)\n    z[z < -30] = -30\n    a = sigmoid(z)",
        ),
    ),
    "derivative-of-activated": (
        Edit("sigmoid_prime", "a = sigmoid(z)", "a = sigmoid(sigmoid(z))"),
        Edit("composite_derivative", "np.cos(u)", "np.cos(v)"),
        Edit("fork_derivative", "sigmoid_prime(x)", "sigmoid(straight) * (1 - sigmoid(straight))"),
        Edit("neuron_gradients", _DZ, "s = sigmoid(a)\n    dz = (a - t) * s * (1 - s)"),
    ),
    "a-formula-on-z": (
        Edit("sigmoid_prime", f"return {_SLOPE}", "return z * (1 - z)"),
        Edit("fork_derivative", "sigmoid_prime(x)", "x * (1 - x)"),
        Edit(
            "neuron_gradients",
            _DZ,
            "z = w * x + b\n    dz = (a - t) * z * (1 - z)",
        ),
    ),
    "forward-difference": (
        Edit("central_difference", _QUOTIENT, "(f(x + h) - f(x)) / h"),
        *_numerical("h", "0"),
    ),
    "numerical-gradient": (
        *_numerical("h", "h"),
        Edit("fork_derivative", _SUM, _differences("x * sigmoid(x)", ["x"], "h", "h")),
    ),
    "step-too-small": (Edit("central_difference", "return", "h = 1e-13\n    return"),),
    "factor-of-two": (
        Edit("central_difference", "(2 * h)", "h"),
        Edit("composite_derivative", "2 * x", "x"),
        Edit("neuron_gradients", "(a - t) *", "2 * (a - t) *"),
        Edit("descend", "rate * derivative", "rate / 2 * derivative"),
    ),
    "wrong-sign": (
        Edit("central_difference", "f(x + h) - f(x - h)", "f(x - h) - f(x + h)"),
        Edit("composite_derivative", "np.exp(v)", "-np.exp(v)"),
        Edit("fork_derivative", "straight + through", "straight - through"),
        Edit("neuron_gradients", "a - t", "t - a"),
        Edit("descend", "path[k] - rate", "path[k] + rate"),
    ),
    "skips-a-factor": (
        Edit("composite_derivative", " * np.cos(u)", ""),
        Edit("fork_derivative", "x * sigmoid_prime(x)", "sigmoid_prime(x)"),
        Edit("descend", "rate * derivative(path[k])", "derivative(path[k])"),
    ),
    "gradient-overwritten": (Edit("fork_derivative", _SUM, "return through"),),
    "missing-activation-derivative": (Edit("fork_derivative", "x * sigmoid_prime(x)", "x"),),
    "missing-output-derivative": (Edit("neuron_gradients", _DZ, "dz = a - t"),),
    "prediction-for-error": (Edit("neuron_gradients", "(a - t)", "a"),),
    "bias-missing": (Edit("neuron_gradients", "dz * w, dz", "dz * w, 0.0"),),
}
