"""Unit 10: the networks and batches on which mended passes are tried; rows are examples."""

from itertools import pairwise

import numpy as np

from course.task import Case

# kind -> (rows, widths from the input to the classes)
SIZES = {
    "plain": (6, (3, 4, 2)),
    "uneven": (4, (2, 5, 3)),
    "square": (3, (3, 3, 3)),
    "one row": (1, (3, 4, 3)),
    "one unit": (5, (2, 1, 3)),
    "many rows": (20, (3, 4, 2)),
    "vast": (30, (320, 300, 20)),
}
DEEP_SIZES = {
    "plain": (5, (3, 3, 3, 3, 2)),
    "uneven": (4, (3, 5, 2, 4, 3)),
    "two layers": (6, (3, 4, 2)),
    "square": (3, (3, 3, 3, 3, 3)),
    "eight layers": (4, (3,) * 9),
    "one row": (1, (2, 3, 3, 3)),
    "one unit": (5, (3, 1, 1, 2)),
    "many rows": (20, (3, 4, 4, 2)),
    "vast": (20, (200, 200, 200, 200, 10)),
}
# kind -> (rows, rows of a batch); the widths are those of "plain" where no other are said
BATCHES = {
    "even": (12, 4),
    "short": (10, 4),
    "one row left": (9, 4),
    "one row short": (11, 4),
    "one batch": (6, 6),
    "larger than all": (5, 8),
    "row by row": (4, 1),
    "vast": (30, 8),
}
TRAITS = {
    "float32": frozenset({"narrow"}),
    "integer": frozenset({"integers"}),
    "vast": frozenset({"vast"}),
}
CLEAR = 1e-3
"""How far from zero the inputs of ReLUs lie, so that every slope is beyond doubt."""


def _array(rng, kind, shape):
    if kind == "integer":
        return rng.choice((-2, -1, 1, 2), size=shape)
    drawn = rng.normal(size=shape)
    if kind == "large":
        drawn *= 3.0
    return drawn.astype(np.float32) if kind == "float32" else drawn


def _batch(rng, kind, m, widths):
    """Draw X (m, n_0), Y (m, K) one-hot and the parameters by name."""
    parameters = {}
    for layer, (below, above) in enumerate(pairwise(widths), start=1):
        w = _array(rng, kind, (below, above))
        parameters[f"w{layer}"] = w / np.sqrt(below) if kind == "vast" else w
        parameters[f"b{layer}"] = _array(rng, kind, (above,))
    last = f"w{len(widths) - 1}"
    if kind == "integer":
        # equal weights out of a unit would hide it from the error of a softmax
        parameters[last][np.ptp(parameters[last], axis=1) == 0, 0] *= -1
    Y = np.eye(widths[-1])[rng.integers(widths[-1], size=m)]
    dtype = {"integer": int, "float32": np.float32}.get(kind, float)
    X = _array(rng, kind, (m, widths[0]))
    return {"X": X, "Y": Y.astype(dtype), "parameters": parameters}


def _says(kind, m, widths):
    size = f"{m} row{'s' * (m > 1)} and the widths {', '.join(map(str, widths))}"
    special = {
        "float32": "float32 arrays, ",
        "integer": "integer arrays, ",
        "large": "large weights, ",
    }
    return special.get(kind, "") + size


def _draw_from(sizes):
    def draw(rng, kind):
        m, widths = sizes.get(kind, sizes["plain"])
        arguments = _batch(rng, kind, m, widths)
        return Case(arguments, _says(kind, m, widths), TRAITS.get(kind, frozenset()))

    return draw


draw_gradients = _draw_from(SIZES)
draw_deep = _draw_from(DEEP_SIZES)


def draw_relu(rng, kind):
    """Draw a case in which every ReLU is clearly on or off, and some are off."""
    while True:
        case = draw_gradients(rng, kind)
        X, parameters = case.arguments["X"], case.arguments["parameters"]
        z1 = X @ parameters["w1"] + parameters["b1"]
        clear = np.abs(z1).min() > CLEAR and np.any(z1 < 0) and np.any(z1 > 0)
        if clear or kind == "vast":
            return case


def draw_step(rng, kind):
    """Draw a case of one step, with its rate."""
    case = draw_gradients(rng, kind)
    rate = float(rng.choice([0.1, 0.5, 2.0]))
    return Case({**case.arguments, "rate": rate}, f"{case.says}, rate {rate}", case.traits)


def draw_batches(rng, kind):
    """Draw a case whose rows come in batches of `size`, the last of which may be short."""
    m, size = BATCHES.get(kind, BATCHES["short"])
    _, widths = SIZES.get(kind, SIZES["plain"])
    arguments = _batch(rng, kind, m, widths)
    says = f"{_says(kind, m, widths)}, in batches of {size}"
    return Case({**arguments, "size": size}, says, TRAITS.get(kind, frozenset()))
