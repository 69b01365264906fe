"""Mistakes in the biases' gradients, and biases left out."""

import numpy as np

from course.mistakes.averages import is_a_batch
from course.mistakes.mistake import Mistake
from course.mistakes.network import Network
from course.stack import arrays_of


def _bias_gradients(tell):
    """Make a tell db -> db, per layer, into one that yields networks."""

    def variants(quantities):
        if isinstance(quantities, Network):
            yield quantities.then(
                lambda dW, db: (dW, {layer: tell(quantities, layer, db[layer]) for layer in db})
            )

    return variants


@_bias_gradients
def _all_units(net, layer, db):
    return np.full_like(db, db.sum())


@_bias_gradients
def _mean(net, layer, db):
    return db / len(net.y)


@_bias_gradients
def _first(net, layer, db):
    return net.share * net.errors()[layer][0]


@_bias_gradients
def _zero(net, layer, db):
    return np.zeros_like(db)


def _missing(quantities):
    yield from _zero(quantities)
    if isinstance(quantities, Network) and quantities.b:
        # the forward pass without them, in all layers or in one
        layers = list(quantities.b)
        for without in (layers, *([layer] for layer in layers)):
            b = {layer: v * (layer not in without) for layer, v in quantities.b.items()}
            yield quantities.again(quantities.W, b)


def _none_for_the_bias_alone(evidence, part):
    weights = [other for other in evidence.task.parts if "b" not in other.name]
    return "b" in part.name and evidence.all_none(part) and not any(map(evidence.all_none, weights))


def _one_number_for_all(evidence, part):
    """Whether the sum over all units came every time, as a number where a vector belongs."""
    if "b" not in part.name:
        return False
    for trial in evidence.trials:
        got, true = evidence.values(part, trial)
        if got is None:
            return False
        sums, biases = arrays_of(got), arrays_of(true)
        if len(sums) != len(biases) or not all(map(_is_sum_of, sums, biases)):
            return False
    return True


def _is_sum_of(value, db):
    # within the rounding of float32
    close = 1e-4 * np.sum(np.abs(db)) + 1e-12
    return value.ndim == 0 and db.ndim == 1 and abs(value - np.sum(db)) <= close


def _of_a_batch(tell):
    def variants(quantities):
        if is_a_batch(quantities):
            yield from tell(quantities)

    return variants


MISTAKES = (
    Mistake(
        "bias-sum-all",
        "One bias, one sum.",
        "Look at the axis of the sum in db: each unit has a bias of its own.",
        _all_units,
        seen=_one_number_for_all,
    ),
    Mistake(
        "bias-mean",
        "Sum the contributions.",
        "Look at db: if δ already carries the 1/m, what is left to do over the examples?",
        _of_a_batch(_mean),
    ),
    Mistake(
        "bias-first-example",
        "Every example pushes on the bias.",
        "Look at db: which rows of δ does it use?",
        _of_a_batch(_first),
    ),
    Mistake(
        "bias-missing",
        "The bias is a weight on the constant 1.",
        "Look at what stands for b on the way forward and, where there is one, in db.",
        _missing,
        seen=_none_for_the_bias_alone,
        gives_zeros=True,
    ),
)
