"""The example class of unit 05: how students get it right, and how they come to grief."""

from autograder.planted import Edit

STYLES = ("loops", "einsum", "nested_lists", "verbose")
"""Modules of this folder, each a right solution; the reference itself is the matrix form."""

LATE_STYLE = "float32"

COMMON_MISTAKES = (
    "missing-activation-derivative",
    "a-formula-on-z",
    "updated-weights-first",
    "transposed-gradient",
    "softmax-derivative-twice",
    "wrong-sign",
    "prediction-for-error",
    "gradient-for-weights",
    "preactivation-for-activation",
    "factor-of-two",
    "bias-missing",
    "inputs-mutated",
)
"""Those that every class of 24 and more has; the other planted ones come in larger classes."""

HALF_DONE = (
    Edit(
        "backward",
        "delta1 = (W2.T @ delta2) * a1 * (1 - a1)\n"
        "    dW1 = np.outer(delta1, x)\n"
        "    return dW1, delta1, dW2, delta2",
        "# layer 1: how do I get back through W2?\n    return None, None, dW2, delta2",
    ),
)
HALF_DONE_STAGES = 6
"""How many of the numbers entered by hand are there in a half-done notebook."""

HALF_DONE_BLANK = ("train_step",)

SYNTAX_ERROR = (Edit("backward", "np.outer(delta2, a1)", "np.outer(delta2, a1"),)

INFINITE_LOOP = (
    # steps of 0.02 until the whole rate is used up: for most rates the sum never hits it
    Edit(
        "train_step",
        "dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)\n"
        "    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2",
        "done = 0.0\n"
        "    while done != rate:\n"
        "        dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)\n"
        "        W1, b1 = W1 - 0.02 * dW1, b1 - 0.02 * db1\n"
        "        W2, b2 = W2 - 0.02 * dW2, b2 - 0.02 * db2\n"
        "        done = done + 0.02\n"
        "    return W1, b1, W2, b2",
    ),
)
