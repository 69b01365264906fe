"""How a class did on each task: how its points are spread, how hard it was, what it separates."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import fmean

from autograder.report.cell_names import task_name
from autograder.report.separation import Separation, separation


@dataclass(frozen=True)
class Slice:
    """How many students earned points of one range.

    label : the range, in words. tick : the same in a few letters, for below a bar.
    """

    label: str
    tick: str
    count: int


@dataclass(frozen=True)
class TaskSummary:
    """How a class did on one task.

    name : the function; possible : its points; mean : earned by those who were graded.
    right, partly, wrong : how many earned all, some and none of the points.
    waiting : for how many it waits to be graded by hand; they count in nothing else here.
    spread : the Slices of its points, from nothing to all.
    separation : its Separation.
    """

    name: str
    possible: float
    mean: float
    right: int
    partly: int
    wrong: int
    waiting: int
    spread: tuple[Slice, ...]
    separation: Separation

    @property
    def counted(self):
        """How many students it tells of."""
        return self.right + self.partly + self.wrong

    @property
    def share(self):
        """The mean as a part of what is possible, from 0 to 1: the lower, the harder."""
        return self.mean / self.possible if self.possible else 0.0


def summaries(cells, graded):
    """Return the TaskSummary of each graded cell.

    cells : label -> points possible. graded : the Results whose notebooks could be graded.
    """
    unfinished = {cell for result in graded for cell in result.waiting}
    return [_summary(cell, possible, graded, unfinished) for cell, possible in cells.items()]


def _summary(cell, possible, graded, unfinished):
    """Return the TaskSummary of a cell; unfinished are the cells that wait for anybody."""
    through = [result for result in graded if cell not in result.waiting]
    earned = [result.cells.get(cell) or 0.0 for result in through]
    # what some have points for, and others not yet, is nothing to hold a task against
    aside = {cell, *unfinished}
    rest = [
        sum(points or 0.0 for other, points in result.cells.items() if other not in aside)
        for result in through
    ]
    right = sum(points >= possible for points in earned)
    wrong = sum(points <= 0 < possible for points in earned)
    return TaskSummary(
        task_name(cell),
        possible,
        fmean(earned) if earned else 0.0,
        right,
        len(earned) - right - wrong,
        wrong,
        len(graded) - len(through),
        spread(earned, possible, 5),
        separation(earned, rest),
    )


def spread(earned, possible, steps):
    """Return the Slices of points: nothing, `steps` equal ranges up to all, and all.

    earned : points of each student; more than possible counts as all, less than nothing as
    nothing. A range holds its upper end, but the last one does not hold all.
    """
    counts = [0] * (steps + 2)
    for points in earned:
        if points >= possible:
            counts[-1] += 1
        elif points <= 0:
            counts[0] += 1
        else:
            # rounded first: 0.6 of 3 points is a fifth, whatever floats make of it
            counts[min(steps, ceil(round(points / possible * steps, 9)))] += 1
    ends = [possible * k / steps for k in range(steps + 1)]
    inner = [(f"over {a:g} to {b:g}", f"≤{b:g}") for a, b in pairwise(ends[:-1])]
    last = (f"over {ends[-2]:g}, not all", f"<{possible:g}")
    named = [("0", "0"), *inner, last, (f"all {possible:g}", f"{possible:g}")]
    return tuple(Slice(*names, count) for names, count in zip(named, counts, strict=True))
