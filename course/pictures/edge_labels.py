"""Where along its edge each label of a fully connected pair of layers goes.

A label may sit anywhere along its edge. Labels must keep clear of one another and of the
nodes; among the places left, those are better that cover little of other edges. Edges that
mirror each other in the picture's middle line share one place, so that the whole looks tidy.
"""

import numpy as np

_STEPS = np.linspace(0.08, 0.92, 57)
_CLOSE, _AIRY = 4.0, 14.0
_FORBIDDEN = 1e6


def place_labels(starts, ends, sizes, mirrors, obstacles):
    """Return the centre of each edge's label, shape (E, 2), or None where they cannot all fit.

    Lengths are in pixels.

    Parameters
    ----------
    starts, ends : (E, 2), the ends of each edge.
    sizes : (E, 2), the width and height of each label's box.
    mirrors : E integers: the edge that each edge mirrors (itself where there is none).
    obstacles : (N, 4), boxes to keep clear of: left, bottom, right, top.
    """
    centres = starts[:, None, :] + _STEPS[None, :, None] * (ends - starts)[:, None, :]
    lonely = _lonely_costs(centres, starts, ends, sizes, obstacles)
    paired = _paired_costs(centres, sizes)
    twins = [sorted({e, mirrors[e]}) for e in range(len(starts)) if e <= mirrors[e]]
    for groups in (twins, [[e] for e in range(len(starts))]):
        choice, cost = _choose(lonely, paired, groups)
        if cost < _FORBIDDEN:
            return centres[np.arange(len(starts)), choice]
    return None


def _lonely_costs(centres, starts, ends, sizes, obstacles):
    """Return what each place of each label costs by itself, shape (E, places)."""
    half = sizes[:, None, :] / 2 + _CLOSE
    low, high = centres - half, centres + half
    costs = 6.0 * np.abs(_STEPS - 0.5)[None, :] ** 2 + np.zeros(centres.shape[:2])
    for box in obstacles:
        hit = np.all((low < box[2:]) & (high > box[:2]), axis=-1)
        costs += _FORBIDDEN * hit
    for other, (start, end) in enumerate(zip(starts, ends, strict=True)):
        hidden = _length_inside(start, end, low, high)
        hidden[other] = 0.0
        costs += np.where(hidden > 0, 2.0 + 0.1 * hidden, 0.0)
    return costs


def _length_inside(start, end, low, high):
    """Return how much of the edge start-end lies in each box low-high (Liang-Barsky)."""
    way = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (low - start) / way, (high - start) / way
    flat = np.abs(way) < 1e-9
    within = (low < start) & (start < high)
    enter = np.where(flat, np.where(within, -np.inf, np.inf), np.minimum(first, second))
    leave = np.where(flat, np.where(within, np.inf, -np.inf), np.maximum(first, second))
    span = np.minimum(leave.min(-1), 1.0) - np.maximum(enter.max(-1), 0.0)
    return np.maximum(span, 0.0) * np.hypot(*way)


def _paired_costs(centres, sizes):
    """Return what each pair of places of two labels costs, shape (E, places, E, places)."""
    gaps = np.abs(centres[:, :, None, None] - centres[None, None])
    gaps -= ((sizes[:, None] + sizes[None, :]) / 2)[:, None, :, None]
    apart = gaps.max(axis=-1)
    costs = np.where(apart < _CLOSE, _FORBIDDEN, np.where(apart < _AIRY, 1.5, 0.0))
    for e in range(len(centres)):
        costs[e, :, e, :] = 0.0
    return costs


def _choose(lonely, paired, groups):
    """Return the cheapest place of each label that descent finds from many starts, and its cost.

    The labels of a group share one place.
    """
    edges, places = lonely.shape
    alone = np.array([sum(lonely[e] for e in group) for group in groups])
    for number, group in enumerate(groups):
        for e in group:
            for f in group:
                alone[number] += np.diagonal(paired[e, :, f, :]) / 2
    best, best_cost = None, np.inf
    for stride in range(0, places, 4):
        for offset in range(0, places, 8):
            choice = np.zeros(edges, dtype=int)
            for number, group in enumerate(groups):
                choice[group] = (offset + stride * number) % places
            cost = _descend(choice, alone, paired, groups)
            if cost < best_cost - 1e-9:
                best, best_cost = choice, cost
    return best, best_cost


def _descend(choice, alone, paired, groups):
    """Move one group at a time to its cheapest place until none moves; return the cost."""
    edges = len(choice)
    everyone = np.arange(edges)
    for _ in range(20):
        moved, cost = False, 0.0
        for number, group in enumerate(groups):
            others = np.setdiff1d(everyone, group)
            bill = alone[number].copy()
            between = sum(paired[e][:, others, choice[others]].sum(axis=1) for e in group)
            bill += between
            cheapest = int(bill.argmin())
            if bill[cheapest] < bill[choice[group[0]]] - 1e-9:
                choice[group] = cheapest
                moved = True
        if not moved:
            break
    for number, group in enumerate(groups):
        others = np.setdiff1d(everyone, group)
        here = choice[group[0]]
        cost += alone[number][here]
        cost += sum(paired[e][here, others, choice[others]].sum() for e in group) / 2
    return cost
