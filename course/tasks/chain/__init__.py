"""Unit 01: derivatives of plain functions, by the chain rule, by differences, and what for."""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import sigmoid
from course.task import Follow, Part, Task
from course.tasks.chain import hints, mistaken
from course.tasks.chain.cases import draw_descent, draw_neuron, draw_quotient, draw_x, draw_z
from course.tasks.chain.truth import (
    NEURON_FOLLOWS,
    composite,
    composite_factors,
    fork,
    fork_paths,
    neuron,
    neuron_gradients,
    neuron_values,
    product,
    quotient,
    quotient_parts,
    slope,
    walk,
)

ENTRIES = ("the shape of z",)
Z_CHECK = ("vector", "number", "table", "far", "integer")
Z_GRADE = (
    "vector", "number", "table", "cube", "far", "far number", "integer", "float32",
)  # fmt: skip


SIGMOID_TASK = Task(
    id="chain.sigmoid",
    parts=(Part("a", 2, ENTRIES),),
    draw=draw_z,
    truth=lambda z: (sigmoid(z),),
    check_kinds=Z_CHECK,
    grade_kinds=Z_GRADE,
    mistakes=("sigmoid-overflow", "integer-arithmetic", "inputs-mutated"),
)

SIGMOID_PRIME_TASK = Task(
    id="chain.sigmoid_prime",
    parts=(Part("da_dz", 2, ENTRIES),),
    draw=draw_z,
    truth=lambda z: (slope(z),),
    check_kinds=Z_CHECK,
    grade_kinds=Z_GRADE,
    mistakes=(
        "derivative-of-activated",
        "a-formula-on-z",
        "sigmoid-overflow",
        "integer-arithmetic",
        "inputs-mutated",
    ),
    quantities=lambda z: {"z": np.asarray(z), "da_dz": slope(z)},
    read=lambda q, arguments: (q["da_dz"],),
    follows={"da_dz": Follow(("a",), lambda arguments, a: a * (1 - a))},
    leans_on=SIGMOID_TASK,
    tampers=mistaken.SLOPE_TAMPERS,
    hints=hints.SLOPE_HINTS,
)

CENTRAL_DIFFERENCE_TASK = Task(
    id="chain.central_difference",
    parts=(Part("slope", 2),),
    draw=draw_quotient,
    truth=lambda **arguments: quotient(quotient_parts(**arguments)),
    check_kinds=("fine", "default", "coarse", "default", "coarse"),
    grade_kinds=("fine", "fine", "default", "default", "default", "coarse", "coarse", "integer"),
    mistakes=("forward-difference", "factor-of-two", "wrong-sign", "step-too-small"),
    quantities=quotient_parts,
    read=lambda q, arguments: quotient(q),
    tampers=mistaken.QUOTIENT_TAMPERS,
    hints=hints.QUOTIENT_HINTS,
)

COMPOSITE_TASK = Task(
    id="chain.composite_derivative",
    parts=(Part("df_dx", 2),),
    draw=draw_x,
    truth=lambda x: (complex_step_gradient(composite, x),),
    check_kinds=("near", "below zero", "wide", "far"),
    grade_kinds=("near", "near", "below zero", "wide", "wide", "far", "zero", "integer"),
    mistakes=(
        "skips-a-factor",
        "factor-of-two",
        "wrong-sign",
        "derivative-of-activated",
        "numerical-gradient",
        "forward-difference",
    ),
    quantities=composite_factors,
    read=lambda q, arguments: product(q),
    shows=mistaken.COMPOSITE_SHOWS,
    tampers=mistaken.COMPOSITE_TAMPERS,
    hints=hints.COMPOSITE_HINTS,
)

FORK_TASK = Task(
    id="chain.fork_derivative",
    parts=(Part("df_dx", 2),),
    draw=draw_x,
    truth=lambda x: (complex_step_gradient(fork, x),),
    check_kinds=("near", "below zero", "wide", "very far"),
    grade_kinds=("near", "near", "below zero", "below zero", "wide", "very far", "zero", "integer"),
    mistakes=(
        "gradient-overwritten",
        "missing-activation-derivative",
        "skips-a-factor",
        "derivative-of-activated",
        "a-formula-on-z",
        "wrong-sign",
        "numerical-gradient",
    ),
    quantities=fork_paths,
    read=lambda q, arguments: (sum(q["paths"]),),
    shows=mistaken.FORK_SHOWS,
    tampers=mistaken.FORK_TAMPERS,
    hints=hints.FORK_HINTS,
)

NEURON_TASK = Task(
    id="chain.neuron_gradients",
    parts=(Part("dw", 0.5), Part("dx", 0.5), Part("db", 1)),
    draw=draw_neuron,
    truth=neuron_gradients,
    check_kinds=("worked", "random", "sure", "cancelling"),
    grade_kinds=("worked", "random", "random", "sure", "sure", "cancelling", "zero", "integer"),
    mistakes=(
        "missing-output-derivative",
        "derivative-of-activated",
        "a-formula-on-z",
        "wrong-sign",
        "prediction-for-error",
        "factor-of-two",
        "bias-missing",
        "numerical-gradient",
        "forward-difference",
    ),
    quantities=neuron,
    read=neuron_values,
    follows=NEURON_FOLLOWS,
    shows=mistaken.NEURON_SHOWS,
    hints=hints.NEURON_HINTS,
)

DESCEND_TASK = Task(
    id="chain.descend",
    parts=(Part("path", 2, ("steps + 1",)),),
    draw=draw_descent,
    truth=lambda **arguments: (walk(**arguments),),
    check_kinds=("worked", "random", "too large", "integer"),
    grade_kinds=("worked", "random", "random", "random", "too large", "integer", "no step", "long"),
    mistakes=("wrong-sign", "skips-a-factor", "factor-of-two", "integer-arithmetic"),
    quantities=lambda **arguments: arguments,
    read=lambda q, arguments: (walk(**q),),
    tampers=mistaken.DESCENT_TAMPERS,
    hints=hints.DESCENT_HINTS,
)

TASKS = (
    SIGMOID_TASK,
    SIGMOID_PRIME_TASK,
    CENTRAL_DIFFERENCE_TASK,
    COMPOSITE_TASK,
    FORK_TASK,
    NEURON_TASK,
    DESCEND_TASK,
)
