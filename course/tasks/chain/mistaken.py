"""Unit 01: what each mistake makes of the quantities of a plain function."""

import numpy as np

from course.forward import sigmoid
from course.tasks.chain.truth import composite, fork, neuron_cost, slope

# shorter than these, rounding shows in a difference; longer, it counts as none
TINY = [10.0**-k for k in range(10, 17)]
STEPS = [10.0**-k for k in range(2, 13)]


def _with(**changed):
    """Make a tamper that replaces entries; a function is called with the quantities."""

    def tamper(q):
        yield {**q, **{name: v(q) if callable(v) else v for name, v in changed.items()}}

    return tamper


def _ways(*tampers):
    def tamper(q):
        for one in tampers:
            yield from one(q)

    return tamper


def _tiny_steps(q):
    for h in TINY:
        yield {**q, "h": h}


def differences(f, names):
    """Return `shows` for derivatives taken by differences of f by each named argument in turn.

    forward-difference steps ahead (or back) only, numerical-gradient to both sides.
    """

    def shown(ahead, behind):
        def made(**arguments):
            for h in STEPS:
                yield tuple(_difference(f, arguments, n, ahead * h, behind * h) for n in names)

        return made

    forward, back, both = shown(1, 0), shown(0, 1), shown(1, 1)
    return {
        "forward-difference": lambda **a: (*forward(**a), *back(**a)),
        "numerical-gradient": both,
    }


def _difference(f, arguments, name, ahead, behind):
    x = arguments[name]
    up, down = f(**{**arguments, name: x + ahead}), f(**{**arguments, name: x - behind})
    return (up - down) / (ahead + behind)


SLOPE_TAMPERS = {
    "derivative-of-activated": lambda q: [{"z": q["z"], "da_dz": slope(sigmoid(q["z"]))}],
    "a-formula-on-z": lambda q: [{"z": q["z"], "da_dz": q["z"] * (1.0 - q["z"])}],
}

QUOTIENT_TAMPERS = {
    "forward-difference": _ways(
        _with(behind=0, distance=lambda q: q["distance"] / 2),
        _with(ahead=0, distance=lambda q: q["distance"] / 2),
    ),
    "step-too-small": _tiny_steps,
    "factor-of-two": _ways(
        _with(distance=lambda q: q["distance"] / 2),
        _with(distance=lambda q: q["distance"] * 2),
    ),
    "wrong-sign": _with(sign=lambda q: -q["sign"]),
}

COMPOSITE_TAMPERS = {
    "skips-a-factor": _ways(_with(inner=1.0), _with(middle=1.0), _with(outer=1.0)),
    "factor-of-two": _ways(
        _with(inner=lambda q: q["inner"] / 2), _with(inner=lambda q: q["inner"] * 2)
    ),
    "derivative-of-activated": _with(middle=lambda q: np.cos(np.sin(q["x"] ** 2))),
    "wrong-sign": _with(middle=lambda q: -q["middle"]),
}
COMPOSITE_SHOWS = differences(composite, ("x",))


def _second_path(contribution):
    """Make a tamper that replaces what the path through σ contributes, where it is there."""

    def tamper(q):
        if len(q["paths"]) == 2:
            yield {**q, "paths": [q["paths"][0], contribution(q)]}

    return tamper


FORK_TAMPERS = {
    "missing-activation-derivative": _second_path(lambda q: q["x"]),
    "derivative-of-activated": _second_path(lambda q: q["x"] * float(slope(sigmoid(q["x"])))),
    "a-formula-on-z": _second_path(lambda q: q["x"] * q["x"] * (1 - q["x"])),
    "skips-a-factor": _second_path(lambda q: float(slope(q["x"]))),
    "wrong-sign": _second_path(lambda q: -q["paths"][1]),
}
# what steps ahead only cannot be told from what steps to both sides, where x is far from zero
FORK_SHOWS = {"numerical-gradient": differences(fork, ("x",))["numerical-gradient"]}


NEURON_SHOWS = differences(neuron_cost, ("w", "x", "b"))

DESCENT_TAMPERS = {
    "wrong-sign": _with(rate=lambda q: -q["rate"]),
    "factor-of-two": _ways(
        _with(rate=lambda q: q["rate"] * 2), _with(rate=lambda q: q["rate"] / 2)
    ),
    "skips-a-factor": _with(rate=lambda q: np.sign(q["rate"])),
}
