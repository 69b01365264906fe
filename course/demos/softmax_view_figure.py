"""The picture of a softmax as a figure that stays, for print and feedback pages."""

import numpy as np

from course.demos.words import number
from course.pictures.style import (
    BACKWARD,
    FORWARD,
    INK,
    LINE,
    QUIET,
    house_style,
    pixel_figure,
    points,
)


def draw(now, p, slope, sentence):
    """Return a matplotlib Figure of softmax_numbers.Numbers and the Own of p and slope."""
    classes = np.arange(len(now.z))
    names = [f"class {k}{' ✓' if k == now.label else ''}\nz = {number(now.z[k])}" for k in classes]
    with house_style():
        figure = pixel_figure(760, 150 + 46 * len(classes))
        left, middle, right = figure.subplots(1, 3, sharey=True)
        bars = left.barh(classes, p.shown, height=0.5, color=FORWARD, edgecolor=INK, linewidth=0)
        target = np.eye(len(classes))[now.label]
        left.barh(
            classes, target, height=0.72, fill=False, edgecolor=INK, linestyle="--",
            linewidth=points(1.2) * target,
        )  # fmt: skip
        for k in np.flatnonzero(p.off):
            bars[k].set(hatch="////", linewidth=points(1.5))
            left.plot([now.p[k]] * 2, [k - 0.4, k + 0.4], color=INK, linewidth=points(3))
        left.set(title="p", xlim=(0, 1.02), yticks=classes, yticklabels=names)
        left.invert_yaxis()
        _arrows(middle, slope.shown, "gradient p − y\ncross-entropy", slope)
        _arrows(right, now.other_slope, f"gradient dC/dz\nquadratic, {now.output}")
        for axes, values in ((left, p.shown), (middle, slope.shown), (right, now.other_slope)):
            axes.spines[["top", "right"]].set_visible(False)
            axes.tick_params(length=0)
            axes.set_axisbelow(True)
            for k in classes:
                edge = 1.04 if axes is left else 1.08
                axes.text(edge, k, f"{values[k]:.3f}".replace("-", "−"), va="center",
                          fontsize=points(11), clip_on=False)  # fmt: skip
        costs = f"cross-entropy {number(now.cost)}, quadratic cost {number(now.other_cost)}"
        figure.supxlabel(f"{costs}\n{sentence}", color=QUIET, fontsize=points(12), wrap=True)
        figure.set_layout_engine("constrained", w_pad=0.12)
    return figure


def _arrows(axes, slopes, title, given=None):
    axes.set(title=title, xlim=(-1.05, 1.05), xticks=[-1, 0, 1])
    axes.axvline(0, color=LINE, linewidth=points(1.2))
    for k, value in enumerate(np.clip(slopes, -1, 1)):
        if given is not None and given.off[k]:
            ends = [0, value, given.true[k]]
            low, high = min(ends) - 0.05, max(ends) + 0.05
            axes.barh(
                k, high - low, left=low, height=0.6, fill=False, hatch="////", edgecolor=QUIET
            )
            axes.plot([given.true[k]] * 2, [k - 0.4, k + 0.4], color=INK, linewidth=points(3))
        if abs(value) < 0.05:  # an arrow shorter than its head would point the other way
            axes.plot(value, k, "o", color=BACKWARD, markersize=points(6))
            continue
        axes.annotate(
            "", (value, k), (0, k),
            arrowprops={"arrowstyle": "->", "color": BACKWARD, "linewidth": points(3),
                        "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
