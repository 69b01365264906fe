"""Unit 03: a 3-4-2 network in matrices, sigmoid in both layers, quadratic cost ½‖a2 − t‖²."""

import numpy as np

from course.driving.errata import LINES, WORDS
from course.mistakes.network import Network, network
from course.task import Case, Part, Task
from course.tasks.matrix.cases import (
    draw_cost,
    draw_hidden_delta,
    draw_network,
    draw_output_delta,
    draw_rows,
    draw_update,
)
from course.tasks.matrix.mistaken import biases_left, up_the_gradient, wires_paired
from course.tasks.matrix.printed import answers, misprints_believed
from course.tasks.matrix.truth import (
    BACKWARD_FOLLOWS,
    FORWARD_FOLLOWS,
    PARAMETERS,
    ROWS_FOLLOWS,
    gradients,
    gradients_in_rows,
    quadratic_cost,
    slope_at_hidden,
    slope_at_output,
    stepped,
    values,
)

HIDDEN, INPUTS, OUTPUTS = "hidden units", "inputs", "outputs"
SHAPES = {
    "W1": (HIDDEN, INPUTS),
    "b1": (HIDDEN,),
    "W2": (OUTPUTS, HIDDEN),
    "b2": (OUTPUTS,),
}


def _quantities(a0, W1, b1, W2, b2, t=None):
    # the forward pass alone has no t; its mistakes do not look at the way back
    t = np.zeros(len(b2)) if t is None else t
    return network(a0, t, [W1, W2], [b1, b2], output="g")


def _quantities_in_rows(x, y, w1, b1, w2, b2):
    return network(x, y, [w1.T, w2.T], [b1, b2], output="g", rows=True)


def _output_alone(a2, t, z2):
    return network(z2, t, [np.eye(len(z2))], [np.zeros(len(z2))], output="g")


def _hidden_alone(W2, delta2, z1):
    n2, n1 = W2.shape
    net = network(z1, np.zeros(n2), [np.eye(n1), W2], [np.zeros(n1), np.zeros(n2)])
    return net.but(error=np.atleast_2d(np.asarray(delta2, dtype=float)))


def _values(net, arguments):
    return net.z[1][0], net.a[1][0], net.z[2][0], net.a[2][0]


def _gradients(net, arguments):
    dW, db = net.gradients()
    return dW[1], db[1], dW[2], db[2]


def _gradients_in_rows(net, arguments):
    dW, db = net.gradients()
    return dW[1].T, db[1], dW[2].T, db[2]


def _first_error(net, arguments):
    return (net.errors()[1][0],)


CHECK = ("worked", "plain", "uneven", "square", "integer")
GRADE = (
    "worked", "plain", "plain", "uneven", "wide", "square",
    "one hidden unit", "one output", "large", "float32", "integer",
)  # fmt: skip
# where a is computed from what the case draws, integers would not stay integers
FLOATS_ONLY = tuple(kind for kind in GRADE if kind != "integer")

ON_THE_WAY_BACK = (
    "missing-output-derivative",
    "missing-activation-derivative",
    "derivative-of-activated",
    "a-formula-on-z",
    "prediction-for-error",
    "wrong-sign",
    "factor-of-two",
    "transposed-gradient",
    "untransposed-weights",
    "elementwise-for-product",
    "gradient-for-weights",
    "skips-a-factor",
    "preactivation-for-activation",
    "layer-off-by-one",
    "bias-missing",
    "bias-sum-all",
    "column-broadcast",
    "integer-arithmetic",
    "forward-difference",
    "inputs-mutated",
    "numerical-gradient",
)

FORWARD_TASK = Task(
    id="matrix.forward",
    parts=(
        Part("z1", 0.75, (HIDDEN,)),
        Part("a1", 0.75, (HIDDEN,)),
        Part("z2", 0.75, (OUTPUTS,)),
        Part("a2", 0.75, (OUTPUTS,)),
    ),
    draw=draw_network(("a0", *PARAMETERS)),
    truth=values,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=("bias-missing", "integer-arithmetic", "column-broadcast", "inputs-mutated"),
    quantities=_quantities,
    read=_values,
    follows=FORWARD_FOLLOWS,
)

