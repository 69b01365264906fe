"""What the sizes of the deltas mean, in words."""

import math

from course.demos.deltas_numbers import kept
from course.demos.own_numbers import difference, troubles, two_numbers
from course.demos.words import number

SCALES = {"Xavier": 1.0, "He": math.sqrt(2)}
"""Known scales of initial weights, as multiples of 1/√n in layers of n units each."""


def meaning(activation, given):
    """Return the sentences on the Own of the delta sizes, first layer first."""
    names = [f"the size of layer {layer}'s delta" for layer in _layers(given.shown)]
    said = [
        troubles(given),
        difference("Your delta_sizes", names, given).replace(" = ", " as ", 1),
        _fate(activation, given.true, "In truth, with" if given.off.any() else "With"),
    ]
    return " ".join(filter(None, said))


def _fate(activation, sizes, opening):
    last, first, depth = sizes[-1], sizes[0], len(sizes)
    if depth == 1:
        return f"One layer: its delta has the size {number(last)}; add layers to see it travel."
    if not last > 0:
        return "The last layer has no error to send back."
    if first <= 0:
        reached = 1 + min(k for k in range(depth) if sizes[k] > 0)
        return (
            f"No error comes further back than layer {reached}: below it every path runs "
            f"through {activation} units whose slope is 0."
        )
    factor = kept(sizes)
    if factor > 1:
        how = f"each layer multiplies the error by {number(factor)} on the way back"
    else:
        how = f"each layer keeps {number(factor)} of the error on the way back"
    after = f"the last layer's {number(last)} is {number(first)} at the first"
    return f"{opening} {activation}, {how}: {after}. {_verdict(first / last)}"


def _verdict(ratio):
    if ratio < 0.01:
        return "It vanishes: the first layers hardly learn."
    if ratio > 100:
        return "It explodes: the first layers take steps far too large."
    return "It arrives: all layers can learn."


def places(given):
    """Return the lines said of each layer, first layer first."""
    said, sizes = [], given.shown
    for layer, size in zip(_layers(sizes), sizes, strict=True):
        if given.off[layer - 1]:
            said.append(two_numbers(f"layer {layer}", size, given.true[layer - 1]))
            continue
        lines = [f"layer {layer}: {number(size)}"]
        if layer == len(sizes):
            lines.append("the output layer, where the error starts")
        elif sizes[layer] > 0:
            lines.append(f"{number(size / sizes[layer])} of layer {layer + 1}'s")
        said.append(lines)
    return said


def scale_text(scale, width):
    """Return what the slider of the scale says: "1.41/√n = 0.354, the scale of He"."""
    near = [name for name, known in SCALES.items() if math.isclose(scale, known, rel_tol=0.01)]
    named = f", the scale of {near[0]}" if near else ""
    return f"{number(scale)}/√n = {number(scale / math.sqrt(width))}{named}"


def alternative(activation, width, scale, sizes):
    """Return the text alternative of the picture."""
    listed = ", ".join(number(size) for size in sizes)
    return (
        f"Bars on a log scale: the size of each layer's delta, from layer 1 to {len(sizes)}: "
        f"{listed}. Layers of {width} {activation} units, weights of standard deviation "
        f"{scale_text(scale, width)}."
    )


def _layers(sizes):
    return range(1, len(sizes) + 1)
