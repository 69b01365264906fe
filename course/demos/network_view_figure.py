"""The picture of a stepped network as a figure that stays, for print and feedback pages."""

from itertools import pairwise

import numpy as np

from course.demos import network_words as words
from course.demos.network_answers import parted
from course.demos.network_layout import MOST_LAYERS, shown_layers, shown_units
from course.pictures.network import network_picture
from course.pictures.network_numbers import MOST_UNITS


def draw(description, stages, values, marks):
    """Return a matplotlib Figure of a network after these steps, the last being the present.

    What a later step computes, and what the student's functions do not give, is a question
    mark. A layer whose numbers differ from the true ones says so below it. Of a layer of more
    than 10 units the first and the last few are drawn, and so are those of more than 8 layers.
    """
    now = stages[-1]
    layers = shown_layers(len(description.sizes), MOST_LAYERS + 1)
    done = {key for stage in stages for key in stage.keys}
    named = words.names(description)
    units = [shown_units(size, MOST_UNITS) for size in description.sizes]

    def known(key, given, shown):
        if given is None:
            given = values.get(key) if key in done else None
        if given is None:
            return np.full([len(indices) for indices in shown], np.nan)
        return given[np.ix_(*shown)]

    def vectors(name, given=None):
        return [known(f"{name}{k}", given and given[k - 1], (units[k],)) for k in layers[1:]]

    def matrices(name, given=None):
        return [
            known(f"{name}{k}", given and given[k - 1], (units[k], units[k - 1]))
            if below == k - 1
            else np.full((len(units[k]), len(units[below])), np.nan)
            for below, k in pairwise(layers)
        ]

    if now.kind == "update":
        weights, biases = matrices("newW"), vectors("newb")
    else:
        weights = matrices("W", description.weights)
        biases = vectors("b", description.biases)
    backward = now.kind == "backward"
    x = np.atleast_1d(description.arguments[description.input])
    return network_picture(
        [x[units[0]], *vectors("a")],
        weights,
        biases=biases if all(layer.b for layer in description.layers) else None,
        names=[[f"{named[f'a{k}']}[{unit}]" for unit in units[k]] for k in layers],
        deltas=vectors("delta") if backward else None,
        gradients=matrices("dW") if backward else None,
        title=now.title,
        captions=["", *(_caption([k], done, named, marks) for k in layers[1:])],
        gaps=[_gap(range(below + 1, k), done, named, marks) for below, k in pairwise(layers)],
    ).figure


def _gap(folded, done, named, marks):
    if not folded:
        return ""
    off = _caption(folded, done, named, marks).replace("true ", "true\n")
    return "\n".join(filter(None, ["⋯", f"layers {folded[0]} to {folded[-1]}", "folded", off]))


def _caption(layers, done, named, marks):
    off = [
        named[key]
        for key, mark in marks.items()
        if key in done and parted(key)[1] in layers and mark.any()
    ]
    more = f" and {len(off) - 3} more" if len(off) > 3 else ""
    return f"not the true {', '.join(off[:3])}{more}" if off else ""
