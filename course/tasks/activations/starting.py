"""Unit 07: weights to start from, which are random, so that their distribution is looked at."""

from itertools import pairwise

import numpy as np

from course.stack import form
from course.task import Case

# kind -> (widths, scheme); no array of all the widths together would fill the memory
SIZES = {
    "he": ((200, 150, 100), "he"),
    "he again": ((200, 150, 100), "he"),
    "xavier": ((200, 100, 150), "xavier"),
    "small": ((2, 3, 2), "he"),
    "wide": ((20, 600, 10), "he"),
    "narrow": ((500, 20, 400), "xavier"),
    "square": ((120, 120, 120), "xavier"),
    "one unit": ((3, 1, 2), "xavier"),
    "one layer": ((400, 250), "he"),
}

SIGMAS = 6
"""How far, in standard errors, chance may move a mean or a spread: once in 10^8 draws."""


def draw(rng, kind):
    widths, scheme = SIZES[kind]
    seed = int(rng.integers(2**32))
    arguments = {
        "sizes": list(widths),
        "rng": np.random.default_rng(seed),
        "scheme": scheme,
    }
    return Case(arguments, f'the sizes {list(widths)} and the scheme "{scheme}"')


def variance(n_in, n_out, scheme):
    """Return the variance of a layer's weights: Glorot and Bengio (2010), He et al. (2015)."""
    return 2 / (n_in + n_out) if scheme == "xavier" else 2 / n_in


def initial(sizes, rng, scheme):
    """Return (weights, biases) as the scheme has them; any others spread alike are as right."""
    pairs = list(pairwise(sizes))
    weights = [rng.normal(scale=np.sqrt(variance(*pair, scheme)), size=pair) for pair in pairs]
    return weights, [np.zeros(n_out) for _, n_out in pairs]


def amiss(evidence, part, trial):
    """Say what is wrong with the weights of a trial, which have the right shapes; "" if nothing."""
    got, _ = evidence.values(part, trial)
    weights = got.apart()
    if not np.all(np.isfinite(got)):
        return "Not all weights are finite numbers"
    scheme = trial.case.arguments["scheme"]
    return (
        _alike(weights)
        or next(filter(None, (_spread(k, w, scheme) for k, w in enumerate(weights))), "")
        or _not_from_rng(evidence, part, trial, got)
    )


def _alike(weights):
    for k, w in enumerate(weights):
        if w.size > 2 and np.all(w == w.flat[0]):
            return f"All entries of weights[{k}] are {w.flat[0]:.3g}, so all its units are alike"
        if any(len({unit.tobytes() for unit in units}) < len(units) for units in (w, w.T)):
            return f"weights[{k}] has units with the same weights, which nothing tells apart"
        for j in range(k):
            if w.shape == weights[j].shape and np.array_equal(w, weights[j]):
                return f"weights[{j}] and weights[{k}] are the same numbers"
    return ""


def _spread(k, w, scheme):
    wanted = np.sqrt(variance(*w.shape, scheme))
    # the largest floats come to a mean or a spread of nan, of which no comparison holds
    if not abs(np.mean(w)) <= SIGMAS * wanted / np.sqrt(w.size):
        return f"The mean of weights[{k}] is {np.mean(w):.3g}; expected 0, up to chance"
    # the spread of n numbers is itself off by about 1/√(2n)
    if not abs(np.std(w) / wanted - 1) <= SIGMAS / np.sqrt(2 * w.size):
        return (
            f"weights[{k}], {w.shape[0]} × {w.shape[1]}, has the variance {np.var(w):.3g}; "
            f"expected {wanted**2:.3g}, up to chance"
        )
    return ""


def _not_from_rng(evidence, part, trial, got):
    again = evidence.second_call(part)
    if trial is evidence.trials[0] and again and not np.array_equal(*again):
        return (
            "Two calls with the rng in the same state gave different weights: "
            "draw every number from rng"
        )
    for other in evidence.trials:
        if other is trial or other.case.arguments["sizes"] != trial.case.arguments["sizes"]:
            continue
        came, _ = evidence.values(part, other)
        if came is not None and form(came) == form(got) and np.array_equal(came, got):
            return "Two different rngs gave the same weights: draw every number from rng"
    return ""
