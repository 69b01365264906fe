"""A curve and its tangent at three distances: the nearer, the less there is between them."""

import math

import numpy as np

from course.differentiate import complex_step_gradient
from course.pictures import style
from course.pictures.picture import Picture

_WIDTH, _HEIGHT = 900, 356
_PANELS = ((22, 294), (314, 586), (606, 878))
_BOTTOM, _TOP = 70, 300


def tangent_picture(f, x, *, steps=(1.0, 0.1, 0.01), formula="f(x)"):
    """Return a Picture of f and its tangent at x, in three panels, each nearer than the last.

    Each panel takes one step from x and says how far the tangent misses the curve there.

    Parameters
    ----------
    f : a function of one number, which also takes arrays and lets complex numbers through; the
        slope is taken by a complex step.
    x : where the tangent touches.
    steps : three positive steps, the longest first.
    formula : what f is called in the title.

    Raises ValueError for steps that are not three positive numbers, and where f is not finite.
    """
    steps = tuple(map(float, steps))
    if len(steps) != len(_PANELS) or not all(0 < step < math.inf for step in steps):
        raise ValueError(
            f"Got steps={steps!r}, but each of the three panels takes one positive step; write "
            "steps=(1, 0.1, 0.01)."
        )
    slope = complex_step_gradient(lambda value: f(value)[()], float(x))
    ends = [float(f(x + step)) for step in steps]
    if not np.all(np.isfinite([slope, *ends])):
        raise ValueError(f"Got an f that is not finite near x={x!r}; choose another x.")
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        title = f"{formula} and its tangent at x = {x:g}, slope {slope:.4g}"
        figure.text(
            _PANELS[0][0] / _WIDTH,
            1 - 28 / _HEIGHT,
            title,
            fontsize=style.points(15),
            fontweight="bold",
            va="center",
        )
        for panel, step in zip(_PANELS, steps, strict=True):
            _draw(figure, panel, f, float(x), slope, step)
    return Picture(figure, _words(f, float(x), slope, steps, title))


def _draw(figure, panel, f, x, slope, step):
    left, right = panel
    box = [left / _WIDTH, _BOTTOM / _HEIGHT, (right - left) / _WIDTH, (_TOP - _BOTTOM) / _HEIGHT]
    axes = figure.add_axes(box, xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_color(style.LINE)
    grid = np.linspace(x - 1.25 * step, x + 1.45 * step, 121)
    line = f(x) + slope * (grid - x)
    thick = style.points(2.4)
    axes.plot(grid, f(grid), color=style.FORWARD, linewidth=thick)
    dashes = (0, (style.points(7), style.points(3)))
    axes.plot(grid, line, color=style.BACKWARD, linewidth=thick, linestyle=dashes)
    axes.plot(x, f(x), "o", color=style.INK, markersize=style.points(8), zorder=4)
    end, promised = float(f(x + step)), float(f(x) + slope * step)
    axes.plot([x + step] * 2, [end, promised], color=style.INK, linewidth=style.points(2), zorder=3)
    axes.set_xlim(grid[0], grid[-1])
    low, high = min(f(grid).min(), line.min()), max(f(grid).max(), line.max())
    axes.set_ylim(low - 0.06 * (high - low), high + 0.06 * (high - low))
    label = {"fontsize": style.points(13.5), "ha": "left", "va": "top"}
    axes.text(0.05, 0.94, "the curve", transform=axes.transAxes, color=style.FORWARD_TEXT, **label)
    axes.text(
        0.05,
        0.84,
        "the tangent, dashed",
        transform=axes.transAxes,
        color=style.BACKWARD_TEXT,
        **label,
    )
    figure.text(
        (left + right) / 2 / _WIDTH,
        36 / _HEIGHT,
        f"a step of {step:g}: off by {_text(end - promised)}",
        fontsize=style.points(13.5),
        color=style.INK,
        ha="center",
        va="center",
    )


def _text(miss):
    return f"{abs(miss):.2g}"


def _words(f, x, slope, steps, title):
    said = []
    for step in steps:
        end, promised = float(f(x + step)), float(f(x)) + slope * step
        said.append(
            f"a step of {step:g} takes the curve to {end:.6g}, the tangent to {promised:.6g}, "
            f"off by {_text(end - promised)}"
        )
    return (
        f"{title}, in three panels, each nearer than the last: {'; '.join(said)}. In the last one "
        "the two lines can hardly be told apart."
    )
