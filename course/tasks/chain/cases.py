"""Unit 01: the cases on which answers are tried."""

import numpy as np

from course.forward import sigmoid
from course.task import Case

INTEGERS = {"traits": frozenset({"integers"})}
NARROW = {"traits": frozenset({"narrow"})}


def cubic(x):
    """Return x³ + x."""
    return x**3 + x


def wave(x):
    """Return sin x + 2x."""
    return np.sin(x) + 2 * x


def softplus(x):
    """Return log(1 + e^x)."""
    return np.log(1 + np.exp(x))


CURVES = {"e^x": np.exp, "x³ + x": cubic, "sin x + 2x": wave, "log(1 + e^x)": softplus}
# what these lose by a coarse step has the same sign everywhere, so it never looks like rounding
BENT_UPWARD = {"e^x": np.exp, "x³ + x": cubic}

SHAPES = {"vector": (6,), "table": (3, 4), "cube": (2, 3, 2)}


def draw_z(rng, kind):
    """Draw z for functions that work entry by entry: a number, or an array of any shape."""
    if kind == "number":
        return Case({"z": float(rng.normal())}, "z a number")
    if kind == "far number":
        return Case({"z": -1000.0}, "z = -1000")
    if kind == "far":
        z = rng.permutation([-1000.0, -40.0, -1.0, 0.0, 1.0, 40.0, 1000.0])
        return Case({"z": z}, "z as far out as ±1000")
    if kind == "integer":
        return Case({"z": rng.permutation([-3, -2, -1, 0, 1, 2, 3])}, "integer z", **INTEGERS)
    if kind == "float32":
        return Case({"z": rng.normal(size=5).astype(np.float32)}, "float32 z", **NARROW)
    z = 2 * rng.normal(size=SHAPES[kind])
    # both signs are in it, since many right answers treat them apart
    z.flat[:2] = abs(z.flat[0]), -abs(z.flat[1])
    return Case({"z": z}, f"z of shape {z.shape}")


def draw_quotient(rng, kind):
    """Draw f, x and h of a difference quotient; one kind leaves h out, to try the default."""
    curves = BENT_UPWARD if kind in ("coarse", "integer") else CURVES
    name = rng.choice(list(curves))
    x = int(rng.integers(1, 4)) if kind == "integer" else round(float(rng.uniform(-2, 2)), 2)
    arguments = {"f": curves[name], "x": x}
    if kind == "default":
        return Case(arguments, f"f(x) = {name}, x = {x} and h left out")
    coarse = float(rng.choice([0.25, 0.5]))
    arguments["h"] = float(rng.choice([1e-4, 1e-3])) if kind == "fine" else coarse
    says = f"f(x) = {name}, x = {x} and h = {arguments['h']}"
    return Case(arguments, says, **(INTEGERS if kind == "integer" else {}))


def draw_x(rng, kind):
    """Draw the x at which a formula is differentiated."""
    far = kind in ("far", "very far")
    x = {
        "near": lambda: rng.uniform(0.3, 1.2),
        "below zero": lambda: rng.uniform(-1.6, -0.4),
        "wide": lambda: rng.uniform(1.5, 3.0),
        "far": lambda: rng.uniform(300, 400),
        "very far": lambda: rng.uniform(1e6, 2e6),
        "zero": lambda: 0.0,
        "integer": lambda: rng.integers(1, 4),
    }[kind]()
    x = int(x) if kind == "integer" else round(float(x), 2)
    return Case({"x": x}, f"x = {x}" + ", far from zero" * far)


def draw_neuron(rng, kind):
    """Draw w, x, b and t of one neuron."""
    if kind == "worked":
        arguments = {"w": 0.6, "x": 2.0, "b": -0.4, "t": 0.0}
        return Case(arguments, "the numbers of the worked example")
    w, x, b = (float(v) for v in rng.uniform(0.3, 1.5, size=3) * rng.choice([-1, 1], size=3))
    t, says = float(rng.uniform(-1, 2)), "numbers drawn at random"
    if kind == "cancelling":
        # here differences lose their digits, or step too far along z
        w, x = 500 * w, 2000 * x
        b, says = b - w * x, "terms of z that nearly cancel"
    elif kind == "sure":
        w, x, says = 3 * np.sign(w) * abs(w) ** 0.2, 1.5 * np.sign(x), "a neuron that is sure"
        w, x = float(w), float(x)
    elif kind == "zero":
        x, says = 0.0, "an input of 0"
    elif kind == "integer":
        w, x, b, t = (int(v) for v in rng.choice([-2, -1, 1, 2], size=4))
        says = "integers"
    return Case({"w": w, "x": x, "b": b, "t": t}, says)


SLOPES = {
    "2(x - 3)": lambda x: 2 * (x - 3),
    "x³": lambda x: x**3,
    "tanh x": np.tanh,
    "σ(x) - 0.3": lambda x: sigmoid(x) - 0.3,
}


def draw_descent(rng, kind):
    """Draw a derivative, x0, a rate and a number of steps."""
    # uphill on x³ many steps leave what a float can hold, and nothing could be named there
    names = [name for name in SLOPES if kind != "long" or name != "x³"]
    name = "2(x - 3)" if kind in ("worked", "too large", "integer") else rng.choice(names)
    x0, rate = round(float(rng.uniform(-1.5, 1.5)), 2), float(rng.choice([0.05, 0.1, 0.3]))
    steps = int(rng.integers(3, 8))
    if kind == "worked":
        x0, rate, steps = 0.0, 0.1, 4
    elif kind == "too large":
        rate = 1.05
    elif kind == "integer":
        x0 = int(rng.integers(-4, 3))
    elif kind == "no step":
        steps = 0
    elif kind == "long":
        steps = 200
    arguments = {"derivative": SLOPES[name], "x0": x0, "rate": rate, "steps": steps}
    says = f"the derivative {name}, x0 = {x0}, rate = {rate} and steps = {steps}"
    return Case(arguments, says, **(INTEGERS if kind == "integer" else {}))