COST_TASK = Task(
    id="matrix.cost",
    parts=(Part("cost", 1),),
    draw=draw_cost,
    truth=lambda a2, t: (quadratic_cost(a2, t),),
    check_kinds=("worked", "plain", "uneven", "wide"),
    grade_kinds=FLOATS_ONLY,
    mistakes=("factor-of-two", "mean-over-classes"),
    quantities=lambda a2, t: Network.of_a_cost(quadratic_cost(a2, t), t),
    read=lambda net, arguments: (net.cost,),
)

OUTPUT_DELTA_TASK = Task(
    id="matrix.output_delta",
    parts=(Part("delta2", 3, (OUTPUTS,)),),
    draw=draw_output_delta,
    truth=lambda a2, t, z2: (slope_at_output(a2, t, z2),),
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        "missing-output-derivative",
        "derivative-of-activated",
        "a-formula-on-z",
        "wrong-sign",
        "prediction-for-error",
        "factor-of-two",
        "column-broadcast",
        "inputs-mutated",
    ),
    quantities=_output_alone,
    read=_first_error,
)

HIDDEN_DELTA_TASK = Task(
    id="matrix.hidden_delta",
    parts=(Part("delta1", 3, (HIDDEN,)),),
    draw=draw_hidden_delta,
    truth=lambda W2, delta2, z1: (slope_at_hidden(W2, delta2, z1),),
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        "missing-activation-derivative",
        "derivative-of-activated",
        "a-formula-on-z",
        "untransposed-weights",
        "elementwise-for-product",
        "skips-a-factor",
        "column-broadcast",
        "integer-arithmetic",
        "inputs-mutated",
    ),
    quantities=_hidden_alone,
    read=_first_error,
    shows={"elementwise-for-product": wires_paired},
)

BACKWARD_TASK = Task(
    id="matrix.backward",
    parts=(
        Part("dW1", 2, SHAPES["W1"]),
        Part("db1", 1, SHAPES["b1"]),
        Part("dW2", 2, SHAPES["W2"]),
        Part("db2", 1, SHAPES["b2"]),
    ),
    draw=draw_network(("a0", "t", *PARAMETERS)),
    truth=gradients,
    check_kinds=CHECK,
    # last, since a call that does not come back ends the trials
    grade_kinds=(*GRADE, "vast"),
    mistakes=ON_THE_WAY_BACK,
    quantities=_quantities,
    read=_gradients,
    follows=BACKWARD_FOLLOWS,
    leans_on=FORWARD_TASK,
)

UPDATE_TASK = Task(
    id="matrix.update",
    parts=tuple(Part(name, 0.5, SHAPES[name]) for name in PARAMETERS),
    draw=draw_update,
    truth=stepped,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        "inputs-mutated",
        "wrong-sign",
        "bias-missing",
        "column-broadcast",
        "integer-arithmetic",
    ),
    shows={"wrong-sign": up_the_gradient, "bias-missing": biases_left},
)

ROWS_TASK = Task(
    id="matrix.backward_rows",
    parts=(
        Part("dw1", 1, (INPUTS, HIDDEN)),
        Part("db1", 1, (HIDDEN,)),
        Part("dw2", 1, (HIDDEN, OUTPUTS)),
        Part("db2", 1, (OUTPUTS,)),
    ),
    draw=draw_rows,
    truth=gradients_in_rows,
    check_kinds=CHECK,
    grade_kinds=(*GRADE, "vast"),
    mistakes=ON_THE_WAY_BACK,
    quantities=_quantities_in_rows,
    read=_gradients_in_rows,
    follows=ROWS_FOLLOWS,
)

ERRATA_TASK = Task(
    id="matrix.errata",
    parts=tuple(Part(f"line {line}", 0.25, among=WORDS) for line in LINES),
    draw=lambda rng, kind: Case(says="the printed derivation"),
    truth=lambda: tuple(answers().values()),
    check_kinds=("printed",),
    grade_kinds=("printed",),
    mistakes=("layer-off-by-one",),
    shows={"layer-off-by-one": misprints_believed},
    wants="dict",
)

TASKS = (
    FORWARD_TASK,
    COST_TASK,
    OUTPUT_DELTA_TASK,
    HIDDEN_DELTA_TASK,
    ERRATA_TASK,
    BACKWARD_TASK,
    UPDATE_TASK,
    ROWS_TASK,
)
