"""Unit 05: the twelve numbers of the worked example that students compute by hand."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.driving.stages import STAGES
from course.forward import sigmoid, softmax, two_layer_forward
from course.task import Follow
from course.tasks.two_layer.cases import PARAMETERS, worked_example
from course.tasks.two_layer.truth import RATE, cost_of_logits, gradients, stepped

EXAMPLE = worked_example()
X, Y, W2, B2 = (EXAMPLE[name] for name in ("x", "y", "W2", "b2"))
NETWORK = {name: EXAMPLE[name] for name in PARAMETERS}
Z1, A1, Z2, _ = two_layer_forward(X, **NETWORK)


def stages():
    """Return the true numbers by name; sensitivities by a complex step through what is left."""

    def cost_from_a1(a1):
        return cost_of_logits(W2 @ a1 + B2, Y)

    delta2 = complex_step_gradient(lambda z2: cost_of_logits(z2, Y), Z2)
    delta1 = complex_step_gradient(lambda z1: cost_from_a1(sigmoid(z1)), Z1)
    dW1, _, dW2, _ = gradients(X, Y, **NETWORK)
    new = dict(zip(PARAMETERS, stepped(X, Y, **NETWORK), strict=True))
    _, _, new_z2, _ = two_layer_forward(X, **new)
    values = (
        Z1[2],
        A1[2],
        Z2[1],
        softmax(Z2)[1],
        cost_of_logits(Z2, Y),
        delta2[1],
        dW2[1, 2],
        complex_step_gradient(cost_from_a1, A1)[2],
        complex_step_gradient(sigmoid, Z1[2]),
        delta1[2],
        dW1[2, 1],
        cost_of_logits(new_z2, Y),
    )
    return dict(zip(STAGES, values, strict=True))


def stages_of(network, arguments):
    """Return the numbers as a (tampered) Network of the worked example makes them."""
    errors, (dW, db) = network.errors(), network.gradients()
    before_slope = network.but(slope={1: np.ones_like(network.z[1])}).errors()[1]
    new = {
        "W1": network.W[1] - RATE * dW[1],
        "b1": network.b[1] - RATE * db[1],
        "W2": network.W[2] - RATE * dW[2],
        "b2": network.b[2] - RATE * db[2],
    }
    _, _, new_z2, _ = two_layer_forward(X, **new)
    return (
        network.z[1][0, 2],
        network.a[1][0, 2],
        network.z[2][0, 1],
        network.a[2][0, 1],
        network.cost,
        errors[2][0, 1],
        dW[2][1, 2],
        before_slope[0, 2],
        network.slope[1][0, 2],
        errors[1][0, 2],
        dW[1][2, 1],
        cost_of_logits(new_z2, Y),
    )


def _z2(arguments, a1):
    return W2[1] @ [A1[0], A1[1], a1] + B2[1]


def _delta2(arguments, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        z2 = np.log(np.array([1 - p, p]))
    return complex_step_gradient(lambda z2: cost_of_logits(z2, Y), z2)[1]


def _da1(arguments, delta2):
    true = complex_step_gradient(lambda z2: cost_of_logits(z2, Y), Z2)
    return complex_step_gradient(lambda a1: np.array([true[0], delta2]) @ (W2[:, 2] * a1), A1[2])


def _sigma_prime(arguments, a1):
    with np.errstate(divide="ignore", invalid="ignore"):
        z1 = np.log(a1 / (1 - a1))
    return complex_step_gradient(sigmoid, z1)


def _loss(arguments, p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.log(p)


STAGE_FOLLOWS = {
    "a1[2]": Follow(("z1[2]",), lambda arguments, z1: sigmoid(z1)),
    "z2[1]": Follow(("a1[2]",), _z2),
    "p[1]": Follow(("z2[1]",), lambda arguments, z2: softmax(np.array([Z2[0], z2]))[1]),
    "loss": Follow(("p[1]",), _loss),
    "delta2[1]": Follow(("p[1]",), _delta2),
    "dW2[1, 2]": Follow(
        ("delta2[1]", "a1[2]"),
        lambda arguments, delta2, a1: complex_step_gradient(lambda w: delta2 * (w * a1), 1.0),
    ),
    "da1[2]": Follow(("delta2[1]",), _da1),
    "sigma_prime[2]": Follow(("a1[2]",), _sigma_prime),
    "delta1[2]": Follow(
        ("da1[2]", "sigma_prime[2]"),
        lambda arguments, da1, slope: complex_step_gradient(lambda z: da1 * (slope * z), 1.0),
    ),
    "dW1[2, 1]": Follow(
        ("delta1[2]",),
        lambda arguments, delta1: complex_step_gradient(lambda w: delta1 * (w * X[1]), 1.0),
    ),
}
