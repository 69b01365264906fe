"""Where a network's units and the labels of its edges go, in CSS pixels, y downwards."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course.pictures.edge_labels import place_labels

WIDE, NARROW = 560, 340
MOST_UNITS = 12
"""So many units of a layer are drawn; of a larger one the first and the last few."""

MOST_LAYERS = 8
"""So many layers above the input are drawn; of a deeper network the first and the last few."""

_ENDS = 4
_MOST_LABELS = 16
_LABEL = 54.0, 18.0
_ARROW = 9
_SMALLEST = 19
_STACK_ROOM = 0.6


@dataclass(frozen=True)
class Column:
    """A layer as drawn: layer, its number, 0 for the input; units, the indices of those shown;
    x, y, their centres; fold, the place of the count of those left out, (x, y, count), or None.
    """

    layer: int
    units: list
    x: float
    y: list
    fold: tuple | None


def layout(sizes, width):
    """Return the geometry of a network of so many units a layer, as a dict for the front end.

    width, height : of the picture. radius : of a unit. decimals, font : what fits into one.
    biases : whether there is room for a bias below each unit.
    columns : layer, units, x, y, fold of each layer drawn. stack : first and last of the layers
    that are folded, x, y, half its width and height; or None. labels : for each pair of columns
    a list of (x, y, degrees) in the order of W[k, i] over units shown, or None where they do not
    fit or layers between them are folded.
    """
    layers = shown_layers(len(sizes), min(MOST_LAYERS + 1, _most_columns(width)))
    folded = len(layers) < len(sizes)
    shown = {layer: shown_units(sizes[layer], MOST_UNITS) for layer in layers}
    most = max(len(units) + (len(units) < sizes[layer]) for layer, units in shown.items())
    places = len(layers) + folded
    radius, pitch = _scale(most, places + _STACK_ROOM * folded, width)
    margin = radius + 16
    height = max(most, 1 + folded) * pitch + 16
    middle = height / 2 + 3
    first = next((k for k, layer in enumerate(layers) if layer != k), places)
    xs = np.arange(places, dtype=float)
    # more room on both sides of the stack
    xs[first:] += _STACK_ROOM / 2
    xs[first + 1 :] += _STACK_ROOM / 2
    xs = (margin + xs * (width - 2 * margin) / max(1.0, xs[-1])).tolist()
    stack = None
    if folded:
        stack = {
            "first": first,
            "last": layers[first] - 1,
            "x": xs.pop(first),
            "y": middle,
            "half": (radius + 3, pitch * max(1, most - 1) / 2 + radius - 6),
        }
    columns = [
        _column(layer, shown[layer], sizes[layer], x, middle, pitch)
        for layer, x in zip(layers, xs, strict=True)
    ]
    return {
        "width": width,
        "height": round(height),
        "radius": radius,
        "decimals": 4 if radius >= 28 else 3 if radius >= 24 else 2,
        "font": 14 if radius >= 34 else 12,
        "biases": pitch >= 2 * radius + 44,
        "columns": [vars(column) for column in columns],
        "stack": stack,
        "labels": [
            _labels(below, above, radius, _LABEL) if above.layer == below.layer + 1 else None
            for below, above in pairwise(columns)
        ],
    }


def _scale(most, layers, width):
    """Return the radius of a unit, and the distance from one to the next below it."""
    for radius, pitch, fits in ((34, 118, 4), (28, 100, 6), (24, 76, 8)):
        room = (width - 2 * (radius + 16)) / max(1, layers - 1) - 2 * radius
        if most <= fits and room > 16:
            return radius, pitch
    return _SMALLEST, 62


def _most_columns(width):
    """Return how many columns of the smallest units stand side by side, with room for edges."""
    return int((width - 2 * (_SMALLEST + 16)) / (2 * _SMALLEST + 16) - _STACK_ROOM) + 1


def shown_layers(count, most):
    """Return the layers that are drawn of so many, the input among them, where `most` can be.

    Where some are folded, one place is left for their stack.
    """
    if count <= most:
        return list(range(count))
    first = most // 2
    return [*range(first), *range(count - (most - 1 - first), count)]


def shown_units(size, most):
    """Return the indices of the units that are drawn of so many, where `most` can be."""
    if size <= most:
        return list(range(size))
    return [*range(_ENDS), *range(size - _ENDS, size)]


def _column(layer, units, size, x, middle, pitch):
    folded = len(units) < size
    slots = len(units) + folded
    y = [middle + pitch * (slot - (slots - 1) / 2) for slot in range(slots)]
    if not folded:
        return Column(layer, units, x, y, None)
    return Column(layer, units, x, y[:_ENDS] + y[_ENDS + 1 :], (x, y[_ENDS], size - len(units)))


def _labels(below, above, radius, box):
    count = len(below.units) * len(above.units)
    if count > _MOST_LABELS or above.x - below.x < 2 * radius + 1.4 * box[0]:
        return None
    start = np.array([[below.x, y] for y in below.y])
    end = np.array([[above.x, y] for y in above.y])
    # edge by edge in the order of W: the unit above first
    starts, ends = np.tile(start, (len(end), 1)), np.repeat(end, len(start), axis=0)
    way = (ends - starts) / np.linalg.norm(ends - starts, axis=1, keepdims=True)
    starts, ends = starts + way * radius, ends - way * radius
    mirrored = np.arange(count)[::-1]
    units = [(x, y, radius + _ARROW) for x, y in (*start, *end)]
    # the names above the units, and the biases below them
    named = [(x - 26, y - radius - 19, x + 26, y - radius - 2) for x, y in (*start, *end)]
    named += [(x - 38, y + radius + 3, x + 38, y + radius + 20) for x, y in end]
    for written in (named, []):
        centres = place_labels(starts, ends, np.tile([box], (count, 1)), mirrored, units, written)
        if centres is not None:
            angles = np.degrees(np.arctan2(way[:, 1], way[:, 0]))
            return np.column_stack([centres, angles]).round(1).tolist()
    return None
