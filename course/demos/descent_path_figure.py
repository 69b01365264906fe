"""The picture of a descent along two weights as a figure that stays, for print and feedback."""

import math
import textwrap

import numpy as np

from course.demos import descent_words as words
from course.demos.words import number
from course.pictures.style import (
    BACKWARD,
    FORWARD,
    FORWARD_TEXT,
    INK,
    PANEL,
    house_style,
    pixel_figure,
    points,
)

_RAY = 0.12


def draw(step, contours, levels, shown, past):
    """Return a matplotlib Figure of a PlaneStep on its Contours over the window shown.

    levels : what DescentPath.levels holds. past : the points that earlier steps left.
    """
    left, right, bottom, top = shown
    with house_style():
        figure = pixel_figure(640, 640)
        axes = figure.add_axes([0.11, 0.2, 0.86, 0.86 / 1.25])
        axes.set(xlim=(left, right), ylim=(bottom, top))
        axes.set(xlabel=f"weight {step.weights[0]}", ylabel=f"weight {step.weights[1]}")
        figure.text(0.5, 0.06, _wrapped(words.meaning(step, past)), ha="center", va="center")
        for level in levels:
            _trace(axes, contours.lines(level["cost"]), linewidth=points(1.2), alpha=0.6)
            if level["label"]:
                _name(axes, level)
        if step.cost is not None:
            name = f"contour line of the cost now, {number(step.cost, 6)}"
            _trace(axes, contours.lines(step.cost), linewidth=points(3), label=name)
        if past:
            way = np.array([*past, step.point])
            steps = f"path of {len(past)} step{'s' if len(past) > 1 else ''}"
            axes.plot(*way.T, "o-", color=INK, markersize=points(7), mfc=PANEL, label=steps)
        axes.plot(*step.point, "o", color=INK, markersize=points(13), clip_on=False, zorder=6)
        if step.slopes is not None and any(step.slopes):
            _draw_step(axes, step, _RAY * (right - left))
        if axes.get_legend_handles_labels()[0]:
            figure.legend(loc="upper center", ncols=2, frameon=False, fontsize=points(12))
    return figure


def _wrapped(sentence):
    return "\n".join(textwrap.wrap(sentence, 78))


def _draw_step(axes, step, ray):
    if step.curve_slopes and not all(step.agrees) and (step.uphill or not words.square(step)):
        _arrow(axes, step.point, _ahead(step.point, step.curve_slopes, ray), FORWARD, 2, "dotted")
        axes.plot([], [], ":", color=FORWARD, linewidth=points(2), label="true direction")
    far = step.new_point is not None and math.dist(step.point, step.new_point) > ray
    meets = "" if words.square(step) else f", at {step.angle:.0f}° to the line"
    if not far:
        _arrow(axes, step.point, _ahead(step.point, step.slopes, ray), BACKWARD, 1.75, "dashed")
        axes.plot([], [], "--", color=BACKWARD, linewidth=points(1.75),
                  label=f"against the gradient{meets}")  # fmt: skip
    if step.new_point is None:
        return
    _arrow(axes, step.point, step.new_point, BACKWARD, 3, "solid")
    axes.plot([], [], color=BACKWARD, linewidth=points(3), label=f"the step{meets if far else ''}")
    if step.true_cost is not None:
        name = f"true new cost: {number(step.true_cost, 6)}"
        axes.plot(*step.new_point, "o", color=FORWARD, mec=PANEL, markersize=points(10),
                  label=name, zorder=5)  # fmt: skip


def _ahead(point, slopes, length):
    way = np.negative(slopes) / np.linalg.norm(slopes)
    return tuple(np.add(point, length * way))


def _arrow(axes, start, end, color, width, dashes):
    axes.annotate(
        "",
        end,
        start,
        # clipped to the picture, and not dropped, where the end lies outside
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "->",
            "color": color,
            "linewidth": points(width),
            "linestyle": dashes,
            "shrinkA": 0,
            "shrinkB": 0,
            "clip_on": True,
            "clip_box": axes.bbox,
        },
    )


def _trace(axes, lines, **look):
    for n, line in enumerate(lines):
        label = look.pop("label", None) if n == 0 else None
        axes.plot(*line.T, color=FORWARD, label=label, **look)


def _name(axes, level):
    x, y, degrees = level["label"]
    axes.text(
        x,
        y,
        level["text"],
        rotation=degrees,
        ha="center",
        va="center",
        color=FORWARD_TEXT,
        fontsize=points(12),
        clip_on=True,
        bbox={"facecolor": PANEL, "edgecolor": "none", "pad": points(1.5)},
    )
