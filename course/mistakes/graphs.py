"""Mistakes in how gradients are collected: over the paths of one pass, and over passes."""

import numpy as np

from course.mistakes.mistake import Mistake
from course.stack import form


def _doubled_by_a_second_call(evidence, part):
    """Whether a second call on the same case returned the first result and more."""
    again = evidence.second_call(part)
    if again is None:
        return False
    first, second = again
    return bool(
        form(first) == form(second)
        and np.any(first != 0)
        and np.allclose(second, 2 * first, rtol=1e-9, atol=0)
    )


def _one_path(quantities):
    """For the contributions of several paths, listed: each path's alone."""
    if isinstance(quantities, dict) and "paths" in quantities:
        for path in quantities["paths"]:
            yield {**quantities, "paths": [path]}


MISTAKES = (
    Mistake(
        "gradient-overwritten",
        "At a fork the paths add.",
        "Look at a value that is used twice: does its gradient grow, or is it replaced?",
        _one_path,
    ),
    Mistake(
        "gradient-accumulated",
        "A new pass starts from zero.",
        "Look at where the gradients that += adds to were last set to zero.",
        habit=_doubled_by_a_second_call,
    ),
)
