"""Which classes are taken for which: a table of counts, drawn."""

import numpy as np

from course.pictures import style
from course.pictures.picture import Picture

_WIDTH, _HEIGHT = 640, 560


def confusion_picture(y, predicted, *, title="What was taken for what"):
    """Return a Picture of the table of counts: a row for each true class, a column for each taken.

    y, predicted : (m,), integers from 0 to K − 1, K at most 20. The diagonal holds what is
    right; each other cell that is not empty is filled, the darker the more, with its count.

    Raises ValueError for arrays of different lengths or more than 20 classes.
    """
    y, predicted = np.asarray(y), np.asarray(predicted)
    if y.ndim != 1 or y.shape != predicted.shape or not len(y):
        raise ValueError(
            f"Got y of shape {y.shape} and predicted of shape {predicted.shape}, but they are "
            "labels (m,), one of each for every example."
        )
    if min(y.min(), predicted.min()) < 0 or max(y.max(), predicted.max()) >= 20:
        raise ValueError("Got labels outside 0 to 19, but the table holds up to 20 classes.")
    classes = int(max(y.max(), predicted.max())) + 1
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (y, predicted), 1)
    with style.house_style():
        figure = style.pixel_figure(_WIDTH, _HEIGHT)
        axes = figure.add_axes([0.12, 0.11, 0.84, 0.76])
        _draw(axes, counts)
        axes.set_title(
            title, fontsize=style.points(15), fontweight="bold", loc="left", pad=style.points(12)
        )
    return Picture(figure, _words(counts, title))


def _draw(axes, counts):
    classes = len(counts)
    wrong = counts * (1 - np.eye(classes, dtype=int))
    most = max(wrong.max(), 1)
    for row, column in np.ndindex(counts.shape):
        count = counts[row, column]
        right = row == column
        face = style.FORWARD_TINT if right else style.PANEL
        if count and not right:
            # from a light to a full vermilion
            face = tuple(np.array([1.0, 0.87, 0.77]) * (1 - count / most)
                         + np.array([0.835, 0.37, 0.0]) * (count / most))  # fmt: skip
        axes.fill(
            [column - 0.5, column + 0.5, column + 0.5, column - 0.5],
            [row - 0.5, row - 0.5, row + 0.5, row + 0.5],
            facecolor=face, edgecolor=style.LINE, linewidth=style.points(0.8),
        )  # fmt: skip
        if count:
            axes.text(
                column, row, str(count), ha="center", va="center", fontsize=style.points(14),
                color=style.FORWARD_TEXT if right else style.INK,
                fontweight="normal" if right else "bold",
            )  # fmt: skip
    axes.set(xlim=(-0.5, classes - 0.5), ylim=(classes - 0.5, -0.5))
    axes.set_xticks(range(classes))
    axes.set_yticks(range(classes))
    axes.tick_params(length=0, labelsize=style.points(13))
    axes.set_xlabel("taken for", fontsize=style.points(14))
    axes.set_ylabel("is", fontsize=style.points(14))
    axes.spines[:].set_visible(False)


def _words(counts, title):
    total, right = counts.sum(), np.trace(counts)
    said = [f"{title}. A table of {total} examples: {right} are right, {total - right} are not."]
    pairs = [
        (counts[row, column], row, column)
        for row, column in np.ndindex(counts.shape)
        if row != column and counts[row, column]
    ]
    for count, row, column in sorted(pairs, key=lambda pair: -pair[0]):
        said.append(f"{row} taken for {column}: {count}.")
    return "\n".join(said)
