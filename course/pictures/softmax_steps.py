"""What softmax does to logits, in three rows of bars: z, e^z, p."""

import numpy as np

from course.forward import softmax
from course.pictures import style
from course.pictures.numbers import listed, value_text
from course.pictures.picture import Picture

MOST_CLASSES = 6
LARGEST = 20.0

# all lengths in CSS pixels
_WIDTH, _HEIGHT = 900, 320
_LEFTS, _PANEL_WIDTH, _BOTTOM, _TOP = (40, 345, 650), 210, 56, 236


def softmax_picture(z):
    """Return a Picture of logits z, of e^z, and of p = e^z / Σ e^z, bar by bar, with the numbers.

    z : (K,), 2 to 6 logits between −20 and 20. Raises ValueError for others.
    """
    z = _logits(z)
    raised, p = np.exp(z), softmax(z)
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        _panel(figure, 0, z, "1 · logits z", "any numbers")
        _panel(figure, 1, raised, "2 · $e^z$", f"all positive; their sum is {_short(raised.sum())}")
        _panel(figure, 2, p, "3 · p = $e^z$ / sum", "between 0 and 1; their sum is 1")
        for left in _LEFTS[1:]:
            figure.text(
                (left - 47) / _WIDTH,
                (_BOTTOM + _TOP) / 2 / _HEIGHT,
                "→",
                fontsize=style.points(26),
                color=style.FORWARD_TEXT,
                ha="center",
                va="center",
            )
    return Picture(figure, _words(z, raised, p))


def _logits(z):
    given = np.asarray(z)
    if (
        given.dtype.kind not in "iuf"
        or given.ndim != 1
        or not 2 <= given.size <= MOST_CLASSES
        or not np.all(np.abs(given) <= LARGEST)
    ):
        raise ValueError(
            f"Got z={z!r}, but the bars are drawn for 2 to {MOST_CLASSES} logits between "
            f"{-LARGEST:g} and {LARGEST:g}; pass one example's logits."
        )
    return given.astype(float)


def _short(value):
    return value_text(float(value)).removesuffix("0").removesuffix("0")


def _panel(figure, number, values, title, remark):
    left = _LEFTS[number]
    box = [left, _BOTTOM, _PANEL_WIDTH, _TOP - _BOTTOM]
    axes = figure.add_axes([v / w for v, w in zip(box, (_WIDTH, _HEIGHT) * 2, strict=True)])
    axes.spines[:].set_visible(False)
    tone = {"ha": "left", "va": "center"}
    figure.text(left / _WIDTH, 1 - 26 / _HEIGHT, title, fontsize=style.points(15),
                fontweight="bold", **tone)  # fmt: skip
    figure.text(left / _WIDTH, 1 - 50 / _HEIGHT, remark, fontsize=style.points(12.5),
                color=style.QUIET, **tone)  # fmt: skip
    classes = np.arange(len(values))
    axes.bar(classes, values, width=0.62, color=style.FORWARD)
    axes.axhline(0, color=style.LINE, linewidth=style.points(1.2))
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    room = 0.16 * (high - low or 1.0)
    axes.set(ylim=(low - (room if low < 0 else 0.02 * room), high + room), yticks=[])
    axes.set_xticks(classes, [f"class {k}" for k in classes] if len(values) < 5 else classes)
    axes.tick_params(length=0, labelsize=style.points(12.5), pad=style.points(6))
    for k, value in enumerate(values):
        axes.annotate(
            value_text(value) if number == 2 else _short(value),
            (k, value),
            (0, style.points(4 if value >= 0 else -4)),
            textcoords="offset points",
            ha="center",
            va="bottom" if value >= 0 else "top",
            fontsize=style.points(13),
            color=style.FORWARD_TEXT,
        )


def _words(z, raised, p):
    rows = (
        f"class {k}: z = {_short(z[k])}, e^z = {_short(raised[k])}, p = {value_text(p[k])}"
        for k in range(len(z))
    )
    return (
        "Three rows of bars, one bar a class: the logits z, then e^z, then p, which is e^z over "
        f"the sum of all e^z, {_short(raised.sum())}. {listed(rows).capitalize()}."
    )
