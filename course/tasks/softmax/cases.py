"""Unit 04: the cases on which answers are tried."""

import numpy as np

from course.forward import softmax
from course.task import Case

WORKED = (2.0, 0.5, -1.0)
"""The logits of the notebook's worked example, which is of class 1."""

TRAITS = {
    "float32": frozenset({"narrow"}),
    "integer": frozenset({"integers"}),
    "high": frozenset({"extreme"}),
    "low": frozenset({"extreme"}),
    "apart": frozenset({"apart"}),
    "high and apart": frozenset({"extreme", "apart"}),
    "rows differ": frozenset({"rows differ"}),
    "vast": frozenset({"vast"}),
}

CLASSES = {"two": 2, "uneven": 6, "many": 40}
"""Kind -> how many classes, where it is not 4."""

BATCHES = {
    "square": (4, 4), "uneven": (5, 3), "one row": (1, 4), "two": (6, 2), "many": (3, 40),
    "vast": (200, 100),
}  # fmt: skip
"""Kind -> (examples, classes), where it is not (4, 3)."""


def _says(kind, sizes):
    *rows, classes = sizes
    size = f"{classes:,} classes"
    if rows:
        size = f"{rows[0]:,} example{'s' if rows[0] > 1 else ''} and {size}"
    return {
        "float32": f"float32 logits, {size}",
        "integer": f"integer logits, {size}",
        "high": f"logits near 10,000, {size}",
        "low": f"logits near -10,000, {size}",
        "apart": f"logits at most 0 that lie thousands apart, {size}",
        "high and apart": f"logits from -10,000 to 10,000, {size}",
        "rows differ": f"one row near 10,000 and the others near 0, {size}",
        "large": f"logits that lie some ten apart, {size}",
    }.get(kind, size)


def _logits(rng, kind, sizes):
    """Draw logits, an array of that shape with the classes along its last axis."""
    z = rng.normal(scale=1.5, size=sizes)
    *rows, classes = sizes
    if kind == "large":
        z *= 4
    elif kind == "float32":
        z = z.astype(np.float32)
    elif kind == "integer":
        # no two alike in a row, so that the differences stay away from zero
        z = rng.permuted(np.tile(np.arange(classes) - 1, (*rows, 1)), axis=-1)
    elif kind == "high":
        z += 1e4
    elif kind == "low":
        z -= 1e4
    elif kind == "apart":
        z = rng.permuted(np.tile(-2000.0 * np.arange(classes), (*rows, 1)), axis=-1) + 0 * z
    elif kind == "high and apart":
        z = rng.permuted(np.tile(np.linspace(-1e4, 1e4, classes), (*rows, 1)), axis=-1)
    elif kind == "rows differ":
        z[rng.integers(rows[0])] += 1e4
    return z


def _case(kind, sizes, arguments):
    return Case(arguments, _says(kind, sizes), TRAITS.get(kind, frozenset()))


def _one(rng, kind):
    """Draw (z, label) of one example; where logits lie apart, the label's p underflows."""
    if kind == "worked":
        return np.array(WORKED), 1
    z = _logits(rng, kind, (CLASSES.get(kind, 4),))
    label = int(np.argmin(z) if "apart" in kind else rng.integers(len(z)))
    return z, label


def draw_softmax(rng, kind):
    """Draw z, (K,) or, where the kind says batch, (m, K)."""
    kind, _, batch = kind.partition(", ")
    z = _logits(rng, kind, BATCHES.get(kind, (4, 3))) if batch else _one(rng, kind)[0]
    says = "the worked example's logits" if kind == "worked" else _says(kind, z.shape)
    return Case({"z": z}, says, TRAITS.get(kind, frozenset()))


def draw_probabilities(rng, kind):
    """Draw p, (K,): the softmax of logits of that kind."""
    z, _ = _one(rng, kind)
    p = softmax(z).astype(z.dtype if z.dtype.kind == "f" else float)
    says = {
        "worked": "the worked example's p",
        "certain": "one class that is certain",
        "float32": f"float32 probabilities of {len(p)} classes",
    }.get(kind, f"{len(p)} classes")
    if kind == "certain":
        p = np.eye(len(p))[rng.integers(len(p))]
    return Case({"p": p}, says, TRAITS.get(kind, frozenset()))


def draw_labelled(rng, kind):
    """Draw z, (K,), and label, the number of the right class."""
    z, label = _one(rng, kind)
    if kind == "worked":
        return Case({"z": z, "label": label}, "the worked example")
    if kind == "last label":
        label = len(z) - 1
    return _case(kind, z.shape, {"z": z, "label": label})


def draw_batch(rng, kind):
    """Draw Z, (m, K), and labels, (m,) whole numbers."""
    sizes = BATCHES.get(kind, (4, 3))
    Z = _logits(rng, kind, sizes)
    labels = np.argmin(Z, axis=1) if "apart" in kind else rng.integers(sizes[1], size=sizes[0])
    return _case(kind, sizes, {"Z": Z, "labels": labels})
