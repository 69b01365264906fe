"""Unit 10: eight passes to mend, each right by shape, and the names of their mistakes."""

from course.driving.naming import PASSES, WORDS
from course.forward import relu, sigmoid
from course.task import Case, Part, Task
from course.tasks.bugs.cases import (
    draw_batches,
    draw_deep,
    draw_gradients,
    draw_relu,
    draw_step,
)
from course.tasks.bugs.naming import MADE, NAMES_SHOW
from course.tasks.bugs.shows import BATCHES_SHOW, one_bias_over_all_units
from course.tasks.bugs.truth import (
    RELU,
    SIGMOID,
    read_gradients,
    read_step,
    stepped,
    true_gradients,
)

CHECK = ("plain", "uneven", "square", "integer")
HARD = (
    "plain", "plain", "uneven", "uneven", "square", "one row", "one unit", "many rows",
    "large", "float32", "integer",
    # last, since a call that does not come back ends the trials
    "vast",
)  # fmt: skip
WITH_ARRAYS = ("inputs-mutated", "numerical-gradient")


def _task(number, mistakes, hints, **options):
    """Return the Task of a pass, sigmoid and gradients unless the options say otherwise."""
    # one part: a pass that is wrong in one gradient is a wrong pass
    described = {
        "parts": (Part("gradients", 2, many="dict", of="parameters"),),
        "draw": draw_gradients,
        "truth": true_gradients(sigmoid),
        "check_kinds": CHECK,
        "grade_kinds": HARD,
        "quantities": SIGMOID,
        "read": read_gradients,
    }
    return Task(
        id=f"bugs.fix_{number}",
        mistakes=(*mistakes, *WITH_ARRAYS),
        hints={mistakes[0]: hints},
        **{**described, **options},
    )


FIX_1 = _task(
    1,
    (
        "derivative-of-activated",
        "missing-activation-derivative",
        "a-formula-on-z",
        "wrong-sign",
        "untransposed-weights",
    ),
    (
        "One layer is right, one is wrong: which factor lies only on the wrong one's way?",
        "Put in one row alone. Of what could the ratio of a column be the quotient?",
    ),
)

FIX_2 = _task(
    2,
    ("bias-sum-all", "bias-mean", "bias-first-example", "bias-missing", "integer-arithmetic"),
    (
        "The weights' gradients are right, so both deltas are. What is left to go wrong?",
        "How many different numbers are there in a gradient of a bias? How many should there be?",
    ),
    shows={"bias-sum-all": one_bias_over_all_units},
)

FIX_3 = _task(
    3,
    ("double-mean", "missing-mean", "mean-over-classes", "bias-mean", "factor-of-two"),
    (
        "The ratio is one number everywhere: which count does it follow when you change the data?",
        "Follow the rows through the pass: in how many places are they averaged?",
    ),
)

FIX_4 = _task(
    4,
    ("relu-mask-from-output", "preactivation-for-activation", "elementwise-for-product"),
    (
        "Look for an entry that should be zero and is not: what is that unit's z?",
        "For which values of the array in the comparison is the mask 0?",
    ),
    draw=draw_relu,
    truth=true_gradients(relu),
    quantities=RELU,
)

FIX_5 = _task(
    5,
    (
        "softmax-derivative-twice",
        "prediction-for-error",
        "diagonal-jacobian",
        "extra-output-derivative",
        "class-index-as-one-hot",
    ),
    (
        "Everything is wrong, so the error enters at the very first step of the way back.",
        "Put in one row alone: the ratio belongs to a class. What is that class's p?",
    ),
)

FIX_6 = _task(
    6,
    ("updated-weights-first", "gradient-for-weights", "skips-a-factor", "wrong-sign"),
    (
        "The error of the lower layer grows with the rate. Where could a rate get into a delta?",
        "Read the lines in their order: which weights does each of them see?",
    ),
    parts=(Part("parameters", 2, many="dict"),),
    draw=draw_step,
    truth=stepped,
    read=read_step,
)

FIX_7 = _task(
    7,
    ("same-layer-reused", "layer-off-by-one", "transposed-gradient"),
    (
        "From which layer downwards is it wrong? What is new in the first step that goes wrong?",
        "Which names in the loop do not change with its counter?",
    ),
    draw=draw_deep,
    check_kinds=("plain", "plain", "uneven", "square", "integer"),
    grade_kinds=(*HARD[:4], "two layers", "eight layers", *HARD[4:]),
)

FIX_8 = _task(
    8,
    ("last-batch-size", "missing-mean", "double-mean", "gradient-overwritten"),
    (
        "Try sizes that divide the number of rows, and sizes that do not.",
        "How much should a row in the last batch count, beside a row in the first?",
    ),
    draw=draw_batches,
    check_kinds=("even", "short", "one row left", "integer"),
    grade_kinds=(
        "even", "short", "short", "one row left", "one row short", "one batch",
        "larger than all", "row by row", "uneven", "large", "float32", "integer", "vast",
    ),
    shows=BATCHES_SHOW,
)  # fmt: skip

NAME = Task(
    id="bugs.name",
    parts=tuple(Part(task, 1, among=WORDS) for task in PASSES),
    draw=lambda rng, kind: Case(says="the eight passes"),
    truth=lambda: tuple(MADE[task] for task in PASSES),
    check_kinds=("passes",),
    grade_kinds=("passes",),
    mistakes=tuple(NAMES_SHOW),
    shows=NAMES_SHOW,
    wants="dict",
)

TASKS = (FIX_1, FIX_2, FIX_3, FIX_4, FIX_5, FIX_6, FIX_7, FIX_8, NAME)
