"""Unit 09: training on handwritten digits, with the student's own backward pass."""

import numpy as np

from course.task import Part, Task
from course.tasks.training.batches import X_amiss, in_turn, last_is_short, y_amiss
from course.tasks.training.cases import (
    Case,
    draw_batches,
    draw_few,
    draw_labelled,
    draw_step,
    draw_training,
)
from course.tasks.training.judged import (
    accuracy_amiss,
    loss_amiss,
    share_of_accuracy,
    share_of_loss,
    some_start,
    spread_off_at_the_start,
    start_amiss,
    units_alike_at_the_start,
)
from course.tasks.training.truth import accuracy, scores, stepped

LAYERS = ("layers",)


MINIBATCHES = Task(
    id="training.minibatches",
    parts=(
        Part("X_batches", 2, ("batches",), many="list", amiss=X_amiss),
        Part("y_batches", 2, ("batches",), many="list", amiss=y_amiss),
    ),
    draw=draw_batches,
    truth=in_turn,
    check_kinds=("even", "short", "short again", "larger than all"),
    grade_kinds=("even", "short", "short again", "last of one", "larger than all", "all", "ones",
                 "many"),
    mistakes=("last-batch-size", "inputs-mutated"),
    sees={"last-batch-size": lambda evidence, part: evidence.wrong_just_where(part, last_is_short)},
)  # fmt: skip


def _with_biases_as_they_were(parameters, gradients, rate):
    new = stepped(parameters, gradients, rate)
    yield ({**new, **{name: parameters[name] for name in new if name.startswith("b")}},)


SGD_STEP = Task(
    id="training.sgd_step",
    parts=(Part("parameters", 2, LAYERS, many="dict"),),
    draw=draw_step,
    truth=lambda parameters, gradients, rate: (stepped(parameters, gradients, rate),),
    check_kinds=("two layers", "one layer", "four layers", "integer"),
    grade_kinds=("two layers", "two layers", "one layer", "four layers", "many", "float32",
                 "integer"),
    mistakes=("wrong-sign", "bias-missing", "integer-arithmetic", "inputs-mutated"),
    shows={
        "wrong-sign": lambda parameters, gradients, rate: [
            (stepped(parameters, gradients, -rate),)
        ],
        "bias-missing": _with_biases_as_they_were,
    },
)  # fmt: skip


def _count(X, y, parameters):
    yield (accuracy(X, y, parameters) * len(y),)


def _share_of_the_wrong(X, y, parameters):
    yield (1 - accuracy(X, y, parameters),)


def _each_with_each(X, y, parameters):
    best = scores(X, parameters).argmax(axis=1)
    yield (np.mean(best[:, None] == y),)


def _by_classes(X, y, parameters):
    right = accuracy(X, y, parameters) * len(y)
    classes = len(parameters[f"b{len(parameters) // 2}"])
    yield (right / classes,)
    yield (right / len(y) / classes,)


def _without_biases(X, y, parameters):
    bare = {name: value * (value.ndim > 1) for name, value in parameters.items()}
    yield (accuracy(X, y, bare),)


ACCURACY = Task(
    id="training.accuracy",
    parts=(Part("accuracy", 2),),
    draw=draw_labelled,
    truth=lambda X, y, parameters: (accuracy(X, y, parameters),),
    check_kinds=("two layers", "one layer", "four layers", "many", "negative scores"),
    grade_kinds=("two layers", "two layers", "one layer", "four layers", "many",
                 "as many as classes", "huge scores", "negative scores", "float32", "integer"),
    mistakes=("missing-mean", "wrong-sign", "column-broadcast", "mean-over-classes",
              "bias-missing", "inputs-mutated"),
    shows={
        "missing-mean": _count,
        "wrong-sign": _share_of_the_wrong,
        "column-broadcast": _each_with_each,
        "mean-over-classes": _by_classes,
        "bias-missing": _without_biases,
    },
)  # fmt: skip

INITIAL_LOSS = Task(
    id="training.initial_loss",
    parts=(Part("initial_loss", 2, within=1.6e-4),),
    draw=lambda rng, kind: Case({}),
    truth=lambda: (float(np.log(10)),),
    check_kinds=("ten classes",),
    grade_kinds=("ten classes",),
    mistakes=("wrong-sign", "mean-over-classes"),
    shows={
        "wrong-sign": lambda: [(-np.log(10),)],
        "mean-over-classes": lambda: [(np.log(10) / 10,)],
    },
    wants="value",
)

OVERFIT = Task(
    id="training.overfit",
    parts=(
        Part("parameters", 4, LAYERS, many="dict", amiss=loss_amiss, partly=share_of_loss),
    ),
    draw=draw_few,
    truth=lambda **arguments: (some_start(**arguments),),
    check_kinds=("twenty",),
    grade_kinds=("twenty", "twenty others", "narrower"),
    mistakes=("symmetric-initialisation", "inputs-mutated"),
    seconds=10.0,
)  # fmt: skip


TRAIN = Task(
    id="training.train",
    parts=(
        Part("start", 2, LAYERS, many="dict", amiss=start_amiss),
        Part("parameters", 8, LAYERS, many="dict", amiss=accuracy_amiss, partly=share_of_accuracy),
    ),
    draw=draw_training,
    truth=lambda **arguments: (some_start(**arguments),) * 2,
    check_kinds=("digits", "deep"),
    grade_kinds=("digits", "short last batch", "deep"),
    mistakes=("symmetric-initialisation", "unscaled-initialisation", "inputs-mutated"),
    sees={
        "symmetric-initialisation": units_alike_at_the_start,
        "unscaled-initialisation": spread_off_at_the_start,
    },
    seconds=30.0,
)

TASKS = (MINIBATCHES, SGD_STEP, ACCURACY, INITIAL_LOSS, OVERFIT, TRAIN)
