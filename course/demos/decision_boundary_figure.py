"""The picture of a decision boundary as a figure that stays, for print and feedback pages."""

import numpy as np

from course.pictures.style import FORWARD, INK, LINE, QUIET, house_style, pixel_figure, points

CLASSES = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7")
"""Those colours of Okabe and Ito that are no accent of the course, as on the screen."""

MARKERS = ("o", "s", "^", "D")


def draw(training, plane, X, y, picture):
    """Return a matplotlib Figure of a Training, its points and the words of the picture."""
    width, height = plane.right - plane.left, plane.top - plane.bottom
    with house_style():
        figure = pixel_figure(820, 130 + 520 * height / width)
        axes, beside = figure.subplots(1, 2, width_ratios=[2.4, 1])
        if training.p is not None:
            _regions(axes, training.p, plane)
        for k, label in enumerate(np.unique(y)):
            axes.scatter(
                *X[y == label].T, s=points(8.5) ** 2, marker=MARKERS[label], color=CLASSES[label],
                edgecolor=INK, linewidth=points(1.2), zorder=3 + k, label=f"class {label}",
            )  # fmt: skip
        wrong = (training.own >= 0) & (training.own != y)
        axes.scatter(
            *X[wrong].T, s=points(18) ** 2, marker="o", facecolor="none", edgecolor=INK,
            linewidth=points(1.6), zorder=9, label="in a wrong region",
        )  # fmt: skip
        axes.set(xlim=(plane.left, plane.right), ylim=(plane.bottom, plane.top))
        axes.set(xlabel="X[:, 0]", ylabel="X[:, 1]", aspect="equal")
        axes.tick_params(length=0)
        _curve(beside, training.history, picture["curve_name"])
        figure.legend(loc="outside upper center", ncols=5, frameon=False, fontsize=points(12))
        figure.supxlabel(picture["sentence"], color=QUIET, fontsize=points(12), wrap=True)
        figure.set_layout_engine("constrained", w_pad=0.12)
    return figure


def _regions(axes, p, plane):
    from matplotlib.colors import to_rgb

    classes, side = len(p), p.shape[1]
    top = p.max(axis=0)
    strength = 0.1 + 0.5 * (top - 1 / classes) / (1 - 1 / classes)
    colours = np.array([to_rgb(colour) for colour in CLASSES])[p.argmax(axis=0)]
    # each colour belongs to a point of the grid, and fills the half cell around it
    half_x = (plane.right - plane.left) / (side - 1) / 2
    half_y = (plane.top - plane.bottom) / (side - 1) / 2
    axes.imshow(
        np.dstack([colours, strength]), origin="lower", interpolation="bilinear",
        extent=(plane.left - half_x, plane.right + half_x,
                plane.bottom - half_y, plane.top + half_y),
    )  # fmt: skip
    across = np.linspace(plane.left, plane.right, side)
    up = np.linspace(plane.bottom, plane.top, side)
    # p may jump from 0 to 1 between two points; its logarithms tell where between them
    logs = np.log(np.maximum(p, 1e-30))
    for k in range(classes if classes > 2 else 1):
        margin = logs[k] - np.delete(logs, k, axis=0).max(axis=0)
        if margin.min() < 0 < margin.max():
            axes.contour(across, up, margin, [0], colors=INK, linewidths=points(2))


def _curve(axes, history, name):
    axes.set_title(name, fontsize=points(13), loc="left")
    axes.set_xlabel("step")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=LINE, linewidth=points(1))
    axes.set_axisbelow(True)
    if history:
        axes.plot(*zip(*history, strict=True), color=FORWARD, linewidth=points(2))
        axes.plot(*history[-1], "o", color=FORWARD, markersize=points(6))
        axes.set_ylim(0, None)
