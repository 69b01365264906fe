"""Unit 02: a 2-3-1 network in index notation, node by node, for any activation."""

import numpy as np

from course.mistakes.network import network
from course.task import Part, Task
from course.tasks.nodes.cases import NETWORK, draw_hidden, draw_network, draw_output
from course.tasks.nodes.truth import (
    FORWARD_FOLLOWS,
    GRADIENTS_FOLLOW,
    STEP_FOLLOWS,
    forward,
    gradients,
    hidden_deltas,
    output_delta,
    stepped,
)

INPUTS, HIDDEN = "inputs", "hidden nodes"
CHECK = ("worked", "sigmoid", "tanh", "integer")
GRADE = (
    "worked", "sigmoid", "sigmoid", "tanh", "tanh", "softplus", "square root", "large",
    "float32", "integer",
)  # fmt: skip
# numbers alone have no dtype to be narrow or integer in
SCALAR_CHECK = ("worked", "sigmoid", "tanh")
SCALAR_GRADE = ("worked", "sigmoid", "sigmoid", "tanh", "softplus", "square root", "large")

ON_THE_WAY_BACK = (
    "missing-activation-derivative",
    "missing-output-derivative",
    "derivative-of-activated",
    "wrong-sign",
    "prediction-for-error",
    "factor-of-two",
    "skips-a-factor",
    "gradient-for-weights",
    "preactivation-for-activation",
    "transposed-gradient",
)


def _quantities(x, w1, w2, g, t=0.0, rate=0.0, g_prime=None):
    W = [np.asarray(w1).T, np.asarray(w2)[None, :]]
    b = [np.zeros(len(w2)), np.zeros(1)]
    return network(x, [t], W, b, g, output="g", rate=rate, rows=True)


def _values(net, arguments):
    return net.z[1][0], net.a[1][0], net.z[2][0, 0], net.a[2][0, 0]


def _gradients(net, arguments):
    dW, _ = net.gradients()
    return dW[1].T, dW[2].ravel()


def _new_weights(net, arguments):
    dw1, dw2 = _gradients(net, arguments)
    return arguments["w1"] - arguments["rate"] * dw1, arguments["w2"] - arguments["rate"] * dw2


def _unactivated(x, w1, w2, g):
    z2, a2, _, _ = forward(x, w1, w2, g)
    yield z2, a2, z2 @ w2, g(z2 @ w2)


def _activated_in_place(x, w1, w2, g):
    _, a2, z3, a3 = forward(x, w1, w2, g)
    yield a2, a2, z3, a3


FORWARD_TASK = Task(
    id="nodes.forward",
    parts=(
        Part("z2", 0.5, (HIDDEN,)),
        Part("a2", 0.5, (HIDDEN,)),
        Part("z3", 0.5),
        Part("a3", 0.5),
    ),
    draw=draw_network(("x", "w1", "w2", "g")),
    truth=forward,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=("preactivation-for-activation", "aliased-cache", "integer-arithmetic"),
    quantities=_quantities,
    read=_values,
    follows=FORWARD_FOLLOWS,
    shows={
        "preactivation-for-activation": _unactivated,
        "aliased-cache": _activated_in_place,
    },
)

OUTPUT_DELTA_TASK = Task(
    id="nodes.output_delta",
    parts=(Part("delta3", 2),),
    draw=draw_output,
    truth=output_delta,
    check_kinds=SCALAR_CHECK,
    grade_kinds=SCALAR_GRADE,
    mistakes=(
        "missing-output-derivative",
        "derivative-of-activated",
        "wrong-sign",
        "prediction-for-error",
        "factor-of-two",
    ),
    shows={
        "missing-output-derivative": lambda a3, t, z3, g_prime: [(a3 - t,)],
        "derivative-of-activated": lambda a3, t, z3, g_prime: [((a3 - t) * g_prime(a3),)],
        "wrong-sign": lambda a3, t, z3, g_prime: [((t - a3) * g_prime(z3),)],
        "prediction-for-error": lambda a3, t, z3, g_prime: [(a3 * g_prime(z3),)],
        "factor-of-two": lambda a3, t, z3, g_prime: [
            (2 * (a3 - t) * g_prime(z3),),
            ((a3 - t) * g_prime(z3) / 2,),
        ],
    },
)

HIDDEN_DELTAS_TASK = Task(
    id="nodes.hidden_deltas",
    parts=(Part("delta2", 2, (HIDDEN,)),),
    draw=draw_hidden,
    truth=hidden_deltas,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(
        "missing-activation-derivative",
        "skips-a-factor",
        "wrong-sign",
        "elementwise-for-product",
        "column-broadcast",
    ),
    shows={
        "missing-activation-derivative": lambda delta3, w2, z2, g_prime: [(delta3 * w2,)],
        "skips-a-factor": lambda delta3, w2, z2, g_prime: [
            (delta3 * g_prime(z2),),
            (w2 * g_prime(z2),),
        ],
        "wrong-sign": lambda delta3, w2, z2, g_prime: [(-delta3 * w2 * g_prime(z2),)],
        "elementwise-for-product": lambda delta3, w2, z2, g_prime: [
            (delta3 * w2 @ g_prime(z2),),
        ],
        "column-broadcast": lambda delta3, w2, z2, g_prime: [
            (delta3 * w2[:, None] * g_prime(z2),),
            (delta3 * w2 * g_prime(z2)[:, None],),
        ],
    },
)

GRADIENTS_TASK = Task(
    id="nodes.gradients",
    parts=(Part("dw1", 2, (INPUTS, HIDDEN)), Part("dw2", 2, (HIDDEN,))),
    draw=draw_network(NETWORK),
    truth=gradients,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=(*ON_THE_WAY_BACK, "inputs-mutated", "forward-difference", "numerical-gradient"),
    quantities=_quantities,
    read=_gradients,
    follows=GRADIENTS_FOLLOW,
    leans_on=FORWARD_TASK,
)

UPDATE_TASK = Task(
    id="nodes.update",
    parts=(Part("new_w1", 2, (INPUTS, HIDDEN)), Part("new_w2", 2, (HIDDEN,))),
    draw=draw_network(("x", "t", "w1", "w2", "rate", "g", "g_prime"), step=True),
    truth=stepped,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=("updated-weights-first", "inputs-mutated", *ON_THE_WAY_BACK),
    quantities=_quantities,
    read=_new_weights,
    follows=STEP_FOLLOWS,
    leans_on=GRADIENTS_TASK,
)

TASKS = (FORWARD_TASK, OUTPUT_DELTA_TASK, HIDDEN_DELTAS_TASK, GRADIENTS_TASK, UPDATE_TASK)
