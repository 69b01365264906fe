"""How well a task separates: whether those who earn much on it earn much on the rest."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import correlation

FEWEST = 20
"""With fewer students the correlation is mostly chance: at 20 its margin is 0.4 either way."""


@dataclass(frozen=True)
class Separation:
    """The correlation of a task's points with the points of the rest of its unit.

    value : the correlation, −1 to 1, or None where there is none to tell.
    low, high : the 95 % interval around it (Fisher's z), None likewise.
    words : what it means, in words.
    """

    words: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


def separation(task, rest):
    """Return the Separation of a task.

    task, rest : the points of each student on it and on all others of the unit, in one order.
    """
    if len(task) < FEWEST:
        return Separation("too few to tell")
    if _all_the_same(task):
        return Separation("nothing to tell: all earned the same")
    if _all_the_same(rest):
        return Separation("nothing to tell: the rest came out the same for all")
    value = correlation(task, rest)
    # the end points are no place for Fisher's z
    z = atanh(max(-0.999999, min(0.999999, value)))
    margin = 1.96 / sqrt(len(task) - 3)
    low, high = tanh(z - margin), tanh(z + margin)
    return Separation(_in_words(value, low, high), value, low, high)


def _all_the_same(points):
    return max(points) - min(points) < 1e-9


def _in_words(value, low, high):
    if value < 0:
        return "not at all" if high > 0 else "the wrong way: look at the task"
    said = "well" if value >= 0.4 else "somewhat" if value >= 0.2 else "hardly"
    return said if low > 0 or said == "hardly" else f"{said}, but chance could do that"
