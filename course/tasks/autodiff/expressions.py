"""Unit 11: the gradients in the graphs that a backward pass is tried on."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.driving.expressions import DEEP, chain, forked, product, tree


class _Complex(complex):
    """A complex number with the methods of a Value."""

    def exp(self):
        return _Complex(np.exp(complex(self)))

    def tanh(self):
        return _Complex(np.tanh(complex(self)))

    def __add__(self, other):
        return _Complex(complex(self) + other)

    def __mul__(self, other):
        return _Complex(complex(self) * other)


def _slopes(build, *numbers):
    """Return the slopes of an expression by each number, by a complex step."""
    return complex_step_gradient(
        lambda given: np.complex128(build(*map(_Complex, given))), np.array(numbers)
    )


def truth(x, y, z):
    """Return the leaves' gradients in each graph."""
    return (
        _slopes(tree, x, y, z),
        _slopes(lambda x, y, z: forked(x, y, z, x), x, y, z),
        _slopes(product, x, y),
        _slopes(chain, x, y),
    )


def one_path_only(x, y, z):
    """Yield the gradients where a second use replaces what the first one gave, or the reverse."""
    tree_, _, product_, chain_ = truth(x, y, z)
    by_uses = _slopes(forked, x, y, z, x)
    tanh_slope = 1 - np.tanh(x * y) ** 2
    for middle in (tanh_slope, 0.5):
        for of_x in (middle * y, by_uses[3]):
            forked_ = np.array([of_x, middle * x, by_uses[2]])
            for later in (DEEP // 2 - 1, 4):
                # of the many times that x enters the chain, the first or the last alone
                of_chain = np.array([0.001 * 0.9995**later, chain_[1]])
                yield tree_, forked_, product_, of_chain


def never_from_zero(x, y, z):
    """Yield the gradients where a second call adds to what the first one left."""
    tree_, forked_, product_, chain_ = truth(x, y, z)
    for times in (2, 3):
        yield tree_, forked_, times * product_, chain_
