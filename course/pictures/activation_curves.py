"""Four activations beside their slopes."""

import numpy as np

from course.forward import leaky_relu, relu, sigmoid
from course.pictures import style
from course.pictures.lines import LOOKS
from course.pictures.picture import Picture

_WIDTH, _HEIGHT, _REACH = 900, 400, 4.0
_SLOPE = 0.1
_CURVES = {
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": relu,
    f"leaky relu, slope {_SLOPE}": lambda z: leaky_relu(z, _SLOPE),
}
# names beside their curves, away from the crossings: (z, height) in each panel
_PLACES = (
    ((2.55, 0.72), (2.15, 0.13)),
    ((-3.9, -1.16), (-2.4, 0.36)),
    ((1.1, 1.88), (1.1, 1.035)),
    ((-3.9, -0.62), (-3.9, 0.12)),
)


def activation_curves_picture():
    """Return a Picture of the sigmoid, tanh, relu and leaky relu, left, and their slopes, right.

    The slopes are taken by a complex step. The leaky relu is drawn with a slope of 0.1, since
    the usual 0.01 could not be told from zero.
    """
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        left, right = figure.subplots(1, 2)
        for axes, title in ((left, "Activation g(z)"), (right, "Its slope g′(z)")):
            axes.set_title(title, fontsize=style.points(15), fontweight="bold", loc="left")
            axes.set_xlabel("z", fontsize=style.points(13))
            axes.grid(color=style.LINE, linewidth=style.points(0.8))
            axes.set_axisbelow(True)
            axes.spines[["top", "right"]].set_visible(False)
            axes.tick_params(labelsize=style.points(12))
        left.set(xlim=(-_REACH, _REACH), ylim=(-1.3, 2.2))
        right.set(xlim=(-_REACH, _REACH), ylim=(-0.08, 1.22))
        for (name, g), look, places in zip(_CURVES.items(), LOOKS, _PLACES, strict=False):
            _draw(left, right, name, g, look, places)
        figure.set_layout_engine("constrained", w_pad=0.12)
    return Picture(figure, _WORDS)


def _draw(left, right, name, g, look, places):
    line = {"color": look.color, "linestyle": look.dashes, "linewidth": style.points(2.4)}
    # the slopes of the last two jump at 0, so no line is drawn across
    for z in (np.linspace(-_REACH, -1e-9, 200), np.linspace(1e-9, _REACH, 200)):
        left.plot(z, g(z), **line)
        right.plot(z, np.imag(g(z + 1e-20j)) / 1e-20, **line)
    short = name.partition(",")[0]
    for axes, (z, height), words in ((left, places[0], name), (right, places[1], short)):
        axes.text(z, height, words, color=look.color, fontsize=style.points(13))


_WORDS = (
    "Left: four activations. The sigmoid rises from 0 to 1, tanh from −1 to 1; relu is 0 for "
    "negative z and z for positive z; leaky relu is the same on the right and a shallow line "
    "with the slope 0.1 on the left.\n"
    "Right: their slopes. The sigmoid's never exceeds one quarter; that of tanh is 1 at z = 0 "
    "and falls to 0 on both sides; relu's is 0 on the left and 1 on the right; leaky relu's is "
    "0.1 on the left and 1 on the right. The last two jump at z = 0."
)
