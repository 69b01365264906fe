"""Unit 06: what follows correctly from values that a student has.

The zs that a student has may be wrong; what is left of the way to the cost is then
differentiated where the student stands.
"""

import numpy as np

from course.forward import sigmoid
from course.task import Follow
from course.tasks.deep.truth import errors, quadratic, slopes, softmax_cost


def _zs(arguments, activations):
    layers = zip(arguments["weights"], arguments["biases"], activations[:-1], strict=True)
    return [W @ a + b for W, b, a in layers]


def _activations(arguments, zs):
    return [arguments["x"], *map(sigmoid, zs)]


def _below(arguments, last):
    # the cost by its tangent at the output: what the last delta says of it
    return errors(lambda zs: zs[-1] @ last, arguments["weights"], arguments["zs"])[:-1]


def _weight_gradients(arguments, dbs, activations):
    def gradient(W, db, a):
        return slopes(lambda moved: (moved @ a) @ db, W)

    return [
        gradient(W, db, a)
        for W, db, a in zip(arguments["weights"], dbs, activations[:-1], strict=True)
    ]


def _undone(activations):
    # where σ takes the values that the student has
    with np.errstate(divide="ignore", invalid="ignore"):
        return [np.log(a / (1 - a)) for a in activations[1:]]


def _quadratic_dbs(arguments, zs):
    return errors(lambda above: quadratic(above, arguments["t"]), arguments["weights"], zs)


def _softmax_dbs(arguments, zs):
    return errors(lambda above: softmax_cost(above, arguments["y"]), arguments["weights"], zs)


FORWARD_FOLLOWS = {
    "zs": Follow(("activations",), _zs),
    "activations": Follow(("zs",), _activations),
}

DELTAS_FOLLOWS = {"deltas[:-1]": Follow(("deltas[-1]",), _below)}

BACKWARD_FOLLOWS = {
    "dWs": Follow(("dbs", "activations"), _weight_gradients),
    "dbs": (
        Follow(("zs",), _quadratic_dbs),
        Follow(
            ("activations",),
            lambda arguments, activations: _quadratic_dbs(arguments, _undone(activations)),
        ),
    ),
}

SOFTMAX_FOLLOWS = {
    "dWs": Follow(("dbs", "activations"), _weight_gradients),
    "dbs": (
        Follow(("zs",), _softmax_dbs),
        Follow(
            ("zs", "activations"),
            lambda arguments, zs, activations: _softmax_dbs(
                arguments, [*_undone(activations)[:-1], zs[-1]]
            ),
        ),
    ),
}
