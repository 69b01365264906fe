"""Unit 07: other activations than the sigmoid, and weights to start from."""

from course.mistakes.network import network
from course.task import Part, Task
from course.tasks.activations.cases import draw_network
from course.tasks.activations.elementwise import ELEMENTWISE
from course.tasks.activations.starting import SIZES, amiss, draw, initial
from course.tasks.activations.truth import (
    delta_sizes,
    gradients,
    nearest_sizes,
    root_mean_square,
)

CHECK = ("tanh", "relu", "leaky", "uneven", "square", "sine", "huge logits")
GRADE = (
    "tanh", "relu", "leaky", "uneven", "square", "sine", "deep", "one example",
    "one unit", "one layer", "float32", "integer", "huge logits", "rows differ",
    # last, since a call that does not come back ends the trials
    "vast",
)  # fmt: skip


def _quantities(X, Y, weights, biases, g, g_prime):
    return network(X, Y, [w.T for w in weights], biases, g=g, rows=True)


def _gradients(net, arguments):
    dW, db = net.gradients()
    return [dW[layer].T for layer in dW], list(db.values())


def _sizes(net, arguments):
    return (root_mean_square(net.errors().values()),)


IN_DELTA = (
    "missing-activation-derivative",
    "derivative-of-activated",
    "extra-output-derivative",
    "softmax-derivative-twice",
    "prediction-for-error",
    "class-index-as-one-hot",
    "diagonal-jacobian",
    "factor-of-two",
    "double-mean",
    "untransposed-weights",
    "same-layer-reused",
    "skips-a-factor",
    "global-max-shift",
    "no-max-shift",
)

BACKWARD_BATCH = Task(
    id="activations.backward_batch",
    parts=(
        Part("dws", 4, ("layers",), many="list", of="weights"),
        Part("dbs", 4, ("layers",), many="list", of="biases"),
    ),
    draw=draw_network,
    truth=gradients,
    check_kinds=(*CHECK, "integer", "rows differ"),
    grade_kinds=GRADE,
    mistakes=(
        # before double-mean, which is the same where db alone is looked at
        "bias-mean",
        *IN_DELTA,
        "wrong-sign",
        "missing-mean",
        "mean-over-classes",
        "transposed-gradient",
        "gradient-for-weights",
        "preactivation-for-activation",
        "layer-off-by-one",
        "bias-sum-all",
        "bias-first-example",
        "bias-missing",
        "integer-arithmetic",
        "inputs-mutated",
        "aliased-cache",
        "numerical-gradient",
    ),
    quantities=_quantities,
    read=_gradients,
)

DELTA_SIZES = Task(
    id="activations.delta_sizes",
    parts=(Part("delta_sizes", 4, ("layers",), nearest=nearest_sizes),),
    draw=draw_network,
    truth=delta_sizes,
    check_kinds=(*CHECK, "rows differ"),
    grade_kinds=GRADE,
    mistakes=(*IN_DELTA, "inputs-mutated", "numerical-gradient"),
    quantities=_quantities,
    read=_sizes,
)

INITIALISE = Task(
    id="activations.initialise",
    parts=(
        Part("weights", 2, ("layers",), many="list", amiss=amiss),
        Part("biases", 1, ("layers",), many="list"),
    ),
    draw=draw,
    truth=initial,
    check_kinds=("he", "he again", "xavier", "small"),
    grade_kinds=tuple(SIZES),
    mistakes=("symmetric-initialisation", "unscaled-initialisation"),
    # two sizes ask for 100,000 numbers, which plain loops draw one by one
    seconds=5.0,
)

TASKS = (*ELEMENTWISE, BACKWARD_BATCH, DELTA_SIZES, INITIALISE)
