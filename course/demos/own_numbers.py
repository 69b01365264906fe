"""A student's array beside the true one: where they differ, and in which words."""

from dataclasses import dataclass

import numpy as np

from course.arguments import fresh
from course.comparing import PRECISION
from course.demos.asking import failed, kind, numbers
from course.demos.words import told_apart
from course.running import run

FALLBACK = "The picture shows the true numbers."


@dataclass(frozen=True)
class Own:
    """What a student's function gave.

    value : float64 array of the true one's shape, or None where no such array came.
    true : the true array that it is held against.
    off : boolean array of that shape: where the value is not the true one.
    trouble : a sentence on what came instead, or "".
    """

    value: np.ndarray | None
    true: np.ndarray
    off: np.ndarray
    trouble: str = ""

    @property
    def shown(self):
        """The array that the picture shows: the student's, or the true one where there is none."""
        return self.true if self.value is None else self.value


def own(function, arguments, true, name, also=(), any_size=False):
    """Return the Own of function(*arguments) beside the true array; function may be None.

    The function gets copies. What it raises, prints or returns gets no further than this.
    also : other arrays that are as true by another convention; the nearest is taken.
    any_size : whether numbers however small count; otherwise what is far below 1 is rounding.
    """
    wanted = [np.asarray(one, dtype=float) for one in (true, *also)]
    right = np.zeros(wanted[0].shape, dtype=bool)
    if function is None:
        return Own(None, wanted[0], right)
    value, narrow, said = _asked(function, arguments, right.shape, f"Your {name}")
    if value is None:
        return Own(None, wanted[0], right, said)
    relative, absolute = PRECISION["float32" if narrow else "float64"]

    def off(true):
        largest = 0.0 if any_size else max(1.0, np.max(np.abs(true), initial=0.0))
        return np.abs(value - true) > relative * np.abs(true) + absolute * largest

    nearest = min(wanted, key=lambda true: off(true).sum())
    return Own(value, nearest, off(nearest))


def _asked(function, arguments, shape, who):
    outcome = run(function, *fresh(list(arguments)))
    answer = outcome.value
    value = numbers(answer)
    if outcome.error is not None:
        said = failed(outcome.error)
    elif answer is None:
        said = "returned None: is its return missing?"
    elif value is None:
        said = f"returned {kind(answer)}; it must return {_wanted(shape)}."
    elif value.shape != shape:
        said = f"returned an array of shape {value.shape}; it must return {_wanted(shape)}."
    elif not np.isfinite(value).all():
        first = np.argwhere(~np.isfinite(value))[0]
        where = f"[{', '.join(map(str, first))}]" if shape else ""
        said = f"returned {value[tuple(first)]}{f' at {where}' if where else ''}."
    else:
        narrow = value.dtype.kind == "f" and value.dtype.itemsize < 8
        return value.astype(np.float64), narrow, ""
    return None, False, f"{who} {said}"


def _wanted(shape):
    return f"an array of shape {shape}" if shape else "one number"


def troubles(*given):
    """Return the sentences on what came instead of numbers, of any of these Owns, or ""."""
    said = [one.trouble for one in given if one.trouble]
    return " ".join([*said, FALLBACK]) if said else ""


def two_numbers(name, mine, true):
    """Return the lines of a place whose number differs: yours, and the true one."""
    own_text, true_text = told_apart(mine, true)
    return [f"{name}: yours {own_text}", f"true {true_text}"]


def difference(who, names, given):
    """Return a sentence on where an Own differs from the true array, or "".

    who : "Your softmax"; names : what each entry is called, in order.
    """
    places = np.flatnonzero(given.off)
    if given.value is None or not len(places):
        return ""
    first = places[0]
    mine, right = told_apart(given.value.flat[first], given.true.flat[first])
    more = f", and {len(places) - 1} more differ" if len(places) > 1 else ""
    return f"{who} gives {names[first]} = {mine}, the true number is {right}{more}."
