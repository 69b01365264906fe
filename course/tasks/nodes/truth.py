"""Unit 02: the true values, by a complex step through the cost, and what follows from what."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.task import Follow


def forward(x, w1, w2, g):
    """Return (z2, a2, z3, a3) of the 2-3-1 network: (3,), (3,), and two numbers."""
    z2 = x @ w1
    a2 = g(z2)
    z3 = a2 @ w2
    return z2, a2, z3, g(z3)


def gradients(x, t, w1, w2, g, g_prime):
    """Return the gradients of ½(a3 − t)² by w1 (2, 3) and w2 (3,)."""

    def cost(w1, w2):
        return (forward(x, w1, w2, g)[-1] - t) ** 2 / 2

    return (
        complex_step_gradient(lambda value: cost(value, w2), w1),
        complex_step_gradient(lambda value: cost(w1, value), w2),
    )


def output_delta(a3, t, z3, g_prime):
    """Return dE/dz3: near z3, a3 grows like its tangent, with the slope g′(z3)."""
    slope = g_prime(z3)
    return (complex_step_gradient(lambda z: (a3 + slope * (z - z3) - t) ** 2 / 2, z3),)


def hidden_deltas(delta3, w2, z2, g_prime):
    """Return dE/dz2 (3,): each a2[j] grows like its tangent, and z3 with it."""
    slope = g_prime(z2)
    return (complex_step_gradient(lambda z: delta3 * np.sum(w2 * slope * (z - z2)), z2),)


def stepped(x, t, w1, w2, rate, g, g_prime):
    """Return w1 and w2 after one step against the true gradients."""
    dw1, dw2 = gradients(x, t, w1, w2, g, g_prime)
    return w1 - rate * dw1, w2 - rate * dw2


FORWARD_FOLLOWS = {
    "a2": Follow(("z2",), lambda arguments, z2: arguments["g"](z2)),
    "z3": Follow(("a2",), lambda arguments, a2: a2 @ arguments["w2"]),
    "a3": Follow(("z3",), lambda arguments, z3: arguments["g"](z3)),
}


def _dw2(arguments, z3, a2, a3):
    (delta3,) = output_delta(float(a3), arguments["t"], float(z3), arguments["g_prime"])
    return complex_step_gradient(lambda w2: delta3 * (w2 @ a2), arguments["w2"])


def _dw1(arguments, dw2, z2, a2):
    # dw2 is delta3 times a2, so it says which delta3 the student has
    delta3 = float(np.linalg.lstsq(a2[:, None], dw2, rcond=None)[0][0])
    (delta2,) = hidden_deltas(delta3, arguments["w2"], z2, arguments["g_prime"])
    return complex_step_gradient(lambda w1: delta2 @ (arguments["x"] @ w1), arguments["w1"])


def _dw1_from_forward(arguments, z3, a3, z2):
    (delta3,) = output_delta(float(a3), arguments["t"], float(z3), arguments["g_prime"])
    (delta2,) = hidden_deltas(delta3, arguments["w2"], z2, arguments["g_prime"])
    return complex_step_gradient(lambda w1: delta2 @ (arguments["x"] @ w1), arguments["w1"])


GRADIENTS_FOLLOW = {
    "dw2": Follow(("z3", "a2", "a3"), _dw2),
    "dw1": (
        Follow(("dw2", "z2", "a2"), _dw1),
        Follow(("z3", "a3", "z2"), _dw1_from_forward),
    ),
}


def _step_along(name):
    def value(arguments, gradient):
        return arguments[name] - arguments["rate"] * gradient

    return Follow((f"d{name}",), value)


STEP_FOLLOWS = {"new_w1": _step_along("w1"), "new_w2": _step_along("w2")}
