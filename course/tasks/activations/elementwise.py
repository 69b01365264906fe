"""Unit 07: the five functions that work entry by entry, and the cases they are tried on."""

import numpy as np

from course.forward import leaky_relu, relu
from course.mistakes.network import elementwise_slope
from course.task import Case, Part, Task

SLOPE = 0.01
KINDS = ("row", "table", "kink", "integer")
HARD_KINDS = (*KINDS, "row", "table", "cube", "large", "float32", "kink")
TRAITS = {"integer": frozenset({"integers"}), "float32": frozenset({"narrow"})}


def _entries(rng, kind):
    """Draw an array with both signs in it and no zero, but for kinks, with words for its kind."""
    shape = {"row": (6,), "cube": (2, 3, 2), "kink": (8,)}.get(kind, (3, 4))
    z, says = rng.normal(scale=1.5, size=shape), f"an array of shape {shape}"
    z.flat[:2] = np.abs(z.flat[0]), -np.abs(z.flat[1])
    if kind == "kink":
        z[rng.choice(8, size=3, replace=False)] = [0.0, 0.0, -0.0]
        says = "zeros among the entries"
    elif kind == "large":
        z, says = 300.0 * z, "entries in the hundreds"
    elif kind == "float32":
        z, says = z.astype(np.float32), "a float32 array"
    elif kind == "integer":
        z, says = rng.permutation([-3, -2, -1, 1, 2, 3]), "an integer array"
    return z, says


def draw(rng, kind):
    z, says = _entries(rng, kind)
    return Case({"z": z}, says, TRAITS.get(kind, frozenset()))


def draw_with_slope(rng, kind):
    z, says = _entries(rng, kind)
    arguments = {"z": z}
    # one kind leaves the slope out, so that the default is tried as well
    if kind != "row":
        arguments["slope"] = float(rng.choice([0.05, 0.1, 0.2, 0.3]))
        says += f" and a slope of {arguments['slope']}"
    return Case(arguments, says, TRAITS.get(kind, frozenset()))


def nearest_slope(came, true, z, slope=SLOPE):
    """Return the right slopes nearest to those that came: at the kink all of [0, 1] are right."""
    return np.where(z == 0, np.clip(came, 0, 1), true)


def _task(name, draw, truth, mistakes, part=None, shows=None):
    return Task(
        id=f"activations.{name}",
        parts=(part or Part(name, 1, ("the shape of z",)),),
        draw=draw,
        truth=lambda **arguments: (truth(**arguments),),
        check_kinds=KINDS,
        grade_kinds=HARD_KINDS,
        mistakes=mistakes,
        shows=shows or {},
    )


def _tanh_slope(z):
    return elementwise_slope(np.tanh, z)


def _relu_slope(z):
    return elementwise_slope(relu, z)


def _leaky_slope(z, slope=SLOPE):
    return elementwise_slope(lambda v: leaky_relu(v, slope), z)


TANH_PRIME = _task(
    "tanh_prime",
    draw,
    _tanh_slope,
    ("derivative-of-activated", "a-formula-on-z", "wrong-sign", "forward-difference"),
    Part("tanh_prime", 1, ("the shape of z",), of="z"),
    {
        "derivative-of-activated": lambda z: [(_tanh_slope(np.tanh(z)),)],
        "a-formula-on-z": lambda z: [(1.0 - z**2,), (z * (1.0 - z),)],
        "wrong-sign": lambda z: [(-_tanh_slope(z),)],
    },
)

RELU = _task("relu", draw, relu, ("inputs-mutated",))

RELU_PRIME = _task(
    "relu_prime",
    draw,
    _relu_slope,
    ("relu-mask-from-output", "inputs-mutated"),
    Part("relu_prime", 1, ("the shape of z",), nearest=nearest_slope),
    {"relu-mask-from-output": lambda z: [(np.ones(z.shape),)]},
)

LEAKY_RELU = _task(
    "leaky_relu", draw_with_slope, leaky_relu, ("inputs-mutated", "integer-arithmetic")
)

LEAKY_RELU_PRIME = _task(
    "leaky_relu_prime",
    draw_with_slope,
    _leaky_slope,
    ("relu-mask-from-output", "integer-arithmetic", "inputs-mutated"),
    Part("leaky_relu_prime", 1, ("the shape of z",), nearest=nearest_slope),
    {"relu-mask-from-output": lambda z, slope=SLOPE: [(np.ones(z.shape),)]},
)

ELEMENTWISE = (TANH_PRIME, RELU, RELU_PRIME, LEAKY_RELU, LEAKY_RELU_PRIME)
