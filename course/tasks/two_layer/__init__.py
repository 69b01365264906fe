"""Unit 05: linear + sigmoid, linear + softmax, cross-entropy, one example at a time."""

import numpy as np

from course.driving.stages import STAGES
from course.forward import cross_entropy, two_layer_forward
from course.mistakes.network import Network, network
from course.task import Case, Part, Task
from course.tasks.two_layer.by_hand import STAGE_FOLLOWS, stages, stages_of
from course.tasks.two_layer.cases import (
    PARAMETERS,
    draw_loss,
    draw_network,
    draw_step,
    worked_example,
)
from course.tasks.two_layer.truth import (
    BACKWARD_FOLLOWS,
    FORWARD_FOLLOWS,
    RATE,
    STEP_FOLLOWS,
    gradients,
    stepped,
)

HIDDEN, INPUTS, CLASSES = "hidden units", "inputs", "classes"
SHAPES = {
    "W1": (HIDDEN, INPUTS),
    "b1": (HIDDEN,),
    "W2": (CLASSES, HIDDEN),
    "b2": (CLASSES,),
}


def _quantities(x, W1, b1, W2, b2, y=None, rate=RATE):
    # the forward pass alone has no y; its mistakes do not look at the way back
    y = np.eye(len(b2))[0] if y is None else y
    return network(x, y, [W1, W2], [b1, b2], rate=rate)


def _values(net, arguments):
    return net.z[1][0], net.a[1][0], net.z[2][0], net.a[2][0]


def _gradients(net, arguments):
    dW, db = net.gradients()
    return dW[1], db[1], dW[2], db[2]


def _new_parameters(net, arguments):
    rate = arguments.get("rate", RATE)
    return tuple(
        arguments[name] - rate * gradient
        for name, gradient in zip(PARAMETERS, _gradients(net, arguments), strict=True)
    )


def _loss_quantities(p, y):
    return Network.of_a_cost(cross_entropy(p, y), y)


CHECK = ("worked", "plain", "uneven", "square", "integer")
GRADE = (
    "worked", "plain", "plain", "uneven", "square", "dominated", "large", "float32", "integer",
    # other numbers of them are in "large" and "dominated"
    "hidden 1", "hidden 2", "hidden 6",
)  # fmt: skip

ON_THE_WAY_BACK = (
    "missing-activation-derivative",
    "derivative-of-activated",
    "a-formula-on-z",
    "prediction-for-error",
    "wrong-sign",
    "factor-of-two",
    "softmax-derivative-twice",
    "extra-output-derivative",
    "diagonal-jacobian",
    "class-index-as-one-hot",
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
)

STAGES_TASK = Task(
    id="two_layer.stages",
    # a hand's chain of roundings may cost one unit of the fourth decimal, and a half
    parts=tuple(Part(name, 0.5, within=1.6e-4) for name in STAGES),
    draw=lambda rng, kind: Case(says="the worked example"),
    truth=lambda: tuple(stages().values()),
    check_kinds=("worked",),
    grade_kinds=("worked",),
    mistakes=(
        "wrong-sign",
        "prediction-for-error",
        "missing-activation-derivative",
        "derivative-of-activated",
        "a-formula-on-z",
        "updated-weights-first",
        "preactivation-for-activation",
        "bias-missing",
        "softmax-derivative-twice",
        "extra-output-derivative",
        "diagonal-jacobian",
        "factor-of-two",
    ),
    quantities=lambda: _quantities(**worked_example()),
    read=stages_of,
    follows=STAGE_FOLLOWS,
    wants="dict",
)

FORWARD_TASK = Task(
    id="two_layer.forward",
    parts=(
        Part("z1", 1, (HIDDEN,)),
        Part("a1", 1, (HIDDEN,)),
        Part("z2", 1, (CLASSES,)),
        Part("p", 1, (CLASSES,)),
    ),
    draw=draw_network(("x", *PARAMETERS)),
    truth=two_layer_forward,
    check_kinds=(*CHECK, "huge logits"),
    grade_kinds=(*GRADE, "huge logits", "huge weights"),
    mistakes=(
        "bias-missing",
        "no-max-shift",
        "aliased-cache",
        "integer-arithmetic",
        "column-broadcast",
        "inputs-mutated",
    ),
    quantities=_quantities,
    read=_values,
    follows=FORWARD_FOLLOWS,
)

LOSS_TASK = Task(
    id="two_layer.loss",
    # a student's epsilon inside the logarithm is no mistake
    parts=(Part("loss", 2, relative=1e-5),),
    draw=draw_loss,
    truth=lambda p, y: (cross_entropy(p, y),),
    check_kinds=tuple(kind for kind in CHECK if kind != "integer"),
    grade_kinds=tuple(kind for kind in GRADE if kind != "integer"),
    mistakes=("wrong-sign", "mean-over-classes", "factor-of-two"),
    quantities=_loss_quantities,
    read=lambda net, arguments: (net.cost,),
)

BACKWARD_TASK = Task(
    id="two_layer.backward",
    parts=(
        Part("dW1", 3, SHAPES["W1"]),
        Part("db1", 2, SHAPES["b1"]),
        Part("dW2", 3, SHAPES["W2"]),
        Part("db2", 2, SHAPES["b2"]),
    ),
    draw=draw_network(("x", "y", *PARAMETERS)),
    truth=gradients,
    check_kinds=CHECK,
    # last, since a call that does not come back ends the trials
    grade_kinds=(*GRADE, "vast"),
    mistakes=(*ON_THE_WAY_BACK, "inputs-mutated", "aliased-cache", "numerical-gradient"),
    quantities=_quantities,
    read=_gradients,
    follows=BACKWARD_FOLLOWS,
    leans_on=FORWARD_TASK,
)

STEP_TASK = Task(
    id="two_layer.train_step",
    parts=tuple(Part(name, 2, SHAPES[name]) for name in PARAMETERS),
    draw=draw_step,
    truth=stepped,
    check_kinds=CHECK,
    grade_kinds=GRADE,
    mistakes=("updated-weights-first", "inputs-mutated", *ON_THE_WAY_BACK),
    quantities=_quantities,
    read=_new_parameters,
    follows=STEP_FOLLOWS,
    leans_on=BACKWARD_TASK,
)

TASKS = (STAGES_TASK, FORWARD_TASK, LOSS_TASK, BACKWARD_TASK, STEP_TASK)
