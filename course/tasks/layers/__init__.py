"""Unit 08: gates that remember. A forward returns (out, cache), a backward takes (dout, cache)."""

from course.forward import relu, sigmoid
from course.task import Part, Task
from course.tasks.layers.cases import draw_affine, draw_entries, draw_network, draw_scores
from course.tasks.layers.shows import (
    AFFINE_BACKWARD_SHOWS,
    AFFINE_FORWARD_SHOWS,
    SIGMOID_BACKWARD_SHOWS,
    entries_shows,
    forward_shows,
)
from course.tasks.layers.truth import (
    RELU,
    SIGMOID,
    affine,
    affine_parts,
    affine_quantities,
    gradients_of,
    nearest_at_the_kink,
    network_loss,
    network_parts,
    network_quantities,
)
from course.tasks.softmax.truth import quantities_of_logits, softmax_loss

EXAMPLES, INPUTS, OUTPUTS, UNITS = "examples", "inputs", "outputs", "units"
CLASSES = "classes"

HARD = (
    "plain", "plain", "uneven", "square", "wide", "one example", "one input", "one output",
    "many rows", "large", "float32", "integer",
)  # fmt: skip
WITH_ARRAYS = ("inputs-mutated", "integer-arithmetic")


def _out(layer):
    return lambda net, arguments: (net.a[layer],)


def _entries_forward(name, g, quantities, mistakes):
    return Task(
        id=f"layers.{name}",
        parts=(Part("out", 1, (EXAMPLES, UNITS)),),
        draw=draw_entries(backward=False),
        truth=lambda x: (g(x),),
        check_kinds=("plain", "square", "integer"),
        grade_kinds=(*HARD, "kink"),
        mistakes=mistakes,
        quantities=quantities,
        read=_out(1),
        shows=forward_shows(g),
    )


def _entries_back(gate, g, quantities, mistakes, shows, **of_part):
    forward, backward = f"{gate}_forward", f"{gate}_backward"
    return Task(
        id=f"layers.{backward}",
        parts=(Part("dx", 2, (EXAMPLES, UNITS), **of_part),),
        draw=draw_entries(backward=True),
        truth=gradients_of(g, ("x",)),
        check_kinds=("plain", "square", "integer", "twice"),
        grade_kinds=(*HARD, "kink", "twice", "vast"),
        mistakes=mistakes,
        quantities=quantities,
        read=lambda net, arguments: (net.share * net.errors()[1],),
        shows=shows,
        objects=(forward, backward),
    )


AFFINE_FORWARD = Task(
    id="layers.affine_forward",
    parts=(Part("out", 2, (EXAMPLES, OUTPUTS)),),
    draw=draw_affine(backward=False),
    truth=lambda x, w, b: (affine(x, w, b),),
    check_kinds=("plain", "uneven", "square", "integer"),
    grade_kinds=HARD,
    mistakes=("bias-missing", "elementwise-for-product", "inputs-mutated"),
    quantities=affine_quantities,
    read=_out(2),
    shows=AFFINE_FORWARD_SHOWS,
)

AFFINE_BACKWARD = Task(
    id="layers.affine_backward",
    parts=(
        Part("dx", 2, (EXAMPLES, INPUTS)),
        Part("dw", 2, (INPUTS, OUTPUTS)),
        Part("db", 2, (OUTPUTS,)),
    ),
    draw=draw_affine(backward=True),
    truth=gradients_of(affine, ("x", "w", "b")),
    check_kinds=("plain", "uneven", "square", "integer", "twice"),
    grade_kinds=(*HARD, "twice", "vast"),
    mistakes=(
        "transposed-gradient",
        "untransposed-weights",
        "elementwise-for-product",
        "bias-sum-all",
        "bias-mean",
        "bias-first-example",
        "bias-missing",
        "column-broadcast",
        "double-mean",
        "gradient-overwritten",
        "gradient-accumulated",
        "gradient-for-weights",
        "skips-a-factor",
        "wrong-sign",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    quantities=affine_quantities,
    read=affine_parts,
    shows=AFFINE_BACKWARD_SHOWS,
    objects=("affine_forward", "affine_backward"),
)

SIGMOID_FORWARD = _entries_forward(
    "sigmoid_forward", sigmoid, SIGMOID, ("wrong-sign", *WITH_ARRAYS)
)
RELU_FORWARD = _entries_forward("relu_forward", relu, RELU, ("wrong-sign", "inputs-mutated"))

SIGMOID_BACKWARD = _entries_back(
    "sigmoid",
    sigmoid,
    SIGMOID,
    (
        "missing-activation-derivative",
        "derivative-of-activated",
        "a-formula-on-z",
        "skips-a-factor",
        "wrong-sign",
        "aliased-cache",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    SIGMOID_BACKWARD_SHOWS,
)

RELU_BACKWARD = _entries_back(
    "relu",
    relu,
    RELU,
    ("relu-mask-from-output", "skips-a-factor", *WITH_ARRAYS, "numerical-gradient"),
    entries_shows(relu),
    nearest=nearest_at_the_kink,
)

SOFTMAX_LOSS = Task(
    id="layers.softmax_loss",
    parts=(Part("loss", 2, relative=1e-6), Part("dx", 2, (EXAMPLES, CLASSES))),
    draw=draw_scores,
    truth=lambda x, y: softmax_loss(x, y),
    check_kinds=("plain", "uneven", "square", "integer", "high", "apart", "rows differ"),
    grade_kinds=(
        "plain", "plain", "uneven", "square", "two", "one row", "many", "large", "float32",
        "integer", "high", "low", "apart", "high and apart", "rows differ", "vast",
    ),
    mistakes=(
        "missing-mean",
        "double-mean",
        "log-of-zero",
        "wrong-sign",
        "prediction-for-error",
        "class-index-as-one-hot",
        "softmax-derivative-twice",
        "factor-of-two",
        "mean-over-classes",
        "no-max-shift",
        "global-max-shift",
        "column-broadcast",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    quantities=lambda x, y: quantities_of_logits(x, y),
    read=lambda net, arguments: (net.cost, net.share * net.error),
)  # fmt: skip

NETWORK_LOSS = Task(
    id="layers.network_loss",
    parts=(
        Part("loss", 2, relative=1e-6),
        Part("dw", 2, many="dict"),
        Part("db", 2, many="dict"),
    ),
    draw=draw_network,
    truth=network_loss,
    check_kinds=(
        "two layers", "uneven", "square", "one layer", "five layers", "eleven layers", "integer",
    ),
    grade_kinds=(
        "two layers", "two layers", "one layer", "uneven", "uneven", "square", "five layers",
        "eleven layers", "one example", "one unit", "many rows", "shuffled", "float32",
        "integer", "huge logits", "vast",
    ),
    mistakes=(
        "missing-activation-derivative",
        "layer-off-by-one",
        "same-layer-reused",
        "skips-a-factor",
        "untransposed-weights",
        "double-mean",
        "missing-mean",
        "wrong-sign",
        "transposed-gradient",
        "bias-missing",
        "gradient-accumulated",
        "aliased-cache",
        *WITH_ARRAYS,
        "numerical-gradient",
    ),
    quantities=network_quantities,
    read=network_parts,
)  # fmt: skip

TASKS = (
    AFFINE_FORWARD,
    AFFINE_BACKWARD,
    SIGMOID_FORWARD,
    SIGMOID_BACKWARD,
    RELU_FORWARD,
    RELU_BACKWARD,
    SOFTMAX_LOSS,
    NETWORK_LOSS,
)
