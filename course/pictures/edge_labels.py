"""Where along its edge each label of a fully connected pair of layers goes.

A label lies along its edge, so that it cannot be taken for another's, and may sit anywhere on
it. Labels must keep clear of one another and of the units; of the places left, those are
better that lie away from other edges. Edges that mirror each other in the picture's middle
line share one place, so that the whole looks tidy.
"""

import numpy as np

_STEPS = np.linspace(0.1, 0.9, 49)
_CLOSE, _AIRY, _EDGE_GAP = 4.0, 14.0, 5.0
_FORBIDDEN = 1e6


def place_labels(starts, ends, sizes, mirrors, units, written):
    """Return the centre of each edge's label, shape (E, 2), or None where they cannot all fit.

    Lengths are in pixels.

    Parameters
    ----------
    starts, ends : (E, 2), the ends of each edge.
    sizes : (E, 2), the length of each label's box along its edge, and across it.
    mirrors : E integers: the edge that each edge mirrors (itself where there is none).
    units : circles to keep clear of: x, y and radius.
    written : upright boxes to keep clear of: left, bottom, right and top.
    """
    edges = range(len(starts))
    centres = starts[:, None] + _STEPS[None, :, None] * (ends - starts)[:, None]
    lonely = _lonely_costs(centres, starts, ends, sizes, units, written)
    if (lonely.min(axis=1) >= _FORBIDDEN).any():
        return None
    paired = _paired_costs(centres, starts, ends, sizes)
    both = lonely[:, :, None, None] + lonely + paired
    if (both.min(axis=(1, 3)) >= _FORBIDDEN).any():
        return None
    twins = [sorted({e, mirrors[e]}) for e in edges if e <= mirrors[e]]
    for groups in (twins, [[e] for e in edges]):
        choice, cost = _choose(lonely, paired, groups)
        if cost < _FORBIDDEN:
            return centres[edges, choice]
    return None


def gap(centre, way, half, other_centre, other_way, other_half):
    """Return how far apart two turned boxes are along the best of their axes; below 0 they meet.

    centre : (..., 2). way : (..., 2), the unit vector along the box. half : (..., 2), half its
    length and half its breadth. Two convex shapes are apart exactly where they are so along the
    normal of one of their sides (the separating axis theorem).
    """
    offset = other_centre - centre
    best = -np.inf
    for axis in (way, _across(way), other_way, _across(other_way)):
        reach = _reach(axis, way, half) + _reach(axis, other_way, other_half)
        best = np.maximum(best, np.abs(_dot(offset, axis)) - reach)
    return best


def _gap_to_point(centre, way, half, point):
    """Return how far a point lies from a turned box; 0 inside."""
    offset = point - centre
    along = np.abs(_dot(offset, way)) - half[..., 0]
    across = np.abs(_dot(offset, _across(way))) - half[..., 1]
    return np.hypot(np.maximum(along, 0.0), np.maximum(across, 0.0))


def _dot(one, other):
    # several times as fast as a sum over an axis of two
    return one[..., 0] * other[..., 0] + one[..., 1] * other[..., 1]


def _across(way):
    return np.stack([-way[..., 1], way[..., 0]], axis=-1)


def _reach(axis, way, half):
    along = np.abs(_dot(axis, way)) * half[..., 0]
    return along + np.abs(_dot(axis, _across(way))) * half[..., 1]


def _ways(starts, ends):
    ways = ends - starts
    return ways / np.linalg.norm(ways, axis=-1, keepdims=True)


def _lonely_costs(centres, starts, ends, sizes, units, written):
    """Return what each place of each label costs by itself, shape (E, places)."""
    ways, half = _ways(starts, ends)[:, None], sizes[:, None] / 2
    costs = np.tile(8.0 * (_STEPS - 0.5) ** 2, (len(starts), 1))
    for x, y, radius in units:
        apart = _gap_to_point(centres, ways, half, np.array([x, y])) - radius
        costs += np.where(apart < _CLOSE, _FORBIDDEN, 0.0)
    for left, bottom, right, top in written:
        middle = np.array([left + right, bottom + top]) / 2
        reach = np.array([right - left, top - bottom]) / 2
        apart = gap(centres, ways, half, middle, np.array([1.0, 0.0]), reach)
        costs += np.where(apart < _CLOSE, _FORBIDDEN, 0.0)
    for other in range(len(starts)):
        middle = (starts[other] + ends[other]) / 2
        reach = np.array([np.linalg.norm(ends[other] - starts[other]) / 2, 0.0])
        apart = gap(centres, ways, half, middle, ways[other, 0], reach)
        crowded = np.where(apart < 0, 6.0, np.where(apart < _EDGE_GAP, 2.0, 0.0))
        crowded[other] = 0.0
        costs += crowded
    return costs


def _paired_costs(centres, starts, ends, sizes):
    """Return what each pair of places of two labels costs, shape (E, places, E, places)."""
    ways, half = _ways(starts, ends), sizes / 2
    one = (slice(None), None, None, None)
    two = (None, None, slice(None), None)
    apart = gap(centres[:, :, None, None], ways[one], half[one], centres, ways[two], half[two])
    costs = np.where(apart < _CLOSE, _FORBIDDEN, np.where(apart < _AIRY, 1.0, 0.0))
    for e in range(len(centres)):
        costs[e, :, e, :] = 0.0
    return costs


def _choose(lonely, paired, groups):
    """Return the cheapest place of each label that descent finds from many starts, and its cost.

    The labels of a group share one place.
    """
    places = lonely.shape[1]
    # summed over the members of a group, so that a group counts as one label
    alone = np.array(
        [
            sum(lonely[e] for e in group)
            + sum(np.diagonal(paired[e, :, f]) for e in group for f in group) / 2
            for group in groups
        ]
    )
    between = np.array(
        [[sum(paired[e, :, f] for e in one for f in other) for other in groups] for one in groups]
    )
    between[range(len(groups)), range(len(groups))] = 0.0
    chosen = np.array(
        [
            (offset + stride * np.arange(len(groups))) % places
            for stride in range(0, places, 5)
            for offset in range(0, places, 6)
        ]
    )
    costs = _descend(chosen, alone, between)
    # of starts that end equally cheap the first one counts, whatever the rounding
    best = int(np.argmax(costs <= costs.min() + 1e-9))
    choice = np.empty(len(lonely), dtype=int)
    for group, place in zip(groups, chosen[best], strict=True):
        choice[group] = place
    return choice, costs[best]


def _descend(chosen, alone, between):
    """Move one label at a time to its cheapest place until none moves; return the costs.

    chosen : (S, G), where each of S descents starts and, in the end, where it has come to.
    alone : (G, places). between : (G, G, places, places). The costs are (S,).
    """
    everyone = np.arange(chosen.shape[1])
    turned = np.ascontiguousarray(np.swapaxes(between, 2, 3))
    moving = np.arange(len(chosen))
    for _ in range(20):
        now = chosen[moving]
        for label in everyone:
            bills = turned[label, everyone, now].sum(axis=1) + alone[label]
            now[:, label] = bills.argmin(axis=1)
        moved = (now != chosen[moving]).any(axis=1)
        chosen[moving] = now
        moving = moving[moved]
        if not len(moving):
            break
    first, second = chosen[:, :, None], chosen[:, None, :]
    pairs = between[everyone[:, None], everyone, first, second].sum(axis=(1, 2))
    return alone[everyone, chosen].sum(axis=1) + pairs / 2
