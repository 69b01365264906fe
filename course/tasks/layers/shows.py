"""Unit 08: what mistakes make of a gate's parts, where no network of links can show them."""

import numpy as np

from course.forward import sigmoid
from course.mistakes.network import elementwise_slope
from course.tasks.layers.truth import affine, gradients_of

_affine_true = gradients_of(affine, ("x", "w", "b"))


def _paired_entries(x, w, b):
    # only where the shapes happen to let it pass
    if x.shape == w.shape:
        yield (x * w + b,)


def _last_path(x, w, b, dout, calls=1):
    dx, _, _ = _affine_true(x=x, w=w, b=b, dout=dout)
    yield dx, np.outer(x[-1], dout[-1]), dout[-1]


def _more_with_each_call(x, w, b, dout, calls=1):
    dx, dw, db = _affine_true(x=x, w=w, b=b, dout=dout)
    if calls > 1:
        yield dx, calls * dw, calls * db


def _mean_of_a_mean(x, w, b, dout, calls=1):
    dx, dw, db = _affine_true(x=x, w=w, b=b, dout=dout)
    yield dx, dw / len(x), db / len(x)
    yield dx / len(x), dw / len(x), db / len(x)


def _slope_of_the_cache(x, dout, calls=1):
    # the first call leaves the slope where the output was
    if calls > 1:
        slope = elementwise_slope(sigmoid, x)
        yield (dout * slope * (1 - slope),)


def _slope_alone(g):
    def shown(x, dout, calls=1):
        yield (elementwise_slope(g, x) + 0.0 * dout,)

    return shown


def _other_sign(g):
    return lambda x: [(g(-x),), (-g(x),)]


AFFINE_FORWARD_SHOWS = {"elementwise-for-product": _paired_entries}
AFFINE_BACKWARD_SHOWS = {
    "gradient-overwritten": _last_path,
    "gradient-accumulated": _more_with_each_call,
    "double-mean": _mean_of_a_mean,
}


def entries_shows(g):
    """Return what mistakes make of the backward of g, entry by entry."""
    return {"skips-a-factor": _slope_alone(g)}


SIGMOID_BACKWARD_SHOWS = {"aliased-cache": _slope_of_the_cache, **entries_shows(sigmoid)}


def forward_shows(g):
    """Return what mistakes make of g itself, entry by entry."""
    return {"wrong-sign": _other_sign(g)}
