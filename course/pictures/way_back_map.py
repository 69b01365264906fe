"""The way back of two layers as a line of stations, with what each gradient is made of."""

from itertools import pairwise

from course.pictures import style
from course.pictures.picture import Picture

_WIDTH, _HEIGHT = 900, 300
_STATIONS = (
    (0.085, "$P - Y$", "the cost", True),
    (0.235, r"$\times\,\frac{1}{m}$", "the mean", False),
    (0.385, r"$\delta_2$", "error of layer 2", True),
    (0.555, r"$w_2^\top$", "back through\nthe weights", False),
    (0.715, r"$g'(z_1)$", "the slope", False),
    (0.88, r"$\delta_1$", "error of layer 1", True),
)
_TAPS = (
    (0.385, r"$a_1^\top \delta_2$", r"$dw_2$", -0.062),
    (0.385, r"sum of rows", r"$db_2$", 0.062),
    (0.88, r"$X^\top \delta_1$", r"$dw_1$", -0.062),
    (0.88, r"sum of rows", r"$db_1$", 0.062),
)
_LINE, _TAP = 0.66, 0.2


def way_back_map():
    """Return a Picture of the way back of two layers, and where the four gradients branch off."""
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        axes = figure.add_axes([0, 0, 1, 1])
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        axes.text(
            0.02, 0.93, "The way back, from left to right: what lies behind a mistake is wrong",
            fontsize=style.points(15), fontweight="bold", va="center",
        )  # fmt: skip
        for (x, *_), (end, *_) in pairwise(_STATIONS):
            _arrow(axes, (x + 0.05, _LINE), (end - 0.052, _LINE))
        for x, formula, words, value in _STATIONS:
            _station(axes, x, formula, words, value)
        for x, way, gradient, aside in _TAPS:
            _arrow(axes, (x + 0.25 * aside, _LINE - 0.12), (x + aside, _TAP + 0.13))
            _station(axes, x + aside, gradient, way, True, y=_TAP, size=17)
    return Picture(figure, _words())


def _station(axes, x, formula, words, value, y=_LINE, size=19):
    axes.text(
        x, y, formula, ha="center", va="center", fontsize=style.points(size),
        color=style.BACKWARD_TEXT if value else style.INK,
        bbox={
            "boxstyle": "round,pad=0.45" if value else "square,pad=0.4",
            "facecolor": style.BACKWARD_TINT if value else style.PANEL,
            "edgecolor": style.BACKWARD if value else style.QUIET,
            "linewidth": style.points(1.6),
        },
    )  # fmt: skip
    below = y - 0.125 if y == _TAP else y + 0.115
    axes.text(
        x, below, words, ha="center", va="top" if y == _TAP else "bottom",
        fontsize=style.points(12), color=style.QUIET, linespacing=1.1,
    )  # fmt: skip


def _arrow(axes, start, end):
    axes.annotate(
        "", end, start,
        arrowprops={"arrowstyle": "-|>", "color": style.BACKWARD, "lw": style.points(1.8)},
    )  # fmt: skip


def _words():
    return (
        "The way back of two layers as a line: P minus Y, times one over m, gives delta2; back "
        "through the transpose of w2 and times the slope g'(z1) gives delta1. At delta2 the "
        "gradients dw2 (a1 transposed times delta2) and db2 (the sum of its rows) branch off, at "
        "delta1 the gradients dw1 (X transposed times delta1) and db1 (the sum of its rows)."
    )
