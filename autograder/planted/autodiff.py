"""The mistakes of unit 11, as edits of its reference solution; ids as in the hints' table."""

from autograder.planted import Edit


def _in_value(old, new):
    return (Edit("Value", old, new),)


MISTAKES = {
    "wrong-sign": (
        Edit(
            "Value",
            "return self + -other",
            "other = other if isinstance(other, Value) else Value(other)\n"
            "        return Value(self.data - other.data, [(self, 1.0), (other, 1.0)])",
        ),
        Edit("same_deltas", "loss = -sum(", "loss = sum("),
    ),
    "skips-a-factor": _in_value(
        "power * self.data ** (power - 1)",
        "self.data ** (power - 1)",
    ),
    "missing-activation-derivative": (
        Edit("same_deltas", "np.array([z.grad for z in z1])", "np.array([a.grad for a in a1])"),
    ),
    "a-formula-on-z": _in_value("1 - t**2", "1 - self.data**2"),
    "derivative-of-activated": _in_value("1 - t**2", "1 - np.tanh(t) ** 2"),
    "relu-mask-from-output": _in_value(
        "1.0 if self.data > 0 else 0.0",
        "1.0 if max(self.data, 0.0) >= 0 else 0.0",
    ),
    "gradient-overwritten": (
        Edit("backward", "parent.grad += slope * here.grad", "parent.grad = slope * here.grad"),
    ),
    "gradient-accumulated": (
        Edit("backward", "    for here in order:\n        here.grad = 0.0\n", ""),
    ),
    "bias-missing": (
        Edit(
            "same_deltas",
            "+ b for row, b in zip(W2, b2)",
            "for row, b in zip(W2, b2)",
        ),
    ),
}
