"""One sigmoid unit that is badly wrong: how hard each cost pushes, and when it has learned."""

import numpy as np

from course.forward import sigmoid
from course.pictures import style
from course.pictures.numbers import value_text
from course.pictures.picture import Picture

# all lengths in CSS pixels; panels as left, right, bottom, top
_WIDTH, _HEIGHT = 900, 400
_PUSH, _LEARNING = (64, 420, 70, 316), (530, 872, 70, 316)
_DASHES = (0, (6, 3))


def two_costs_picture(z=-5.0, *, rate=1.0, steps=200):
    """Return a Picture of |dC/dz| of both costs of one sigmoid unit, and of its learning.

    The unit's target is 1. Cross-entropy is −log a, the quadratic cost ½(a − 1)²; their slopes
    are taken by a complex step, and each step is z ← z − rate·dC/dz.

    Parameters
    ----------
    z : where learning starts, −10 to 10.
    rate : the learning rate, positive.
    steps : how many steps to show, 10 to 5000.

    Raises ValueError for values out of range.
    """
    if not abs(z) <= 10:
        raise ValueError(f"Got z={z!r}, but learning starts between -10 and 10; try z=-5.0.")
    if not rate > 0:
        raise ValueError(f"Got rate={rate!r}, but the rate must be positive; try rate=1.0.")
    if isinstance(steps, bool) or steps not in range(10, 5001):
        raise ValueError(
            f"Got steps={steps!r}, but 10 to 5000 whole steps are drawn; try steps=200."
        )
    paths = {name: _descend(cost, z, rate, steps) for name, cost in _COSTS.items()}
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        _draw_pushes(figure, float(z))
        _draw_learning(figure, paths, rate)
    return Picture(figure, _words(z, rate, paths))


_COSTS = {
    "cross-entropy": lambda z: -np.log(sigmoid(z)),
    "quadratic cost": lambda z: (sigmoid(z) - 1) ** 2 / 2,
}
_LOOKS = {
    "cross-entropy": {"color": style.BACKWARD},
    "quadratic cost": {"color": style.INK, "linestyle": _DASHES},
}
_TEXTS = {"cross-entropy": style.BACKWARD_TEXT, "quadratic cost": style.INK}


def _slope(cost, z):
    return np.imag(cost(np.asarray(z, dtype=complex) + 1e-20j)) / 1e-20


def _descend(cost, z, rate, steps):
    """Return the unit's output a after 0, 1, … steps, shape (steps + 1,)."""
    path = [float(z)]
    for _ in range(steps):
        path.append(path[-1] - rate * float(_slope(cost, path[-1])))
    return sigmoid(np.array(path))


def _axes(figure, panel, title):
    left, right, bottom, top = panel
    box = [left / _WIDTH, bottom / _HEIGHT, (right - left) / _WIDTH, (top - bottom) / _HEIGHT]
    axes = figure.add_axes(box)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.spines["bottom"].set_color(style.LINE)
    axes.tick_params(length=0, labelsize=style.points(12.5), pad=style.points(7))
    for height in (0, 0.5, 1):
        axes.axhline(height, color=style.LINE, linewidth=style.points(0.8), zorder=0)
    axes.set(ylim=(-0.02, 1.05))
    axes.set_yticks([0, 0.5, 1], ["0", "½", "1"])
    figure.text((left - 34) / _WIDTH, 1 - 28 / _HEIGHT, title, fontsize=style.points(15),
                fontweight="bold", va="center")  # fmt: skip
    return axes


def _draw_pushes(figure, z):
    axes = _axes(figure, _PUSH, "How hard each cost pushes: |dC/dz|, target 1")
    grid = np.linspace(-10, 10, 401)
    for name, cost in _COSTS.items():
        axes.plot(grid, np.abs(_slope(cost, grid)), linewidth=style.points(2.6), **_LOOKS[name])
        here = float(np.abs(_slope(cost, z)))
        mark = {"color": _LOOKS[name]["color"], "markersize": style.points(10), "zorder": 5}
        axes.plot(z, here, "o", markeredgecolor=style.PANEL, clip_on=False, **mark)
    axes.axvline(z, color=style.QUIET, linewidth=style.points(0.8), zorder=1)
    axes.set(xlim=(-10, 10), xticks=range(-10, 11, 5))
    axes.set_xlabel("z", fontsize=style.points(14), labelpad=style.points(4))
    tone = {"fontsize": style.points(13), "va": "center"}
    axes.text(1.0, 0.64, "cross-entropy", color=_TEXTS["cross-entropy"], **tone)
    axes.text(2.3, 0.17, "quadratic cost", color=_TEXTS["quadratic cost"], **tone)
    left, right, *_ = _PUSH
    pushes = [f"{value_text(float(abs(_slope(c, z))))}" for c in _COSTS.values()]
    figure.text(left / _WIDTH, 1 - 56 / _HEIGHT,
                f"at z = {z:g}: {pushes[0]} against {pushes[1]}".replace("-", "−"),
                fontsize=style.points(12.5), color=style.QUIET, va="center")  # fmt: skip


def _draw_learning(figure, paths, rate):
    axes = _axes(figure, _LEARNING, "The output a, step by step")
    for name, a in paths.items():
        axes.plot(a, linewidth=style.points(2.6), clip_on=False, **_LOOKS[name])
    steps = len(next(iter(paths.values()))) - 1
    axes.set(xlim=(0, steps))
    axes.set_xlabel(f"steps at the rate {rate:g}", fontsize=style.points(13),
                    labelpad=style.points(4))  # fmt: skip
    said = [f"{name}: {_half(a)}" for name, a in paths.items()]
    for row, (name, text) in enumerate(zip(paths, said, strict=True)):
        figure.text(_LEARNING[0] / _WIDTH, 1 - (54 + 18 * row) / _HEIGHT, text,
                    fontsize=style.points(12.5), color=_TEXTS[name], va="center")  # fmt: skip


def _half(a):
    """Say after how many steps the output first exceeds one half."""
    past = np.flatnonzero(a > 0.5)
    if not past.size:
        return f"still below ½ after {len(a) - 1} steps"
    return f"past ½ after {past[0]} step{'s' if past[0] != 1 else ''}"


def _words(z, rate, paths):
    here = {name: value_text(float(abs(_slope(cost, z)))) for name, cost in _COSTS.items()}
    ends = ", ".join(f"{name} {_half(a)}" for name, a in paths.items())
    return (
        "Left: the size of dC/dz of one sigmoid unit with the target 1, against z. With "
        "cross-entropy it is near 1 where z is far below zero and falls to 0 on the right; with "
        "the quadratic cost it is a low bump near zero that fades on both sides. At "
        f"z = {z:g}: {here['cross-entropy']} with cross-entropy, "
        f"{here['quadratic cost']} with the quadratic cost. Right: the output a while learning "
        f"from there at the rate {rate:g}: {ends}."
    )
