"""Weights (units, inputs) of a layer, as the cases of several units draw them."""

import numpy as np


def draw_weights(kind):
    """Return the function of (rng, units, inputs) that draws a layer's weights in a kind of case.

    They are standard normal, but for the layers of a "vast" case: so many inputs would saturate
    whatever comes next, and the gradients would vanish.
    """
    return _wide if kind == "vast" else _normal


def _normal(rng, units, inputs):
    return rng.standard_normal((units, inputs))


def _wide(rng, units, inputs):
    """Draw weights by which inputs of variance 1 give pre-activations of variance 1.

    The scale is that of LeCun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.6.
    They are uniform: normal ones take four times as long, and nobody looks at them one by one.
    """
    return (rng.random((units, inputs)) - 0.5) * np.sqrt(12 / inputs)
