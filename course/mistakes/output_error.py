"""Mistakes in the error of the output layer, where the way back begins."""

import numpy as np

from course.forward import log_softmax
from course.mistakes.mistake import Mistake
from course.mistakes.network import Network, elementwise_slope


def _errors(tell):
    """Make a tell that yields output errors (m, n_L) into one that yields networks."""

    def variants(quantities):
        if isinstance(quantities, Network):
            for error in tell(quantities):
                yield quantities.but(error=error)

    return variants


@_errors
def _softmax_twice(net):
    if net.output == "softmax":
        p = net.a[net.last]
        yield net.error * p * (1 - p)


@_errors
def _output_slope_too_much(net):
    if net.output == "softmax":
        yield net.error * elementwise_slope(net.g, net.z[net.last])


@_errors
def _output_slope_missing(net):
    if net.output != "softmax":
        yield net.a[net.last] - net.y


@_errors
def _prediction(net):
    yield net.a[net.last]
    if net.output != "softmax":
        yield net.a[net.last] * elementwise_slope(net.g, net.z[net.last])


def _class_number(quantities):
    if not isinstance(quantities, Network) or not quantities.a:
        return
    p, y = quantities.a[quantities.last], quantities.y
    yield _with_labels(quantities, np.broadcast_to(y.argmax(axis=1, keepdims=True), p.shape))
    if quantities.rows or len(y) > 1:
        # every row given the columns of all labels
        for columns in (y.max(axis=0), y.mean(axis=0)):
            yield _with_labels(quantities, np.broadcast_to(columns, p.shape))


def _with_labels(net, labels):
    """Return the network with other numbers, shape (m, n_L), where the one-hot y belongs."""
    p = net.a[net.last]
    cost = net.cost
    if net.output == "softmax":
        cost = -net.share * np.sum(labels * log_softmax(net.z[net.last]))
    return net.but(error=p - labels, cost=cost)


@_errors
def _diagonal(net):
    if net.output == "softmax":
        yield -net.y * (1 - net.a[net.last])


@_errors
def _negative(net):
    yield -net.error


@_errors
def _scaled(net):
    yield 2 * net.error
    yield net.error / 2


def _negative_anything(quantities):
    if isinstance(quantities, Network):
        yield from _negative(quantities)
        yield quantities.then(lambda dW, db: ({k: -v for k, v in dW.items()}, db))
        yield quantities.then(lambda dW, db: (dW, {k: -v for k, v in db.items()}))
        yield quantities.but(cost=-quantities.cost)


def _scaled_anything(quantities):
    if isinstance(quantities, Network):
        yield from _scaled(quantities)
        for factor in (2, 0.5):
            yield quantities.but(cost=factor * quantities.cost)
            yield quantities.but(slope={k: factor * v for k, v in quantities.slope.items()})


MISTAKES = (
    Mistake(
        "wrong-sign",
        "Step against the gradient: which way does your update go?",
        "Look at the order of the difference at the output and, in an update, at its sign.",
        _negative_anything,
    ),
    Mistake(
        "factor-of-two",
        "Differentiate your own cost: what becomes of the ½?",
        "Look at the constant in front of the output's δ.",
        _scaled_anything,
        at_output=True,
    ),
    Mistake(
        "softmax-derivative-twice",
        "p − y already contains the softmax.",
        "Look at what the output's δ is multiplied with after p − y.",
        _softmax_twice,
        at_output=True,
    ),
    Mistake(
        "extra-output-derivative",
        "Which derivative cancelled when you simplified?",
        "Look at the output's δ: with cross-entropy, is there a σ′ left?",
        _output_slope_too_much,
        at_output=True,
    ),
    Mistake(
        "missing-output-derivative",
        "The quadratic cost does not cancel anything.",
        "Look at the output's δ: from a − t to dC/dz one more factor is needed.",
        _output_slope_missing,
        at_output=True,
    ),
    Mistake(
        "prediction-for-error",
        "What is the delta of a perfect prediction?",
        "Look at the output's δ: where does y come in?",
        _prediction,
        at_output=True,
    ),
    Mistake(
        "class-index-as-one-hot",
        "Which column of y is 1?",
        "Look at the output's δ: is y a vector there, or the number of the class?",
        _class_number,
        at_output=True,
    ),
    Mistake(
        "diagonal-jacobian",
        "Every logit moves every p.",
        "Look at the entries of ∂p/∂z with two different indices.",
        _diagonal,
        at_output=True,
    ),
)
