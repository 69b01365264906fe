"""Unit 06: networks of any depth, whose parameters and results are lists, first layer first."""

import numpy as np

from course.mistakes.network import network
from course.task import Part, Task
from course.tasks.deep.cases import (
    CHECK,
    GRADE,
    draw_batch,
    draw_deltas,
    draw_example,
    worked_network,
)
from course.tasks.deep.follows import (
    BACKWARD_FOLLOWS,
    DELTAS_FOLLOWS,
    FORWARD_FOLLOWS,
    SOFTMAX_FOLLOWS,
)
from course.tasks.deep.shows import FORWARD_SHOWS, SOFTMAX_SHOWS
from course.tasks.deep.truth import (
    batch_gradients,
    biases_through,
    deltas,
    forward,
    quadratic_gradients,
    softmax_gradients,
)

__all__ = ["TASKS", "worked_network"]


def _quadratic(x, weights, biases, t=None):
    # the forward pass alone has no target; its mistakes do not look at the way back
    t = np.zeros(len(biases[-1])) if t is None else t
    return network(x, t, weights, biases, output="g")


def _from_values(t, weights, zs, activations):
    return network(activations[0], t, weights, biases_through(weights, zs, activations), output="g")


def _softmax(x, y, weights, biases):
    return network(x, y, weights, biases)


def _batch(X, Y, weights, biases):
    return network(X, Y, [np.transpose(w) for w in weights], biases, rows=True)


def _values(net, arguments):
    return [net.z[k][0] for k in net.W], [net.a[k][0] for k in net.a]


def _gradients(net, arguments):
    dW, db = net.gradients()
    return list(dW.values()), list(db.values())


def _deltas(net, arguments):
    # one example: the gradient of a bias is its layer's delta
    *below, last = _gradients(net, arguments)[1]
    return last, below


def _gradients_of_rows(net, arguments):
    dW, db = net.gradients()
    return [np.transpose(value) for value in dW.values()], list(db.values())


AT_THE_OUTPUT = (
    "wrong-sign",
    "prediction-for-error",
    "factor-of-two",
)
AT_A_SOFTMAX = (
    *AT_THE_OUTPUT,
    "extra-output-derivative",
    "softmax-derivative-twice",
    "diagonal-jacobian",
    "class-index-as-one-hot",
)
ON_THE_WAY_DOWN = (
    "layer-off-by-one",
    "same-layer-reused",
    "missing-activation-derivative",
    "derivative-of-activated",
    "a-formula-on-z",
    "untransposed-weights",
    "skips-a-factor",
)
INTO_THE_GRADIENTS = (
    "gradient-for-weights",
    "preactivation-for-activation",
    "transposed-gradient",
    "elementwise-for-product",
    "bias-missing",
    "bias-sum-all",
)
WITH_ARRAYS = ("inputs-mutated", "integer-arithmetic", "column-broadcast")

FORWARD_TASK = Task(
    id="deep.forward",
    parts=(Part("zs", 2, many="list"), Part("activations", 2, many="list")),
    draw=draw_example("x", "weights", "biases"),
    truth=forward,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        "layer-off-by-one",
        "bias-missing",
        "preactivation-for-activation",
        "same-layer-reused",
        "aliased-cache",
        "elementwise-for-product",
        *WITH_ARRAYS,
    ),
    quantities=_quadratic,
    read=_values,
    shows=FORWARD_SHOWS,
    follows=FORWARD_FOLLOWS,
)

DELTAS_TASK = Task(
    id="deep.deltas",
    parts=(Part("deltas[-1]", 2, ("outputs",)), Part("deltas[:-1]", 4, many="list")),
    draw=draw_deltas,
    truth=deltas,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        *ON_THE_WAY_DOWN,
        "missing-output-derivative",
        *AT_THE_OUTPUT,
        "elementwise-for-product",
        *WITH_ARRAYS,
    ),
    quantities=_from_values,
    read=_deltas,
    follows=DELTAS_FOLLOWS,
)

BACKWARD_TASK = Task(
    id="deep.backward",
    parts=(
        Part("dWs", 4, many="list", of="weights"),
        Part("dbs", 4, many="list", of="biases"),
    ),
    draw=draw_example("x", "t", "weights", "biases"),
    truth=quadratic_gradients,
    check_kinds=CHECK,
    grade_kinds=(*GRADE, "vast"),
    mistakes=(
        *ON_THE_WAY_DOWN,
        "missing-output-derivative",
        *AT_THE_OUTPUT,
        *INTO_THE_GRADIENTS,
        *WITH_ARRAYS,
        "forward-difference",
        "numerical-gradient",
    ),
    quantities=_quadratic,
    read=_gradients,
    follows=BACKWARD_FOLLOWS,
    leans_on=FORWARD_TASK,
)

SOFTMAX_TASK = Task(
    id="deep.backward_softmax",
    parts=(
        Part("dWs", 3, many="list", of="weights"),
        Part("dbs", 3, many="list", of="biases"),
    ),
    draw=draw_example("x", "y", "weights", "biases"),
    truth=softmax_gradients,
    check_kinds=(*CHECK, "huge logits"),
    grade_kinds=(*GRADE, "huge logits", "huge weights", "far apart", "dominated", "vast"),
    mistakes=(
        *AT_A_SOFTMAX,
        *ON_THE_WAY_DOWN,
        *INTO_THE_GRADIENTS,
        "no-max-shift",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    quantities=_softmax,
    read=_gradients,
    shows=SOFTMAX_SHOWS,
    follows=SOFTMAX_FOLLOWS,
    leans_on=FORWARD_TASK,
)

BATCH_TASK = Task(
    id="deep.backward_batch",
    parts=(
        Part("dws", 4, many="list", of="weights"),
        Part("dbs", 4, many="list", of="biases"),
    ),
    draw=draw_batch,
    truth=batch_gradients,
    check_kinds=(*CHECK, "huge logits", "rows apart"),
    grade_kinds=(
        *GRADE,
        "huge logits",
        "far apart",
        "rows apart",
        "batch of one",
        "two rows",
        "many rows",
        "vast",
    ),
    mistakes=(
        "missing-mean",
        "bias-mean",
        "double-mean",
        "mean-over-classes",
        "bias-first-example",
        *AT_A_SOFTMAX,
        *ON_THE_WAY_DOWN,
        *INTO_THE_GRADIENTS,
        "global-max-shift",
        "no-max-shift",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    quantities=_batch,
    read=_gradients_of_rows,
)

TASKS = (FORWARD_TASK, DELTAS_TASK, BACKWARD_TASK, SOFTMAX_TASK, BATCH_TASK)
