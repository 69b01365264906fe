"""The picture of deltas by depth as a figure that stays, for print and feedback pages."""

import numpy as np

from course.demos.words import number
from course.pictures.style import BACKWARD, INK, LINE, house_style, pixel_figure, points


def draw(given, picture):
    """Return a matplotlib Figure of the Own of the delta sizes, with the limits of the picture."""
    layers = np.arange(1, len(given.shown) + 1)
    low, high = 10.0 ** picture["low"], 10.0 ** picture["high"]
    with house_style():
        figure = pixel_figure(640, 400)
        axes = figure.add_subplot()
        axes.set_yscale("log")
        axes.set(ylim=(low, high), ylabel="size of delta (root mean square)")
        heights = np.clip(given.shown, low, high)
        bars = axes.bar(layers, heights - low, 0.7, low, color=BACKWARD, edgecolor=INK, linewidth=0)
        axes.axhline(
            np.clip(given.shown[-1], low, high), color=INK, linewidth=points(1.2), dashes=(5, 4)
        )
        for k in np.flatnonzero(given.off):
            bars[k].set(hatch="////", linewidth=points(1.5))
            true = np.clip(given.true[k], low, high)
            axes.plot([k + 0.55, k + 1.45], [true, true], color=INK, linewidth=points(3))
        if len(layers) <= 10:
            for layer, size, top in zip(layers, given.shown, heights, strict=True):
                axes.annotate(
                    number(size, 2), (layer, top), (0, 3), textcoords="offset points",
                    ha="center", fontsize=points(11),
                )  # fmt: skip
        axes.set_xticks(layers)
        axes.set_xlabel(
            f"layer; the error flows back, to the left\n{picture['sentence']}", wrap=True
        )
        axes.grid(axis="y", color=LINE, linewidth=points(1))
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        figure.set_layout_engine("constrained")
    return figure
