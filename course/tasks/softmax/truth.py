"""Unit 04: the true values, by a complex step through the cost, and what follows from them."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import log_softmax
from course.mistakes.network import network
from course.task import Follow


def cross_entropy(z, label):
    """Return −log softmax(z)[label] for logits z (K,); finite for any finite logits."""
    return -log_softmax(z)[label]


def mean_cross_entropy(Z, labels):
    """Return the mean of −log softmax(Z)[i, labels[i]] over the rows i of Z, shape (m, K)."""
    return -np.mean(log_softmax(Z)[np.arange(len(Z)), labels])


def jacobian(p):
    """Return dp[j]/dz[k], shape (K, K), each row by a complex step.

    Softmax is blind to a common shift, so e^z may be p itself: pushing the logits by t gives
    p e^t / Σ p e^t, and the slope is taken at t = 0. No logarithm, so zeros in p do no harm.
    """

    def pushed(t, j):
        raised = p * np.exp(t)
        return raised[j] / np.sum(raised)

    return np.array(
        [
            complex_step_gradient(lambda t, j=j: pushed(t, j), np.zeros(len(p)))
            for j in range(len(p))
        ]
    )


def logit_gradient(z, label):
    """Return dC/dz, shape (K,)."""
    return complex_step_gradient(lambda z: cross_entropy(z, label), z)


def softmax_loss(Z, labels):
    """Return (loss, dZ), the mean over the rows and its gradient, shape (m, K)."""
    dZ = complex_step_gradient(lambda Z: mean_cross_entropy(Z, labels), Z)
    return mean_cross_entropy(Z, labels), dZ


def quantities_of_logits(z, labels=0):
    """Return the Network that logits, (K,) or (m, K), stand for: one layer that changes nothing."""
    Z = np.atleast_2d(z)
    classes = Z.shape[1]
    Y = np.eye(classes)[np.broadcast_to(labels, len(Z))]
    return network(Z, Y, [np.eye(classes)], [np.zeros(classes)], rows=np.ndim(z) == 2)


def _from_own_p(arguments, p):
    """What is left of the way, taken where the student's own p stands."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.log(p)
    return logit_gradient(z, arguments["label"])


def _from_unnormalised_p(arguments, p):
    y = np.eye(len(p))[arguments["label"]]
    return complex_step_gradient(lambda z: (p - y) @ z, np.zeros(len(p)))


LOGIT_FOLLOWS = {"dz": (Follow(("p",), _from_own_p), Follow(("p",), _from_unnormalised_p))}
