"""The numbers behind the softmax demo: p, two costs, and their slopes by a complex step."""

from dataclasses import dataclass

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import log_softmax, sigmoid, softmax

POINTS = 121
"""How many points the curve of the pushes has."""

OUTPUTS = {"softmax": softmax, "sigmoid": sigmoid}
"""What the quadratic cost may be taken of."""


@dataclass(frozen=True)
class Numbers:
    """Everything at some logits z, shape (K,), of which class `label` is right.

    p (K,) the softmax; cost and slope (K,), the cross-entropy and its dC/dz; other_cost and
    other_slope (K,), the quadratic cost ½‖a − y‖² and its dC/dz, where a is OUTPUTS[output](z).
    """

    z: np.ndarray
    label: int
    output: str
    p: np.ndarray
    cost: float
    slope: np.ndarray
    other_cost: float
    other_slope: np.ndarray


def look(logits, label, output):
    """Return the Numbers of these logits, a list of K numbers."""
    z = np.asarray(logits, dtype=float)
    y = np.eye(len(z))[label]
    costs = _cross_entropy(y), _quadratic(y, output)
    (cost, slope), (other_cost, other_slope) = (
        (float(of(z)), complex_step_gradient(of, z)) for of in costs
    )
    return Numbers(z, label, output, softmax(z), cost, slope, other_cost, other_slope)


def pushes(logits, label, output, reach):
    """Return (3, POINTS): the right class's logit from −reach to reach, and |dC/dz| on it.

    The first |dC/dz| is the cross-entropy's, the second the quadratic cost's.
    """
    Z = np.tile(np.asarray(logits, dtype=complex), (POINTS, 1))
    grid = np.linspace(-reach, reach, POINTS)
    Z[:, label] = grid + 1e-20j
    y = np.eye(Z.shape[1])[label]
    slopes = [np.imag(of(Z)) / 1e-20 for of in (_cross_entropy(y), _quadratic(y, output))]
    return np.array([grid, *np.abs(slopes)])


def _cross_entropy(y):
    return lambda z: -np.sum(y * log_softmax(z), axis=-1)


def _quadratic(y, output):
    return lambda z: np.sum((OUTPUTS[output](z) - y) ** 2, axis=-1) / 2
