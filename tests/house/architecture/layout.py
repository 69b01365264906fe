"""Where the rooms lie: floors one below the other, arrows with few crossings and few bends."""

from collections import defaultdict
from itertools import pairwise

SWEEPS = 24


def rows_and_ways(rooms, level, pairs):
    """Return the floors' stops, left to right, and each pair's way over the floors between.

    rooms : the rooms' names; level : room -> floor; pairs : (from, to). A stop is a room's name,
    or (pair, floor) where an arrow passes a floor.
    """
    rows, ways = defaultdict(list), []
    for name in rooms:
        rows[level[name]].append(name)
    for one, other in pairs:
        between = [((one, other), floor) for floor in range(level[one] + 1, level[other])]
        for stop in between:
            rows[stop[1]].append(stop)
        ways.append([one, *between, other])
    ordered, beside = [rows[floor] for floor in sorted(rows)], _beside(ways)
    for sweep in range(SWEEPS):
        towards = -1 if sweep % 2 == 0 else 1
        for k in range(len(ordered))[::-towards]:
            if 0 <= k + towards < len(ordered):
                _sort_by_neighbours(ordered[k], ordered[k + towards], beside)
    return ordered, ways


def places(rows, ways, widths, gap, span):
    """Return stop -> the x of its middle.

    widths : of those stops that have one; gap : the least distance between two;
    span : (left, right), what all keep within.
    """
    beside, (left, right) = _beside(ways), span
    wide = {stop: widths.get(stop, 0) for row in rows for stop in row}
    x = {}
    for row in rows:
        step = (right - left) / (len(row) + 1)
        x |= {stop: left + step * k for k, stop in enumerate(row, start=1)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_mean([x[other] for other in beside[stop]] or [x[stop]]) for stop in row]
            x |= zip(row, _apart(wanted, [wide[stop] for stop in row], gap, span), strict=True)
    return x


def _beside(ways):
    """Return stop -> the stops just before and after it on the ways."""
    found = defaultdict(list)
    for way in ways:
        for one, other in pairwise(way):
            found[one].append(other)
            found[other].append(one)
    return found


def _sort_by_neighbours(row, next_row, beside):
    """Order a row as its stops' neighbours on the next one are ordered."""
    there = {stop: place / len(next_row) for place, stop in enumerate(next_row)}

    def wanted(entry):
        place, stop = entry
        near = [there[other] for other in beside[stop] if other in there]
        return _mean(near or [place / len(row)])

    row[:] = [stop for _, stop in sorted(enumerate(row), key=wanted)]


def _apart(wanted, widths, gap, span):
    """Return places near the wanted ones, in the same order, far enough from each other."""
    least = [(a + b) / 2 + gap for a, b in pairwise(widths)]
    low, high = span[0] + widths[0] / 2, span[1] - widths[-1] / 2
    to_the_right, to_the_left = list(wanted), list(wanted)
    to_the_right[0] = max(low, wanted[0])
    for k, step in enumerate(least, start=1):
        to_the_right[k] = max(wanted[k], to_the_right[k - 1] + step)
    to_the_left[-1] = min(high, wanted[-1])
    for k, step in reversed(list(enumerate(least))):
        to_the_left[k] = min(wanted[k], to_the_left[k + 1] - step)
    found = [(a + b) / 2 for a, b in zip(to_the_right, to_the_left, strict=True)]
    # what sticks out on one side is pushed back, and pushes the others
    found[-1] = min(found[-1], high)
    for k, step in reversed(list(enumerate(least))):
        found[k] = min(found[k], found[k + 1] - step)
    found[0] = max(found[0], low)
    for k, step in enumerate(least, start=1):
        found[k] = max(found[k], found[k - 1] + step)
    return found


def _mean(numbers):
    return sum(numbers) / len(numbers)
