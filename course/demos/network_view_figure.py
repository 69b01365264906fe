"""The picture of a stepped network as a figure that stays, for print and feedback pages."""

import numpy as np

from course.demos import network_words as words
from course.demos.network_layout import shown_units
from course.pictures.network import network_picture
from course.pictures.network_numbers import MOST_UNITS


def draw(description, stages, values, marks):
    """Return a matplotlib Figure of a network after these steps, the last being the present.

    What a later step computes, and what the student's functions do not give, is a question
    mark. A layer whose numbers differ from the true ones says so below it. Of a layer of more
    than 10 units the first and the last few are drawn.
    """
    now, numbers = stages[-1], range(1, len(description.layers) + 1)
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
        return [known(f"{name}{k}", given and given[k - 1], (units[k],)) for k in numbers]

    def matrices(name, given=None):
        return [
            known(f"{name}{k}", given and given[k - 1], (units[k], units[k - 1])) for k in numbers
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
        names=[[f"{named[f'a{k}']}[{unit}]" for unit in shown] for k, shown in enumerate(units)],
        deltas=vectors("delta") if backward else None,
        gradients=matrices("dW") if backward else None,
        title=now.title,
        captions=["", *(_caption(k, done, named, marks) for k in numbers)],
    ).figure


def _caption(layer, done, named, marks):
    off = [named[k] for k in marks if k in done and k[-1] == str(layer) and marks[k].any()]
    return f"not the true {', '.join(off)}" if off else ""
