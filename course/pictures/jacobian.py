"""The Jacobian of softmax as a table of coloured squares."""

import numpy as np

from course.pictures import style
from course.pictures.numbers import listed, value_text
from course.pictures.picture import Picture

MOST_CLASSES = 6

# all lengths in CSS pixels
_SQUARE, _LEFT, _RIGHT, _ABOVE, _BELOW = 84, 130, 190, 122, 52


def jacobian_picture(J):
    """Return a Picture of a Jacobian dp/dz: row j is p[j], column k is z[k], with the numbers.

    Blue squares grow with the logit, grey and hatched ones shrink; the deeper, the faster. Each
    row's and each column's sum stands at its end.

    J : (K, K) for 2 to 6 classes, finite. Raises ValueError for anything else.
    """
    J = _square(J)
    classes = len(J)
    width = _LEFT + classes * _SQUARE + _RIGHT
    height = _ABOVE + classes * _SQUARE + _BELOW
    with style.house_style():
        figure = style.pixel_figure(width, height)
        axes = figure.add_axes([0, 0, 1, 1])
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        axes.text(24, 28, "How each p answers when one logit is pushed", va="center",
                  fontsize=style.points(15), fontweight="bold")  # fmt: skip
        _write_around(axes, J)
        for (j, k), value in np.ndenumerate(J):
            _draw_square(axes, j, k, value, np.abs(J).max())
    return Picture(figure, _words(J))


def _square(J):
    given = np.asarray(J)
    if (
        given.dtype.kind not in "iuf"
        or given.ndim != 2
        or given.shape[0] != given.shape[1]
        or not 2 <= len(given) <= MOST_CLASSES
        or not np.all(np.isfinite(given))
    ):
        raise ValueError(
            f"Got J of shape {given.shape}, but the squares are drawn for a finite (K, K) array "
            f"with K from 2 to {MOST_CLASSES}; pass a Jacobian such as jacobian(p)."
        )
    return given.astype(float)


def _sum(entries):
    # a sum of rounded products is zero only to rounding
    total = round(float(entries.sum()), 10)
    return value_text(total) if total else "0"


def _write_around(axes, J):
    """Write what the rows and columns are, what they sum to, and what the colours mean."""
    quiet = {"va": "center", "fontsize": style.points(13.5), "color": style.QUIET}
    below, beside = _ABOVE + len(J) * _SQUARE, _LEFT + len(J) * _SQUARE
    for k in range(len(J)):
        middle = (k + 0.5) * _SQUARE
        axes.text(_LEFT + middle, _ABOVE - 20, f"push z[{k}]", ha="center", **quiet)
        axes.text(_LEFT - 16, _ABOVE + middle, f"p[{k}]", ha="right", **quiet)
        axes.text(_LEFT + middle, below + 22, _sum(J[:, k]), ha="center", **quiet)
        axes.text(beside + 16, _ABOVE + middle, f"row sum {_sum(J[k])}", ha="left", **quiet)
    axes.text(_LEFT - 16, below + 22, "column sum", ha="right", **quiet)
    meaning = "blue: that p grows; grey with a dark corner: that p shrinks"
    axes.text(24, 54, meaning, ha="left", **quiet)


def _draw_square(axes, j, k, value, largest):
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    # pale enough for dark numbers to read well on the deepest square
    strength = 0.1 + 0.5 * abs(value) / largest if value else 0.0
    deep = to_rgb(style.FORWARD if value > 0 else style.QUIET)
    colour = [1 - strength * (1 - channel) for channel in deep]
    left, top = _LEFT + k * _SQUARE, _ABOVE + j * _SQUARE
    box = {"facecolor": colour, "edgecolor": style.PANEL, "linewidth": style.points(3)}
    axes.add_patch(Rectangle((left, top), _SQUARE, _SQUARE, **box))
    if value < 0:
        corner = [(left + 3, top + 3), (left + 22, top + 3), (left + 3, top + 22)]
        axes.fill(*zip(*corner, strict=True), color=style.INK, linewidth=0)
    axes.text(left + _SQUARE / 2, top + _SQUARE / 2 + 4, value_text(value), ha="center",
              va="center", fontsize=style.points(14.5), color=style.INK)  # fmt: skip


def _words(J):
    rows = (f"row {j}: {listed(value_text(v) for v in row)}" for j, row in enumerate(J))
    return (
        "The Jacobian of p by z as a table, row j for p[j] and column k for z[k]; positive entries "
        f"are blue, negative ones grey with a dark corner. {'; '.join(rows).capitalize()}."
    )
