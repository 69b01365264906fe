"""Unit 03: the mistakes whose quantities are no network, as functions of a task's arguments."""

import numpy as np

from course.tasks.matrix.truth import slope_at_hidden


def up_the_gradient(parameters, gradients, rate):
    """Yield the parameters of a step along the gradients, not against them."""
    yield tuple(p + rate * slope for p, slope in zip(parameters, gradients, strict=True))


def biases_left(parameters, gradients, rate):
    """Yield the parameters of a step that leaves the biases where they were."""
    W1, b1, W2, b2 = parameters
    yield W1 - rate * gradients[0], b1, W2 - rate * gradients[2], b2


def wires_paired(W2, delta2, z1):
    """Yield what comes of pairing W2 with delta2, where shapes let it: one array as a tuple."""
    # for a single error of 1, the slope of the hidden units is what is left
    slope = slope_at_hidden(np.eye(len(z1)), np.ones(len(z1)), z1)
    for left, right in (
        (W2.T, delta2),
        (W2, delta2),
        (W2, delta2.reshape(-1, 1)),
        (W2.T, delta2.reshape(-1, 1)),
    ):
        try:
            yield (left * right * slope,)
        except ValueError:  # there the mistake raises
            continue
