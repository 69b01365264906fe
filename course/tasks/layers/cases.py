"""Unit 08: the arrays on which gates and networks of gates are tried; rows are examples."""

from itertools import pairwise

import numpy as np

from course.forward import relu
from course.task import Case
from course.tasks.softmax.cases import draw_batch

# kind -> (examples, inputs, outputs); elementwise gates take (examples, inputs)
SIZES = {
    "plain": (4, 3, 2),
    "uneven": (2, 5, 3),
    "square": (3, 3, 3),
    "wide": (3, 2, 5),
    "one example": (1, 4, 3),
    "one input": (4, 1, 3),
    "one output": (5, 3, 1),
    "many rows": (20, 3, 2),
    "vast": (2, 400, 260),
}

# kind -> (examples, widths from the input to the classes)
WIDTHS = {
    "one layer": (4, (3, 2)),
    "two layers": (5, (3, 4, 2)),
    "uneven": (4, (3, 5, 2, 4)),
    "square": (3, (3, 3, 3, 3)),
    "five layers": (4, (2, 3, 4, 3, 3, 2)),
    "eleven layers": (3, (2, *(3,) * 10, 2)),
    "one example": (1, (3, 4, 3)),
    "one unit": (4, (3, 1, 2)),
    "many rows": (20, (3, 4, 2)),
    "huge logits": (3, (2, 4, 3)),
    "vast": (3, (200, 300, 150, 10)),
}

TRAITS = {
    "float32": frozenset({"narrow"}),
    "integer": frozenset({"integers"}),
    "huge logits": frozenset({"extreme"}),
    "vast": frozenset({"vast"}),
}
CLEAR = 1e-3
"""How far from the kink of a ReLU its inputs are drawn, so that every slope is beyond doubt."""


def _array(rng, kind, shape):
    if kind == "integer":
        return rng.choice((-3, -2, -1, 1, 2, 3), size=shape)
    drawn = rng.normal(size=shape)
    drawn += np.where(np.abs(drawn) < CLEAR, 2 * CLEAR, 0)
    if kind == "large":
        drawn *= 5
    if kind == "kink":
        drawn[rng.random(shape) < 0.3] = 0.0
        drawn.flat[0] = 0.0
    return drawn.astype(np.float32) if kind == "float32" else drawn


def _says(kind, size):
    return {
        "float32": f"float32 arrays, {size}",
        "integer": f"integer arrays, {size}",
        "large": f"large values, {size}",
        "kink": f"zeros among the entries, {size}",
        "twice": f"a second backward call on the same cache, {size}",
    }.get(kind, size)


def _examples(m):
    return f"{m} example{'s' * (m > 1)}"


def _case(kind, arguments, size):
    return Case(arguments, _says(kind, size), TRAITS.get(kind, frozenset()))


def _with_dout(rng, kind, arguments, shape):
    arguments["dout"] = _array(rng, "float32" if kind == "float32" else "plain", shape)
    if kind == "twice":
        arguments["calls"] = 2
    return arguments


def draw_affine(backward):
    """Return a draw of x (m, n_in), w (n_in, n_out), b (n_out,); backward: with dout as well."""

    def draw(rng, kind):
        m, inputs, outputs = SIZES.get(kind, SIZES["plain"])
        arguments = {
            "x": _array(rng, kind, (m, inputs)),
            "w": _array(rng, kind, (inputs, outputs)),
            "b": _array(rng, kind, (outputs,)),
        }
        if backward:
            _with_dout(rng, kind, arguments, (m, outputs))
        said = f"{_examples(m)}, {inputs} input{'s' * (inputs > 1)} and {outputs} output"
        return _case(kind, arguments, said + "s" * (outputs > 1))

    return draw


def draw_entries(backward):
    """Return a draw of x (m, n); backward: with dout of the same shape as well."""

    def draw(rng, kind):
        m, n, outputs = SIZES.get(kind, SIZES["plain"])
        if kind == "vast":
            # as many entries as the affine gate has weights
            m, n = n, outputs
        arguments = {"x": _array(rng, kind, (m, n))}
        if backward:
            _with_dout(rng, kind, arguments, (m, n))
        return _case(kind, arguments, f"{_examples(m)} of {n} unit{'s' * (n > 1)}")

    return draw


def draw_scores(rng, kind):
    """Draw x (m, K), the scores, and y (m,), the numbers of the right classes."""
    case = draw_batch(rng, kind)
    x, y = case.arguments.values()
    return Case({"x": x, "y": y}, case.says, case.traits)


def draw_network(rng, kind):
    """Draw X (m, n_0), y (m,) and the dictionary of parameters, no ReLU near its kink."""
    while True:
        arguments, widths = _network(rng, kind)
        if kind == "vast" or _clear(arguments, len(widths) - 1):
            break
    m, depth = len(arguments["X"]), len(widths) - 1
    size = f"{_examples(m)} and {depth} layer{'s' * (depth > 1)}, widths "
    size += ", ".join(map(str, widths))
    says = {
        "huge logits": f"scores in the thousands, {size}",
        "shuffled": f"the parameters in another order, {size}",
    }
    return Case(arguments, says.get(kind, _says(kind, size)), TRAITS.get(kind, frozenset()))


def _network(rng, kind):
    m, widths = WIDTHS.get(kind, WIDTHS["two layers"])
    parameters = {}
    for layer, (below, above) in enumerate(pairwise(widths), start=1):
        w = _array(rng, kind, (below, above))
        # He's scale keeps deep networks alive
        deep = kind in ("vast", "eleven layers")
        parameters[f"w{layer}"] = w * np.sqrt(2 / below) if deep else w
        parameters[f"b{layer}"] = _array(rng, kind, (above,))
    if kind == "huge logits":
        last = parameters[f"b{len(widths) - 1}"]
        last[:] = rng.permutation(np.linspace(-2000.0, 2000.0, len(last)))
    if kind == "shuffled":
        names = list(parameters)
        parameters = {names[k]: parameters[names[k]] for k in rng.permutation(len(names))}
    X = _array(rng, kind, (m, widths[0]))
    y = rng.integers(widths[-1], size=m)
    return {"X": X, "y": y, "parameters": parameters}, widths


def _clear(arguments, depth):
    """Whether all inputs of ReLUs lie clear of zero, and each layer has some on either side."""
    out, parameters = np.asarray(arguments["X"], dtype=float), arguments["parameters"]
    for layer in range(1, depth):
        z = out @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        if np.abs(z).min() < CLEAR or not np.any(z > 0) or (z.size > 3 and not np.any(z < 0)):
            return False
        out = relu(z)
    return True
