"""Unit 00: one trivial task, to learn how a graded cell, a check and a hint work."""

from contextlib import suppress

import numpy as np

from course.mistakes.network import network
from course.task import Case, Part, Task

KINDS = {
    "plain": ((3, 2), "3 units and 2 inputs"),
    "wide": ((2, 5), "2 units and 5 inputs"),
    "square": ((3, 3), "3 units and 3 inputs"),
    "one unit": ((1, 4), "1 unit and 4 inputs"),
    "float32": ((4, 3), "float32 arrays"),
    "integer": ((2, 3), "integer biases"),
}
TRAITS = {"integer": frozenset({"integers"}), "float32": frozenset({"narrow"})}


def draw(rng, kind):
    """Draw W, a and b, and return the Case of that kind."""
    (units, inputs), says = KINDS[kind]
    arguments = {
        "W": rng.normal(size=(units, inputs)),
        "a": rng.normal(size=inputs),
        "b": rng.normal(size=units),
    }
    if kind == "float32":
        arguments = {name: value.astype(np.float32) for name, value in arguments.items()}
    elif kind == "integer":
        arguments["b"] = rng.choice((-3, -2, 2, 3), size=units)
    return Case(arguments, says, TRAITS.get(kind, frozenset()))


def _quantities(W, a, b):
    return network(a, np.zeros(len(b)), [W], [b], output="g")


def _entries_paired(W, a, b):
    # on a square W, or with one unit, this runs through; elsewhere it raises
    with suppress(ValueError):
        yield (W * a + b,)


def _column(W, a, b):
    yield (W @ a + b.reshape(-1, 1),)


AFFINE_TASK = Task(
    id="start.affine",
    parts=(Part("z", 2, ("units",)),),
    draw=draw,
    truth=lambda W, a, b: (W @ a + b,),
    check_kinds=("plain", "wide", "square", "integer"),
    grade_kinds=("plain", "plain", "wide", "square", "one unit", "float32", "integer"),
    mistakes=(
        "bias-missing",
        "elementwise-for-product",
        "column-broadcast",
        "inputs-mutated",
        "integer-arithmetic",
    ),
    quantities=_quantities,
    read=lambda net, arguments: (net.z[1][0],),
    shows={"elementwise-for-product": _entries_paired, "column-broadcast": _column},
)

TASKS = (AFFINE_TASK,)
