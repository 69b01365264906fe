"""The sigmoid, its slope that never exceeds one quarter, and what that does to deep networks."""

import math

import numpy as np

from course.forward import sigmoid
from course.pictures import style
from course.pictures.numbers import listed, value_text
from course.pictures.picture import Picture

MOST_LAYERS, MOST_POINTS = 20, 7

# all lengths in CSS pixels; panels as left, right, bottom, top
_WIDTH, _HEIGHT = 900, 470
_CURVES = (50, 520, 62, 408)
_ROW_ABOVE = 38
_BOUND = (664, 858, 62, 416)
_COLUMN = 68


def sigmoid_slope_picture(z=None, *, layers=10):
    """Return a Picture of σ and σ′, and of the bound (1/4)^k on a product of k slopes.

    The slopes are taken from σ by a complex step. The right-hand panel has a logarithmic axis.

    Parameters
    ----------
    z : (n,), up to 7 pre-activations, such as those of the hidden units; each is marked on
        both curves, with its numbers.
    layers : how many powers of 1/4 to show, 1 to 20.

    Raises ValueError where z is not a 1-D array of up to 7 finite numbers or layers is out of
    range.
    """
    z = _points(z)
    if isinstance(layers, bool) or layers not in range(1, MOST_LAYERS + 1):
        raise ValueError(
            f"Got layers={layers!r}, but the bound is drawn for a whole number of layers from 1 "
            f"to {MOST_LAYERS}; try layers=10."
        )
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        _draw_curves(figure, z)
        _draw_bound(figure, layers)
    return Picture(figure, _words(z, layers))


def _points(z):
    if z is None:
        return np.empty(0)
    given = np.asarray(z)
    real = given.dtype.kind in "iufb"
    if not real or given.ndim != 1 or given.size > MOST_POINTS or not np.isfinite(given).all():
        raise ValueError(
            f"Got z={z!r}, but the points to mark are a 1-D array of up to {MOST_POINTS} finite "
            "numbers; pass one z for each hidden unit, such as z1."
        )
    return given.astype(float)


def _slope(z):
    """Return σ′(z), entry by entry, by a complex step."""
    return np.imag(sigmoid(z + 1e-20j)) / 1e-20


def _axes(figure, left, right, bottom, top):
    """Return axes between these pixels, with nothing but a bottom line around them."""
    box = [left / _WIDTH, bottom / _HEIGHT, (right - left) / _WIDTH, (top - bottom) / _HEIGHT]
    axes = figure.add_axes(box)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.spines["bottom"].set_color(style.LINE)
    axes.tick_params(length=0, labelsize=style.points(12.5), pad=style.points(7))
    return axes


def _title(figure, left, text):
    size = style.points(15)
    figure.text(
        left / _WIDTH, 1 - 30 / _HEIGHT, text, fontsize=size, fontweight="bold", va="center"
    )


def _draw_curves(figure, z):
    _title(figure, 24, "The sigmoid σ and its slope σ′")
    left, right, bottom, top = _CURVES
    axes = _axes(figure, left, right, bottom, top - (_ROW_ABOVE if z.size else 0))
    reach = max(6.0, math.ceil(np.abs(z).max(initial=0.0)) + 1.0)
    # the peak near 0 needs a grid of its own where the axis reaches far
    grid = np.union1d(np.linspace(-reach, reach, 401), np.linspace(-6, 6, 241))
    axes.set(xlim=(-reach, reach), ylim=(-0.2 if z.size else -0.05, 1.02))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "¼", "½", "¾", "1"])
    axes.set_xlabel("z", fontsize=style.points(14), labelpad=style.points(4))
    for height in (0, 0.25, 0.5, 0.75, 1):
        axes.axhline(height, color=style.LINE, linewidth=style.points(0.8), zorder=0)
    thick = style.points(2.4)
    axes.plot(grid, sigmoid(grid), color=style.FORWARD, linewidth=thick, clip_on=False)
    dashes = (0, (style.points(7), style.points(3)))
    axes.plot(grid, _slope(grid), color=style.BACKWARD, linewidth=thick, linestyle=dashes)
    axes.plot(0, 0.25, "D", color=style.BACKWARD, markersize=style.points(10), zorder=4)
    tone = {"fontsize": style.points(15), "va": "center"}
    axes.text(1.02 * reach, 1, "σ(z)", color=style.FORWARD_TEXT, **tone)
    axes.text(1.02 * reach, 0, "σ′(z)", color=style.BACKWARD_TEXT, **tone)
    words = "σ′ is at most ¼, at z = 0"
    tone = {"fontsize": style.points(13), "va": "bottom", "ha": "right"}
    axes.text(reach, 0.27, words, color=style.BACKWARD_TEXT, **tone)
    if z.size:
        _mark(axes, z, reach)


