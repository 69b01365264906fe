"""What a gradient costs, in forward passes: by a backward pass, and by differences."""

import numpy as np

from course.pictures import style
from course.pictures.picture import Picture

_WIDTH, _HEIGHT = 900, 460
_BOX = (92, 690, 78, 396)  # left, right, bottom, top, in CSS pixels


def pass_costs_picture(parameters, backward, differences):
    """Return a Picture of what a gradient costs as a network grows, both axes logarithmic.

    Costs are in units of one forward pass through the same network.

    Parameters
    ----------
    parameters : (k,), the number of parameters of each network, ascending.
    backward : (k,), the cost of a backward pass.
    differences : (j,), j up to k, the cost of central differences for the first j networks,
        where they were measured. Beyond them the line goes on, dashed, in proportion to N.

    Raises ValueError where the numbers are not positive and finite, or too many or too few.
    """
    parameters, backward, differences = (
        np.asarray(values, dtype=float) for values in (parameters, backward, differences)
    )
    fits = parameters.shape == backward.shape and 0 < differences.size <= parameters.size > 1
    everything = np.concatenate([parameters.ravel(), backward.ravel(), differences.ravel()])
    if not fits or not np.all(np.isfinite(everything) & (everything > 0)):
        raise ValueError(
            f"Got {parameters.size} networks, {backward.size} backward passes and "
            f"{differences.size} differences, but all must be positive and finite, as many "
            "backward passes as networks, and at most as many differences."
        )
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        _draw(figure, parameters, backward, differences)
    return Picture(figure, _words(parameters, backward, differences))


def _draw(figure, parameters, backward, differences):
    left, right, bottom, top = _BOX
    place = [left / _WIDTH, bottom / _HEIGHT, (right - left) / _WIDTH, (top - bottom) / _HEIGHT]
    axes = figure.add_axes(place)
    axes.set(xscale="log", yscale="log")
    axes.set_xlim(parameters[0] / 1.3, parameters[-1] * 1.3)
    axes.set_ylim(0.4, 5 * parameters[-1])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.spines["bottom"].set_color(style.LINE)
    axes.tick_params(length=0, which="both", labelsize=style.points(12.5))
    axes.minorticks_off()
    axes.grid(axis="y", color=style.LINE, linewidth=style.points(0.8))
    axes.set_axisbelow(True)
    size = style.points(13)
    axes.set_xlabel("parameters N of the network", fontsize=size, labelpad=style.points(8))
    axes.set_ylabel("forward passes", fontsize=size, labelpad=style.points(6))
    figure.text(
        24 / _WIDTH,
        1 - 30 / _HEIGHT,
        "What one gradient costs, in forward passes",
        fontsize=style.points(15),
        fontweight="bold",
        va="center",
    )
    wide = {"linewidth": style.points(2.2), "clip_on": False}
    seen = len(differences)
    ahead = parameters[seen - 1 :]
    beyond = differences[-1] * ahead / ahead[0]
    axes.plot(ahead, beyond, color=style.INK, linestyle=(0, (4, 3)), **wide)
    marker = {"markersize": style.points(8), "zorder": 3}
    axes.plot(parameters[:seen], differences, "s-", color=style.INK, **marker, **wide)
    axes.plot(parameters, backward, "o-", color=style.BACKWARD, **marker, **wide)
    axes.axhline(1, color=style.FORWARD, linewidth=style.points(1.6), linestyle=(0, (1, 2)))
    beside = parameters[-1] * 1.45
    look = {"fontsize": style.points(13.5), "va": "center", "clip_on": False}
    axes.text(beside, beyond[-1], "central differences\n(dashed: not measured)", **look)
    axes.text(
        beside,
        max(backward[-1], 4),
        f"backward pass:\n{backward[-1]:.1f} at the right",
        color=style.BACKWARD_TEXT,
        **look,
    )
    axes.text(beside, 0.8, "one forward pass", color=style.FORWARD_TEXT, **look)


def _words(parameters, backward, differences):
    """Return the text alternative: the measured numbers, and what they do as N grows."""
    pairs = ", ".join(f"{b:.2g} at N = {n:,.0f}" for n, b in zip(parameters, backward, strict=True))
    slow = ", ".join(
        f"{d:,.0f} at N = {n:,.0f}" for n, d in zip(parameters, differences, strict=False)
    )
    return (
        "What one gradient costs, in forward passes, over the number of parameters N, both axes "
        f"logarithmic. By a backward pass: {pairs}. By central differences: {slow}, and from "
        f"there on in proportion to N, up to N = {parameters[-1]:,.0f}."
    )
