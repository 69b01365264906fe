"""The picture of a weight update as a figure that stays, for print and feedback pages."""

import numpy as np

from course.demos import words
from course.demos.curve import limits
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


def draw(step, curve, shown, past):
    """Return a matplotlib Figure of a Step on its curve, (2, n), over the weights `shown`.

    past : (weight, cost) of the points that earlier steps left.
    """
    with house_style():
        figure = pixel_figure(640, 420)
        axes = figure.add_subplot()
        axes.set(xlim=shown, ylim=limits(curve[1]), ylabel="cost")
        axes.set_xlabel(f"weight {step.weight}\n{words.meaning(step)}", wrap=True)
        axes.grid(axis="y", color=LINE, linewidth=points(1))
        axes.spines[["top", "right"]].set_visible(False)
        axes.plot(*curve, color=FORWARD, linewidth=points(2.5), label="cost")
        for weight, cost in past:
            _mark(axes, weight, cost, "o", 8, mfc="white", mec=INK)
        if step.cost is not None:
            _draw_step(axes, step, shown)
            axes.legend(loc="best", frameon=False, fontsize=points(12))
        figure.set_layout_engine("constrained")
    return figure


def _draw_step(axes, step, shown):
    bottom, top = axes.get_ylim()
    _mark(
        axes,
        step.value,
        step.cost,
        "o",
        13,
        mfc=INK,
        mec=INK,
        label=f"now: {words.number(step.cost, 6)}",
    )
    if step.slope is not None:
        ends = np.array(shown)
        axes.plot(
            ends,
            step.cost + step.slope * (ends - step.value),
            color=BACKWARD,
            linewidth=points(1.5),
            dashes=(6, 5),
            scalex=False,
            scaley=False,
            label=f"tangent, slope {words.number(step.slope, 6)}",
        )
    if step.new_value is None:
        return
    end = np.clip(step.new_value, *shown)
    axes.annotate(
        "",
        (end, bottom),
        (step.value, bottom),
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "->",
            "color": BACKWARD,
            "linewidth": points(3),
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )
    if end != step.new_value:
        axes.text(
            end,
            bottom + 0.04 * (top - bottom),
            f"new w = {words.number(step.new_value)}",
            color=QUIET,
            ha="right" if end > step.value else "left",
        )
        return
    if step.true_cost is not None:
        if step.predicted is not None:
            axes.plot(
                [end, end],
                np.clip([step.true_cost, step.predicted], bottom, top),
                color=INK,
                linewidth=points(2),
            )
        _mark(
            axes,
            end,
            step.true_cost,
            "o",
            9,
            mfc=FORWARD,
            mec="white",
            zorder=5,
            label=f"true new cost: {words.number(step.true_cost, 6)}",
        )
    if step.predicted is not None:
        _mark(
            axes,
            end,
            np.clip(step.predicted, bottom, top),
            "D",
            12,
            mfc="none",
            mec=BACKWARD,
            mew=points(2.5),
            zorder=4,
            label=f"predicted new cost: {words.number(step.predicted, 6)}",
        )


def _mark(axes, weight, cost, sign, pixels, **look):
    axes.plot(
        weight,
        cost,
        sign,
        markersize=points(pixels),
        linestyle="none",
        clip_on=False,
        scalex=False,
        scaley=False,
        **look,
    )
