"""Unit 10: mistakes that no network shows: batches added up, and a pass that is half mended."""

import numpy as np

from course.forward import sigmoid
from course.tasks.bugs.truth import gradients


def one_bias_over_all_units(X, Y, parameters):
    """Yield the gradients with one bias, of the two, still summed over rows and units."""
    true = gradients(X, Y, parameters, sigmoid)
    for name in ("b1", "b2"):
        yield ({**true, name: np.full_like(true[name], true[name].sum())},)


def _of_batches(X, Y, parameters, size):
    """Return [(rows of a batch, its own gradients)]: each the mean over its own rows."""
    pieces = [slice(start, start + size) for start in range(0, len(X), size)]
    return [(len(X[rows]), gradients(X[rows], Y[rows], parameters, sigmoid)) for rows in pieces]


def _added(batches, share):
    """Return the batches' gradients added up, each times share(its rows)."""
    names = batches[0][1]
    return {name: sum(share(rows) * own[name] for rows, own in batches) for name in names}


def every_batch_alike(X, Y, parameters, size):
    """Yield what comes of giving a short batch the share, or the size, of a full one."""
    batches = _of_batches(X, Y, parameters, size)
    yield (_added(batches, lambda rows: 1 / len(batches)),)
    yield (_added(batches, lambda rows: rows / (size * len(batches))),)
    yield (_added(batches, lambda rows: rows / size),)


def no_mean(X, Y, parameters, size):
    """Yield the sum over the rows, and the sum of the batches' means."""
    batches = _of_batches(X, Y, parameters, size)
    yield (_added(batches, lambda rows: rows),)
    yield (_added(batches, lambda rows: 1.0),)


def mean_twice(X, Y, parameters, size):
    """Yield the mean divided once more, by the number of batches or of rows."""
    batches = _of_batches(X, Y, parameters, size)
    yield (_added(batches, lambda rows: rows / len(X) / len(batches)),)
    yield (_added(batches, lambda rows: rows / len(X) ** 2),)


def last_batch_alone(X, Y, parameters, size):
    """Yield the contribution of the last batch, as a mean over its rows or over all."""
    rows, own = _of_batches(X, Y, parameters, size)[-1]
    yield (own,)
    yield ({name: rows / len(X) * value for name, value in own.items()},)


BATCHES_SHOW = {
    "last-batch-size": every_batch_alike,
    "missing-mean": no_mean,
    "double-mean": mean_twice,
    "gradient-overwritten": last_batch_alone,
}
