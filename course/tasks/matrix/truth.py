"""Unit 03: the true values, and what follows from values that a student has.

Gradients come from differentiating the cost by a complex step, and so does what follows: the
part of the way that is left is a function, and its slope is taken where the student stands.
"""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import sigmoid
from course.task import Follow

PARAMETERS = ("W1", "b1", "W2", "b2")


def values(a0, W1, b1, W2, b2):
    """Return (z1, a1, z2, a2) of two linear + sigmoid layers, for one example in a column."""
    z1 = W1 @ a0 + b1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + b2
    return z1, a1, z2, sigmoid(z2)


def quadratic_cost(a2, t):
    """Return ½‖a2 − t‖²."""
    return np.sum((a2 - t) ** 2) / 2


def slope_at_output(a2, t, z2):
    """Return the slope of the cost by z2; a2 is σ(z2)."""
    return complex_step_gradient(lambda z: quadratic_cost(sigmoid(z), t), z2)


def slope_at_hidden(W2, delta2, z1):
    """Return the slope of the cost by z1, given that by z2."""
    return complex_step_gradient(lambda z: delta2 @ (W2 @ sigmoid(z)), z1)


def gradients(a0, t, **parameters):
    """Return the true gradients of the cost by W1, b1, W2, b2, each by a complex step."""

    def gradient(name):
        def cost(value):
            return quadratic_cost(values(a0, **{**parameters, name: value})[-1], t)

        return complex_step_gradient(cost, parameters[name])

    return tuple(gradient(name) for name in PARAMETERS)


def gradients_in_rows(x, y, w1, b1, w2, b2):
    """Return the true gradients by w1 (n0, n1), b1, w2 (n1, n2), b2, for one example in a row."""

    def cost(w1, b1, w2, b2):
        return quadratic_cost(sigmoid(sigmoid(x @ w1 + b1) @ w2 + b2), y)

    return (
        complex_step_gradient(lambda value: cost(value, b1, w2, b2), w1),
        complex_step_gradient(lambda value: cost(w1, value, w2, b2), b1),
        complex_step_gradient(lambda value: cost(w1, b1, value, b2), w2),
        complex_step_gradient(lambda value: cost(w1, b1, w2, value), b2),
    )


def stepped(parameters, gradients, rate):
    """Return the parameters after one step against the gradients, in their order."""
    return tuple(p - rate * slope for p, slope in zip(parameters, gradients, strict=True))


def _z_of(a):
    """Return where the sigmoid takes the value a; not finite where it nowhere does."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(a / (1 - a))


def _db2(arguments, a2, z2):
    return complex_step_gradient(lambda z: (a2 - arguments["t"]) @ sigmoid(z), z2)


def _dW2(arguments, db2, a1):
    return complex_step_gradient(lambda W2: db2 @ (W2 @ a1), arguments["W2"])


def _db1(arguments, db2, z1):
    return slope_at_hidden(arguments["W2"], db2, z1)


def _dW1(arguments, db1):
    return complex_step_gradient(lambda W1: db1 @ (W1 @ arguments["a0"]), arguments["W1"])


FORWARD_FOLLOWS = {
    "a1": Follow(("z1",), lambda arguments, z1: sigmoid(z1)),
    "z2": Follow(("a1",), lambda arguments, a1: arguments["W2"] @ a1 + arguments["b2"]),
    "a2": Follow(("z2",), lambda arguments, z2: sigmoid(z2)),
}

# σ′ may be taken of z, or written in a: two ways where these do not belong together
BACKWARD_FOLLOWS = {
    "db2": (
        Follow(("a2", "z2"), _db2),
        Follow(("a2",), lambda arguments, a2: _db2(arguments, a2, _z_of(a2))),
    ),
    "dW2": Follow(("db2", "a1"), _dW2),
    "db1": (
        Follow(("db2", "z1"), _db1),
        Follow(("db2", "a1"), lambda arguments, db2, a1: _db1(arguments, db2, _z_of(a1))),
    ),
    "dW1": Follow(("db1",), _dW1),
}


def _hidden_in_rows(arguments):
    z1 = arguments["x"] @ arguments["w1"] + arguments["b1"]
    return z1, sigmoid(z1)


def _dw2(arguments, db2):
    _, a1 = _hidden_in_rows(arguments)
    return complex_step_gradient(lambda w2: (a1 @ w2) @ db2, arguments["w2"])


def _db1_in_rows(arguments, db2):
    z1, _ = _hidden_in_rows(arguments)
    return complex_step_gradient(lambda z: (sigmoid(z) @ arguments["w2"]) @ db2, z1)


def _dw1(arguments, db1):
    return complex_step_gradient(lambda w1: (arguments["x"] @ w1) @ db1, arguments["w1"])


ROWS_FOLLOWS = {
    "dw2": Follow(("db2",), _dw2),
    "db1": Follow(("db2",), _db1_in_rows),
    "dw1": Follow(("db1",), _dw1),
}
