"""The points of the decision-boundary demo, the plane they lie in, and its grid."""

import math
from dataclasses import dataclass

import numpy as np

MOST_POINTS = 1000
MOST_ADDED = 200
MOST_CLASSES = 4

SIDES = (61, 31, 16)
"""Points along each side of the grid, the finest first; for a slow predict, a coarser one."""


@dataclass(frozen=True)
class Plane:
    """The part of the plane that is shown: left < right, bottom < top."""

    left: float
    right: float
    bottom: float
    top: float

    @classmethod
    def around(cls, X):
        """Return the Plane around points X (m, 2), with a margin, never flatter than 7 : 10."""
        low, high = X.min(axis=0), X.max(axis=0)
        middle, spans = (low + high) / 2, 1.24 * (high - low)
        # points on a line, or a single one, have a plane around them as well
        width = max(*spans, 1e-6 * max(1.0, *np.abs(middle)))
        height = max(spans[1], 0.7 * width)
        return cls(*_around(middle[0], width), *_around(middle[1], height))

    def grid(self, side):
        """Return (side², 2): rows of the grid from the bottom up, each from left to right."""
        across = np.linspace(self.left, self.right, side)
        up = np.linspace(self.bottom, self.top, side)
        return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)

    def holds(self, x, y):
        """Return whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def _around(middle, length):
    return float(middle - length / 2), float(middle + length / 2)


def checked_points(X, y, classes):
    """Return X (m, 2) as float64, y (m,) as integers, and the number of classes.

    Raises ValueError for other shapes, numbers that are not finite and labels that are no
    classes; classes may be None, for as many as y names.
    """
    found = _numbers(X)
    if found is None or found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
        said = "no array of finite numbers" if found is None else f"of shape {found.shape}"
        raise ValueError(
            f"Got X {said}, but X must be finite points of the plane, shape (m, 2); "
            "write X[:, :2] to take two features."
        )
    if not 2 <= len(found) <= MOST_POINTS:
        raise ValueError(
            f"Got {len(found)} points, but this demo draws 2 to {MOST_POINTS}; write X[:200], "
            "y[:200] to take some of them."
        )
    labels = _numbers(y)
    if labels is None or labels.shape != (len(found),) or (labels != np.floor(labels)).any():
        raise ValueError(
            f"Got y={y!r:.80}, but y must be one whole number for each of the {len(found)} "
            "points; a one-hot Y becomes that with Y.argmax(axis=1)."
        )
    largest = int(labels.max())
    classes = max(2, largest + 1) if classes is None else classes
    if classes not in range(2, MOST_CLASSES + 1) or labels.min() < 0 or largest >= classes:
        raise ValueError(
            f"Got labels from {int(labels.min())} to {largest} and classes={classes!r:.80}, but "
            f"there must be 2 to {MOST_CLASSES} classes, numbered from 0; choose those points."
        )
    return found, labels.astype(int), int(classes)


def _numbers(array):
    try:
        found = np.array(array, dtype=float)
    except (TypeError, ValueError):
        return None
    return found


def checked_added(added, plane, classes):
    """Return the points added by hand, a list of [x, y, label]; raises ValueError otherwise."""
    if len(added) > MOST_ADDED:
        raise ValueError(
            f"Got {len(added)} added points, but {MOST_ADDED} can be added; set fewer."
        )
    for point in added:
        right = isinstance(point, list | tuple) and len(point) == 3
        right = right and all(isinstance(n, int | float) and math.isfinite(n) for n in point)
        if not (right and plane.holds(*point[:2]) and point[2] in range(classes)):
            raise ValueError(
                f"Got an added point {point!r:.80}, but it must be [x, y, label] within the "
                f"picture, with a label from 0 to {classes - 1}; set added=[[0.5, 0.2, 1]]."
            )
    return [[float(x), float(y), int(label)] for x, y, label in added]
