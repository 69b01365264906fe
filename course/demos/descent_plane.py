"""The cost over the plane of two weights, and how much of that plane the picture shows.

Over the plane the cost does not depend on where those two weights stand, so it is computed
when another pair is chosen or the picture has to widen, never while a slider moves.
"""

import math
import time
from dataclasses import dataclass

import numpy as np

from course.demos.asking import cost_at
from course.demos.parameters import placed

CELLS = 60, 48
"""Cells of the finest grid, in both directions; the picture is wider than high, 5 to 4."""

SECONDS = 4.0

_AT_EASE = 0.4
_GRIDS = 3
_HALF_HEIGHT = 2.5
_REACH = 10.0
_HIGHEST = 32.0


@dataclass(frozen=True)
class Plane:
    """Costs (len(y), len(x)) over the values x of the first weight and y of the second.

    nan stands where the student's function gives no number.
    """

    x: np.ndarray
    y: np.ndarray
    costs: np.ndarray

    @property
    def blank(self):
        """Whether there is no cost anywhere."""
        return not np.isfinite(self.costs).any()

    @property
    def sketch(self):
        """The costs of the first, coarse grid, which do not depend on how quick the cost is."""
        stride = (len(self.x) - 1) * 2 ** (_GRIDS - 1) // CELLS[0]
        return self.costs[::stride, ::stride]


def holds(shown, point):
    """Say whether a point lies in the window shown, (left, right, bottom, top)."""
    left, right, bottom, top = shown
    return left <= point[0] <= right and bottom <= point[1] <= top


def window(point, new_point=None, shown=None):
    """Return (left, right, bottom, top) to show: 5 wide to 4 high, with `point` well inside.

    Both weights have one scale, so that a right angle looks like one.

    new_point : where the step ends; shown too where it is not out of all proportion.
    shown : the present window, kept where it holds both, else widened where that is enough.
    """
    x, y = point
    scale = max(1.0, max(map(abs, point)) / 10)
    half = _HALF_HEIGHT * scale
    sides = [x - 1.25 * half, x + 1.25 * half, y - half, y + half]
    if new_point is None or math.dist(point, new_point) > _REACH * scale:
        new_point = point
    if shown is not None:
        if holds(shown, point) and holds(shown, new_point):
            return shown
        both = _around(sides, shown[0::2], shown[1::2])
        if both[3] - both[2] <= max(_HIGHEST, 4 * half):
            sides = both
    reached = [new + 0.15 * (new - old) for old, new in zip(point, new_point, strict=True)]
    return _shaped(_around(sides, reached), 0.5 * 10 ** math.floor(math.log10(scale)))


def _around(sides, *points):
    x, y = [sides[0], sides[1]], [sides[2], sides[3]]
    for point in points:
        x.append(point[0])
        y.append(point[1])
    return [min(x), max(x), min(y), max(y)]


def _shaped(sides, unit):
    """Return round sides 5 to 4 that hold these, with what they hold in the middle."""
    left, right, bottom, top = sides
    parts = max(math.ceil((right - left) / unit / 5), math.ceil((top - bottom) / unit / 4))
    # one more, because moving the corner to a round number may cut off as much
    width, height = 5 * unit * (parts + 1), 4 * unit * (parts + 1)
    left = unit * math.floor((left + right - width) / 2 / unit)
    bottom = unit * math.floor((bottom + top - height) / 2 / unit)
    return left, left + width, bottom, bottom + height


def sample(cost, parameters, chosen, shown):
    """Return the Plane of two entries over the window shown; the other parameters stay fixed.

    The grid is made finer twice, as far as the student's cost is quick enough for that. What
    is not there after 4 seconds is nan.
    """
    start = time.monotonic()
    left, right, bottom, top = shown
    x, y = np.linspace(left, right, CELLS[0] + 1), np.linspace(bottom, top, CELLS[1] + 1)
    costs, asked = np.full((len(y), len(x)), np.nan), np.zeros((len(y), len(x)), dtype=bool)
    coarse = None
    for stride in (2**n for n in reversed(range(_GRIDS))):
        for j in range(0, len(y), stride):
            for i in range(0, len(x), stride):
                if asked[j, i]:
                    continue
                value, _ = cost_at(cost, placed(parameters, chosen, [x[i], y[j]]))
                asked[j, i], costs[j, i] = True, np.nan if value is None else value
                if time.monotonic() - start > SECONDS:
                    return coarse or _every(x, y, costs, stride)
        coarse = _every(x, y, costs, stride)
        # the next grid has four times as many points
        if 4 * (time.monotonic() - start) > _AT_EASE:
            break
    return coarse


def _every(x, y, costs, stride):
    return Plane(x[::stride], y[::stride], costs[::stride, ::stride].copy())