def _mark(axes, z, reach):
    """Mark each z on both curves, with its numbers in a row above and a row below."""
    left, right, *_ = _CURVES
    scale = 2 * reach / (right - left)
    columns = _spread(z / scale, _COLUMN, (left - right) / 2 - 20, (right - left) / 2 + 20) * scale
    look = {"fontsize": style.points(12), "ha": "center", "linespacing": 1.35}
    leader = {"color": style.QUIET, "linewidth": style.points(0.8), "zorder": 1}
    for point, column in zip(z, columns, strict=True):
        height, slope = float(sigmoid(point)), float(_slope(point))
        axes.plot([column, point], [1.05, height], clip_on=False, **leader)
        axes.plot([column, point], [-0.07, slope], **leader)
        spot = {"markersize": style.points(9), "markeredgecolor": style.PANEL, "zorder": 5}
        axes.plot(point, height, "o", color=style.FORWARD, **spot)
        axes.plot(point, slope, "s", color=style.BACKWARD, **spot)
        words = f"z {value_text(point)}\nσ {value_text(height)}"
        axes.text(column, 1.06, words, va="bottom", color=style.FORWARD_TEXT, **look)
        words = f"σ′ {value_text(slope)}"
        axes.text(column, -0.08, words, va="top", color=style.BACKWARD_TEXT, **look)


def _spread(places, width, low, high):
    """Return places moved to lie at least `width` apart, in their order, from low to high.

    places : (n,), in any order; there must be room for n widths between low and high.
    """
    order = np.argsort(places, kind="stable")
    rank = width * np.arange(len(places))
    # without their ranks, places that lie far enough apart are those in ascending order
    slack = np.asarray(places, dtype=float)[order] - rank
    upper = np.maximum.accumulate(slack)
    lower = np.minimum.accumulate(slack[::-1])[::-1]
    middle = np.clip((upper + lower) / 2, low + width / 2, high + width / 2 - width * len(places))
    moved = np.empty(len(places))
    moved[order] = middle + rank
    return moved


def _draw_bound(figure, layers):
    _title(figure, 604, "k slopes multiply to (¼)ᵏ at most")
    axes = _axes(figure, *_BOUND)
    k = np.arange(1, layers + 1)
    bound = 0.25**k
    axes.set_xscale("log")
    axes.set(xlim=(bound[-1] / 2, 1), ylim=(layers + 0.6, 0.4))
    axes.set_yticks(k, [f"k = {number}" for number in k])
    axes.minorticks_off()
    axes.grid(axis="x", color=style.LINE, linewidth=style.points(0.8))
    axes.set_axisbelow(True)
    axes.plot(bound, k, color=style.BACKWARD, linewidth=style.points(1), zorder=2)
    axes.plot(bound, k, "s", color=style.BACKWARD, markersize=style.points(8), zorder=3)
    for number, place in zip(k, bound, strict=True):
        axes.annotate(
            _fraction(number),
            (place, number),
            (style.points(11), 0),
            textcoords="offset points",
            va="center",
            fontsize=style.points(12.5),
            color=style.BACKWARD_TEXT,
            bbox={"facecolor": style.PANEL, "edgecolor": "none", "pad": style.points(1)},
        )
    axes.set_xlabel("(¼)ᵏ, logarithmic axis", fontsize=style.points(12.5), labelpad=style.points(4))


def _fraction(k):
    """Return (1/4)^k as a fraction, its digits in groups of three."""
    return f"1/{4 ** int(k):,}".replace(",", "\u202f")


def _words(z, layers):
    """Return the text alternative: the two curves, the points on them and the bound."""
    points = "".join(
        f"\nUnit {unit}: z = {value_text(point)}, σ(z) = {value_text(float(sigmoid(point)))}, "
        f"σ′(z) = {value_text(float(_slope(point)))}."
        for unit, point in enumerate(z, start=1)
    )
    bounds = listed(f"1/{4**k}" for k in range(1, layers + 1))
    return (
        "Left: the sigmoid σ(z), which rises from 0 to 1 and is ½ at z = 0, and its slope σ′(z), "
        "a low bump that never exceeds ¼, reaches it at z = 0 and falls to 0 on both sides."
        f"{points}\nRight, on a logarithmic axis: the bound (1/4)^k on a product of k slopes, "
        f"for k = 1 to {layers}: {bounds}."
    )
