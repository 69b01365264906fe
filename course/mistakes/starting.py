"""Mistakes in the weights that training starts from."""

import numpy as np

from course.mistakes.mistake import Mistake


def _units_alike(evidence, part):
    """Whether all units of a layer, along either axis, came with the same weights."""
    return all(
        got is not None
        and got.ndim == 2
        and min(got.shape) > 1
        and (np.all(got == got[:1]) or np.all(got == got[:, :1]))
        for got in evidence.returned(part)
    )


def _spread_off(evidence, part):
    """Whether the weights' spread is off by the same factor from the wanted one, throughout."""
    spreads = evidence.spreads(part)
    return bool(spreads) and all(not 0.8 < got / wanted < 1.25 for got, wanted in spreads if wanted)


MISTAKES = (
    Mistake(
        "symmetric-initialisation",
        "What tells the units apart?",
        "Look at the starting weights of two units of one layer.",
        seen=_units_alike,
    ),
    Mistake(
        "unscaled-initialisation",
        "Look at the spread of z, layer by layer.",
        "Look at the factor in front of the random numbers: which layer width is in it?",
        seen=_spread_off,
    ),
)
