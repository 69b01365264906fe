"""Unit 05: the true values, and what follows from values that a student has.

Gradients come from differentiating the cost by a complex step, and so does what follows: the
part of the way that is left is a function, and its slope is taken where the student stands.
"""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import log_softmax, sigmoid, softmax, two_layer_forward
from course.task import Follow
from course.tasks.two_layer.cases import PARAMETERS

RATE = 0.02


def cost_of_logits(z2, y):
    """Return the cross-entropy of softmax(z2) and a one-hot y; finite for any finite logits."""
    return -np.sum(y * log_softmax(z2))


def gradients(x, y, **parameters):
    """Return the true gradients of the cost by W1, b1, W2, b2, each by a complex step."""

    def gradient(name):
        def cost(value):
            _, _, z2, _ = two_layer_forward(x, **{**parameters, name: value})
            return cost_of_logits(z2, y)

        return complex_step_gradient(cost, parameters[name])

    return tuple(gradient(name) for name in PARAMETERS)


def stepped(x, y, rate=RATE, **parameters):
    """Return W1, b1, W2, b2 after one step against the true gradients."""
    return tuple(
        parameters[name] - rate * slope
        for name, slope in zip(PARAMETERS, gradients(x, y, **parameters), strict=True)
    )


FORWARD_FOLLOWS = {
    "a1": Follow(("z1",), lambda arguments, z1: sigmoid(z1)),
    "z2": Follow(("a1",), lambda arguments, a1: arguments["W2"] @ a1 + arguments["b2"]),
    "p": Follow(("z2",), lambda arguments, z2: softmax(z2)),
}


def _db2(arguments, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        z2 = np.log(p)
    return complex_step_gradient(lambda z2: cost_of_logits(z2, arguments["y"]), z2)


def _dW2(arguments, db2, a1):
    return complex_step_gradient(lambda W2: db2 @ (W2 @ a1), arguments["W2"])


def _db1(arguments, db2, z1):
    return complex_step_gradient(lambda z1: db2 @ (arguments["W2"] @ sigmoid(z1)), z1)


def _dW1(arguments, db1):
    return complex_step_gradient(lambda W1: db1 @ (W1 @ arguments["x"]), arguments["W1"])


def _db2_unnormalised(arguments, p):
    return complex_step_gradient(lambda z2: (p - arguments["y"]) @ z2, np.zeros(len(p)))


def _db1_from_a1(arguments, db2, a1):
    # the unit's own slope where σ takes the value that the student has
    with np.errstate(divide="ignore", invalid="ignore"):
        z1 = np.log(a1 / (1 - a1))
    return _db1(arguments, db2, z1)


BACKWARD_FOLLOWS = {
    "db2": (Follow(("p",), _db2), Follow(("p",), _db2_unnormalised)),
    "dW2": Follow(("db2", "a1"), _dW2),
    "db1": (Follow(("db2", "z1"), _db1), Follow(("db2", "a1"), _db1_from_a1)),
    "dW1": Follow(("db1",), _dW1),
}


def _step_along(name):
    def value(arguments, gradient):
        return arguments[name] - arguments.get("rate", RATE) * gradient

    return Follow((f"d{name}",), value)


STEP_FOLLOWS = {name: _step_along(name) for name in PARAMETERS}
