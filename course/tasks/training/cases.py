"""Unit 09: the digits, points and parameters on which answers are tried."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from course.handwriting import SIDE, all_digits
from course.task import Case
from course.tasks.training.truth import scores

TRAITS = {"integer": frozenset({"integers"}), "float32": frozenset({"narrow"})}

# kind -> (examples, batch size)
BATCHES = {
    "even": (24, 6),
    "short": (23, 5),
    "short again": (23, 5),
    "last of one": (31, 6),
    "larger than all": (14, 50),
    "all": (16, 16),
    "ones": (13, 1),
    "many": (301, 32),
}

# kind -> (examples, widths from the input to the classes)
NETWORKS = {
    "two layers": (7, (3, 5, 4)),
    "one layer": (9, (4, 3)),
    "four layers": (11, (3, 6, 5, 4, 3)),
    "many": (200, (5, 8, 10)),
    "as many as classes": (4, (3, 6, 4)),
    "huge scores": (8, (3, 5, 4)),
    "negative scores": (9, (3, 5, 4)),
    "float32": (7, (3, 5, 4)),
    "integer": (8, (3, 5, 4)),
}


@dataclass(frozen=True)
class HeldOut(Case):
    """A case of training, with the digits that stay with the one who judges.

    unseen : (X, y), of the same kind as those in the arguments.
    """

    unseen: tuple = ()


def draw_batches(rng, kind):
    """Draw X (m, n), y (m,), a batch size and an rng; no two examples are alike."""
    m, size = BATCHES[kind]
    arguments = {
        "X": rng.normal(size=(m, 3)),
        "y": rng.integers(10, size=m),
        "size": size,
        "rng": np.random.default_rng(int(rng.integers(2**32))),
    }
    return Case(arguments, f"{m} examples and batches of {size}")


def parameters_of(rng, widths):
    """Draw w1, b1, w2, b2, ...: weights of He's spread, biases beside zero."""
    drawn = {}
    for layer, (below, above) in enumerate(pairwise(widths), start=1):
        drawn[f"w{layer}"] = rng.normal(scale=np.sqrt(2 / below), size=(below, above))
        drawn[f"b{layer}"] = rng.normal(scale=0.5, size=above)
    return drawn


def _in_kind(rng, kind, arrays):
    if kind == "integer":
        return {name: rng.choice((-3, -2, -1, 1, 2, 3), size=a.shape) for name, a in arrays.items()}
    dtype = np.float32 if kind == "float32" else float
    return {name: a.astype(dtype) for name, a in arrays.items()}


def _says(kind, widths):
    size = f"{len(widths) - 1} layer{'s' * (len(widths) > 2)}, widths {', '.join(map(str, widths))}"
    special = {"integer": "integer arrays, ", "float32": "float32 arrays, ", "one step": ""}
    return special.get(kind, "") + size


def draw_step(rng, kind):
    """Draw parameters, gradients of the same shapes and a rate."""
    _, widths = NETWORKS[kind]
    parameters = _in_kind(rng, kind, parameters_of(rng, widths))
    gradients = _in_kind(rng, kind, parameters_of(rng, widths))
    rate = float(rng.choice([0.02, 0.1, 0.3]))
    if kind == "four layers":
        # by name, not by place: another order is as good
        gradients = dict(reversed(gradients.items()))
    arguments = {"parameters": parameters, "gradients": gradients, "rate": rate}
    said = f"{_says(kind, widths)} and a rate of {rate}"
    return Case(arguments, said, TRAITS.get(kind, frozenset()))


def draw_labelled(rng, kind):
    """Draw X (m, n), y (m,) and parameters that get some of the examples right, and not all."""
    m, widths = NETWORKS[kind]
    while True:
        drawn = _in_kind(rng, kind, {"X": rng.normal(size=(m, widths[0]))})
        parameters = _in_kind(rng, kind, parameters_of(rng, widths))
        last = f"b{len(widths) - 1}"
        if kind == "huge scores":
            parameters[last] = parameters[last] + 2000
        elif kind == "negative scores":
            parameters[last] = parameters[last] - 50
        found = scores(drawn["X"], parameters)
        # about two in three are to be right, and no two scores nearly tie
        y = np.where(rng.random(m) < 0.65, found.argmax(axis=1), rng.integers(widths[-1], size=m))
        share = np.mean(found.argmax(axis=1) == y)
        best = np.sort(found, axis=1)
        if 0 < share < 1 and share != 0.5 and np.all(best[:, -1] - best[:, -2] > 1e-3):
            break
    arguments = {"X": drawn["X"], "y": y, "parameters": parameters}
    special = {"huge scores": "scores near 2000, ", "negative scores": "scores below zero, "}
    said = f"{special.get(kind, '')}{m} examples, {_says(kind, widths)}"
    return Case(arguments, said, TRAITS.get(kind, frozenset()))


@cache
def _scaled_digits():
    X, y = all_digits()
    return X / 16, y


def _renumbered_digits(rng):
    """Return all digits in random order, pixels and classes renumbered at random.

    To a fully connected network neither order means anything, so it learns as well as before;
    but nothing that was kept from the digits of the notebook fits these.
    """
    X, y = _scaled_digits()
    order, pixels = rng.permutation(len(y)), rng.permutation(SIDE**2)
    return X[order][:, pixels], rng.permutation(10)[y[order]]


# kind -> (widths, epochs, rate, batch size)
TRAININGS = {
    "digits": ((64, 64, 64, 10), 40, 0.15, 16),
    "short last batch": ((64, 128, 10), 40, 0.2, 20),
    "deep": ((64, 64, 64, 64, 10), 25, 0.1, 16),
}
HELD_OUT = 485


def draw_training(rng, kind):
    """Draw the arguments of a training, and digits held out for the one who judges it."""
    widths, epochs, rate, batch = TRAININGS[kind]
    X, y = _renumbered_digits(rng)
    arguments = {
        "X": X[HELD_OUT:],
        "y": y[HELD_OUT:],
        "sizes": list(widths),
        "epochs": epochs,
        "rate": rate,
        "batch": batch,
        "rng": np.random.default_rng(int(rng.integers(2**32))),
    }
    said = (
        f"{len(y) - HELD_OUT:,} digits to learn from and {HELD_OUT} held out, pixels and classes "
        f"renumbered, the sizes {list(widths)}, {epochs} epochs, a rate of {rate} and batches of "
        f"{batch}"
    )
    return HeldOut(arguments, said, unseen=(X[:HELD_OUT], y[:HELD_OUT]))


# kind -> widths
FEW = {"twenty": (64, 32, 10), "twenty others": (64, 32, 10), "narrower": (64, 20, 10)}


def draw_few(rng, kind):
    """Draw twenty digits, widths and an rng."""
    X, y = _renumbered_digits(rng)
    arguments = {
        "X": X[:20],
        "y": y[:20],
        "sizes": list(FEW[kind]),
        "rng": np.random.default_rng(int(rng.integers(2**32))),
    }
    return Case(arguments, f"20 digits, pixels and classes renumbered, the sizes {list(FEW[kind])}")
