"""Mistakes in the weights that training starts from."""

import numpy as np

from course.mistakes.mistake import Mistake
from course.stack import arrays_of


def _units_alike(evidence, part):
    """Whether all units of a layer, along either axis, came with the same weights."""
    came = evidence.returned(part)
    if any(got is None for got in came):
        return False
    layers = [w for got in came for w in arrays_of(got) if w.ndim == 2 and min(w.shape) > 1]
    return bool(layers) and all(np.all(w == w[:1]) or np.all(w == w[:, :1]) for w in layers)


def _spread_off(evidence, part):
    """Whether the weights of some layer spread too far or too little wherever they are wrong."""
    spreads = evidence.spreads(part)
    return len(spreads) == len(evidence.wrong(part)) > 0 and all(
        np.all(np.isfinite(got))
        and any(
            not 0.8 < one / other < 1.25 for one, other in zip(got, wanted, strict=True) if other
        )
        for got, wanted in spreads
    )


MISTAKES = (
    Mistake(
        "symmetric-initialisation",
        "What tells the units apart?",
        "Look at the starting weights of two units of one layer.",
        seen=_units_alike,
        gives_zeros=True,
    ),
    Mistake(
        "unscaled-initialisation",
        "Look at the spread of z, layer by layer.",
        "Look at the factor in front of the random numbers: which layer width is in it?",
        seen=_spread_off,
    ),
)
