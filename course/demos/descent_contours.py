"""Contour lines of the cost over two weights: at which costs, through where, labelled where."""

import math

import numpy as np

from course.demos.words import number

FINE = 180, 144
"""Cells of the grid on which lines are traced, so that they look smooth."""

_LINES = 10
_LOW_LINES = 6
_MOST = 18


def levels(costs):
    """Return the costs at which a line is drawn: round ones in equal steps.

    Where most of the plane is low, the steps fit that part and double above it.
    """
    costs = costs[np.isfinite(costs)]
    if costs.size == 0 or costs.min() == costs.max():
        return []
    low, middle, high = np.quantile(costs, [0.0, 0.5, 0.97])
    step = _round_step((high - low) / _LINES)
    if step == 0 or middle < low + step:
        high = np.quantile(costs, 0.6)
        step = _round_step((high - low) / _LOW_LINES)
    if step == 0:
        return []
    first = math.floor(low / step) + 1
    found = [step * n for n in range(first, math.floor(high / step) + 1)] or [step * first]
    while found[-1] + 2 * step < costs.max() and len(found) < _MOST:
        step *= 2
        found.append(found[-1] + step)
    return [float(level) for level in found if level < costs.max()]


def _round_step(rough):
    if not rough > 0 or not math.isfinite(rough):
        return 0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * min((1, 2, 5, 10), key=lambda factor: abs(math.log(factor * power / rough)))


def level_texts(costs):
    """Return what the lines are labelled with, in as few digits as tell them apart."""
    for digits in range(3, 9):
        texts = [number(cost, digits) for cost in costs]
        if len(set(texts)) == len(texts):
            break
    return texts if costs else []


class Contours:
    """The lines of a Plane, traced on a finer grid between whose points the cost is cubic."""

    def __init__(self, plane):
        from contourpy import contour_generator

        costs = plane.costs
        x, y = plane.x, plane.y
        if np.isfinite(costs).all():
            across, up = _between(len(x), FINE[0]), _between(len(y), FINE[1])
            costs = up @ costs @ across.T
            x, y = np.linspace(x[0], x[-1], len(across)), np.linspace(y[0], y[-1], len(up))
        # of two ways to trace lines, the one that keeps each in one piece
        self._generator = contour_generator(x, y, costs, name="serial", line_type="Separate")

    def lines(self, cost):
        """Return the lines of this cost, a list of arrays (n, 2) of points."""
        return self._generator.lines(cost)


def _between(points, cells):
    """Return the matrix (cells + 1, points) from values at points to those at finer ones.

    The cubic convolution of Keys (1981), "Cubic convolution interpolation for digital image
    processing", with a = −1/2; beyond the ends the values go on straight.
    """
    place = np.linspace(0, points - 1, cells + 1)
    left = np.minimum(place.astype(int), points - 2)
    t = place - left
    weights = {
        -1: -0.5 * t + t**2 - 0.5 * t**3,
        0: 1 - 2.5 * t**2 + 1.5 * t**3,
        1: 0.5 * t + 2 * t**2 - 1.5 * t**3,
        2: -0.5 * t**2 + 0.5 * t**3,
    }
    wide, rows = np.zeros((cells + 1, points + 2)), np.arange(cells + 1)
    for offset, weight in weights.items():
        wide[rows, left + 1 + offset] = weight
    matrix = wide[:, 1:-1]
    for outside, end, inner in ((0, 0, 1), (-1, -1, -2)):
        matrix[:, end] += 2 * wide[:, outside]
        matrix[:, inner] -= wide[:, outside]
    return matrix


def joined_lines(lines):
    """Return lines as one array (n, 2), with a row of nan after each."""
    end = np.full((1, 2), np.nan)
    return np.concatenate([np.empty((0, 2)), *(part for line in lines for part in (line, end))])


def labels(lines_of, shown, clear=()):
    """Return where the label of each level goes, (x, y, degrees), or None where it has no room.

    lines_of : for each level its lines. A label lies on a straight stretch of a line, away from
    the border, the other labels and the points to be kept `clear`; degrees are counted from the
    x-axis, from −90 to 90.
    """
    left, right, bottom, top = shown
    width, taken = right - left, np.array(clear, dtype=float).reshape(-1, 2)
    found = [None] * len(lines_of)
    # the highest first: the border cuts them, so that they have the fewest places
    for level, lines in reversed([*enumerate(lines_of)]):
        places = [_straight(line, 0.045 * width) for line in lines]
        places = np.concatenate([np.empty((0, 3)), *places])
        x, y = places[:, 0], places[:, 1]
        border = np.min([x - left, right - x, y - bottom, top - y], axis=0, initial=width)
        room = np.minimum(border - 0.05 * width, 0.2 * width)
        if len(taken):
            gaps = np.linalg.norm(places[:, None, :2] - taken, axis=2).min(axis=1)
            room = np.minimum(room, gaps - 0.2 * width)
        best = int(np.argmax(room)) if room.size else -1
        if best >= 0 and room[best] > 0:
            taken = np.vstack([taken, places[best, :2]])
            found[level] = [float(value) for value in places[best]]
    return found


def _straight(line, half):
    """Return (x, y, degrees) of the points of a line that stay nearly straight so far each way."""
    lengths = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    inside = (along >= half) & (along <= along[-1] - half)
    ends = [
        np.column_stack([np.interp(along[inside] + side, along, line[:, n]) for n in (0, 1)])
        for side in (-half, half)
    ]
    chord = ends[1] - ends[0]
    straight = np.linalg.norm(chord, axis=1) > 1.96 * half
    angles = np.degrees(np.arctan2(chord[:, 1], chord[:, 0]))
    angles = (angles + 90) % 180 - 90
    return np.column_stack([line[inside], angles])[straight]
