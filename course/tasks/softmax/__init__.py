"""Unit 04: softmax, its Jacobian, cross-entropy from logits, and how they collapse to p − y."""

import numpy as np

from course.forward import softmax
from course.task import Part, Task
from course.tasks.softmax.cases import (
    draw_batch,
    draw_labelled,
    draw_probabilities,
    draw_softmax,
)
from course.tasks.softmax.truth import (
    LOGIT_FOLLOWS,
    cross_entropy,
    jacobian,
    logit_gradient,
    quantities_of_logits,
    softmax_loss,
)

EXAMPLES, CLASSES = "examples", "classes"


def _probabilities(net, arguments):
    return (net.a[net.last].reshape(np.shape(arguments["z"])),)


def _loss(net, arguments):
    return (net.cost,)


def _slope(net, arguments):
    return (net.share * net.error[0],)


def _loss_and_slopes(net, arguments):
    return net.cost, net.share * net.error


def _its_diagonal(p):
    own = p * (1 - p)
    yield (np.diag(own),)
    yield (own,)


def _entries_paired(p):
    yield (np.diag(p) - p * p,)
    yield (np.diag(p) - p @ p,)


AT_THE_LOGITS = (
    "wrong-sign",
    "prediction-for-error",
    "class-index-as-one-hot",
    "softmax-derivative-twice",
    "diagonal-jacobian",
    "factor-of-two",
    "extra-output-derivative",
    "mean-over-classes",
)
FLOATING = ("no-max-shift", "integer-arithmetic", "inputs-mutated")

SOFTMAX_TASK = Task(
    id="softmax.softmax",
    parts=(Part("p", 4, ("...", CLASSES)),),
    draw=draw_softmax,
    truth=lambda z: (softmax(z),),
    check_kinds=("worked", "uneven, batch", "square, batch", "integer, batch", "high",
                 "high and apart, batch", "rows differ, batch"),
    grade_kinds=(
        "worked", "plain", "uneven", "two", "many", "large", "float32", "integer",
        "plain, batch", "square, batch", "uneven, batch", "one row, batch", "many, batch",
        "float32, batch", "integer, batch", "large, batch",
        "high", "low", "high and apart", "high, batch", "high and apart, batch",
        "rows differ, batch",
    ),
    mistakes=("global-max-shift", "column-broadcast", *FLOATING),
    quantities=lambda z: quantities_of_logits(z),
    read=_probabilities,
)  # fmt: skip

JACOBIAN_TASK = Task(
    id="softmax.jacobian",
    parts=(Part("J", 4, ("p", "z")),),
    draw=draw_probabilities,
    truth=lambda p: (jacobian(p),),
    check_kinds=("worked", "two", "uneven"),
    grade_kinds=(
        "worked",
        "plain",
        "plain",
        "two",
        "uneven",
        "many",
        "large",
        "certain",
        "float32",
    ),
    mistakes=("diagonal-jacobian", "elementwise-for-product", "inputs-mutated"),
    quantities=lambda p: p,
    read=lambda p, arguments: (p,),
    shows={"diagonal-jacobian": _its_diagonal, "elementwise-for-product": _entries_paired},
)

COST_TASK = Task(
    id="softmax.cross_entropy",
    parts=(Part("loss", 4, relative=1e-6),),
    draw=draw_labelled,
    truth=lambda z, label: (cross_entropy(z, label),),
    check_kinds=("worked", "uneven", "integer", "high", "apart"),
    grade_kinds=(
        "worked", "plain", "plain", "two", "uneven", "many", "large", "last label",
        "float32", "integer", "high", "low", "apart", "high and apart",
    ),
    mistakes=(
        "log-of-zero",
        "wrong-sign",
        "class-index-as-one-hot",
        "mean-over-classes",
        "factor-of-two",
        *FLOATING,
    ),
    quantities=lambda z, label: quantities_of_logits(z, label),
    read=_loss,
)  # fmt: skip

SLOPE_TASK = Task(
    id="softmax.logit_gradient",
    parts=(Part("dz", 4, (CLASSES,)),),
    draw=draw_labelled,
    truth=lambda z, label: (logit_gradient(z, label),),
    check_kinds=("worked", "uneven", "two", "integer", "high", "apart"),
    grade_kinds=(
        "worked", "plain", "plain", "two", "uneven", "many", "large", "last label",
        "float32", "integer", "high", "low", "apart", "high and apart",
    ),
    mistakes=(*AT_THE_LOGITS, "log-of-zero", "column-broadcast", *FLOATING, "numerical-gradient"),
    quantities=lambda z, label: quantities_of_logits(z, label),
    read=_slope,
    follows=LOGIT_FOLLOWS,
    leans_on=SOFTMAX_TASK,
)  # fmt: skip

BATCH_TASK = Task(
    id="softmax.softmax_loss",
    parts=(Part("loss", 2, relative=1e-6), Part("dZ", 2, (EXAMPLES, CLASSES))),
    draw=draw_batch,
    truth=softmax_loss,
    check_kinds=("plain", "uneven", "square", "integer", "high", "apart", "rows differ"),
    grade_kinds=(
        "plain", "plain", "uneven", "square", "two", "one row", "many", "large", "float32",
        "integer", "high", "low", "apart", "high and apart", "rows differ", "vast",
    ),
    mistakes=(
        "missing-mean",
        "double-mean",
        "log-of-zero",
        *AT_THE_LOGITS,
        "global-max-shift",
        "column-broadcast",
        *FLOATING,
        "numerical-gradient",
    ),
    quantities=lambda Z, labels: quantities_of_logits(Z, labels),
    read=_loss_and_slopes,
)  # fmt: skip

TASKS = (SOFTMAX_TASK, JACOBIAN_TASK, COST_TASK, SLOPE_TASK, BATCH_TASK)
