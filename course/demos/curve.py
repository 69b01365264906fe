"""The cost along one weight, and how much of it the picture shows.

Along one weight the curve does not depend on that weight's present value, so it is computed
when another weight is chosen or the picture has to widen, never while a slider moves.
"""

import math
import time

import numpy as np

from course.demos.asking import cost_at
from course.demos.parameters import moved

POINTS = 121
SECONDS = 4.0

_HALF = 3.0
_REACH = 12.0
_WIDEST = 40.0


def window(value, new_value=None, shown=None):
    """Return (low, high), the weights to show: round numbers with `value` well inside.

    new_value : where the step ends; shown too where it is not out of all proportion.
    shown : the present window, kept where it holds both, else widened where that is enough.
    """
    scale = max(1.0, abs(value) / 10)
    wanted = [value - _HALF * scale, value + _HALF * scale]
    if new_value is not None and abs(new_value - value) <= _REACH * scale:
        reached = new_value + 0.1 * (new_value - value)
        wanted = [min(wanted[0], reached), max(wanted[1], reached)]
    else:
        new_value = value
    if shown is not None:
        low, high = shown
        if low <= value <= high and low <= new_value <= high:
            return shown
        both = [min(wanted[0], low), max(wanted[1], high)]
        if both[1] - both[0] <= max(_WIDEST, 4 * _HALF * scale):
            wanted = both
    unit = 0.5 * 10 ** math.floor(math.log10(scale))
    return unit * math.floor(wanted[0] / unit), unit * math.ceil(wanted[1] / unit)


def sample(cost, parameters, entry, shown):
    """Return the curve as an array (2, 121): the weights, and the cost at each.

    The cost is nan where the student's function gives none, and from where on it has taken
    more than 4 seconds. The other parameters stay fixed.
    """
    end = time.monotonic() + SECONDS
    weights = np.linspace(*shown, POINTS)
    costs = np.full(POINTS, np.nan)
    for i, weight in enumerate(weights):
        value, _ = cost_at(cost, moved(parameters, entry, weight))
        costs[i] = np.nan if value is None else value
        if time.monotonic() > end:
            break
    return np.array([weights, costs])


def limits(costs):
    """Return (bottom, top), the costs to show: those of the curve with room around them.

    They depend on the curve alone, so that nothing jumps while a slider moves.
    """
    costs = costs[np.isfinite(costs)]
    if costs.size == 0:
        return 0.0, 1.0
    low, high = float(costs.min()), float(costs.max())
    middle, span = (low + high) / 2, max(high - low, 1e-3 * max(1.0, abs(high)))
    return middle - 0.68 * span, middle + 0.6 * span
