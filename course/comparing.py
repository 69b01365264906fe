"""When two arrays of numbers count as equal, and by how much they differ where they do not."""

import numpy as np

from course.stack import form

# Rounding separates right from wrong by orders of magnitude: with float64, right passes
# agree to about 1e-13, and the mildest known mistake (old weights taken for new ones in one step
# at the rate 0.02) is off by 8e-5.
PRECISION = {"float64": (1e-7, 1e-12), "float32": (2e-4, 2e-6)}
"""dtype -> (relative, absolute) difference that counts as rounding, entry by entry. The
absolute one is in units of the part's largest wanted entry, or of 1 where that is smaller."""


def allowed(part, got, wanted, trial):
    """Return the difference that counts as rounding, for each entry of `wanted`.

    part : the Part; its `within` goes before everything. got : the array that came;
    trial : the Trial that it came in. The narrowest floating dtype among the arguments and what
    was computed from them decides, since nobody can be more precise than what they were given
    or chose to compute in.
    """
    size = np.abs(wanted)
    relative, absolute = _precision(part, got, _largest(size), trial)
    return relative * size + absolute


def _precision(part, got, largest, trial):
    """Return (relative, absolute) difference that counts as rounding beside a largest entry."""
    if part.within is not None:
        return 0.0, part.within
    narrow = trial.narrow or is_narrow(got)
    relative, absolute = PRECISION["float32" if narrow else "float64"]
    return max(relative, part.relative), absolute * max(1.0, largest)


def _largest(values):
    """Return the largest of some numbers, 0 where there are none, nan where one is nan."""
    # max() takes three times as long on as few numbers as most arrays have
    return values.item(values.argmax()) if values.size else 0.0


def is_narrow(value):
    """Whether an array, or one in lists or dictionaries of them, has floats under 64 bits."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind == "f" and value.dtype.itemsize < 8
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return False
    return any(map(is_narrow, value))


def equal(part, got, wanted, trial):
    """Whether an array that came has the wanted shape and differs by no more than rounding."""
    wanted = part.right_value(got, part.value(wanted), trial.case)
    if form(got) != form(wanted):
        return False
    if got.dtype == wanted.dtype and got.tobytes() == wanted.tobytes():
        # bit by bit what it should be, as from the same operations in the same order
        return bool(np.isfinite(got).all())
    off, size = np.abs(got - wanted), np.abs(wanted)
    worst, largest = _largest(off), _largest(size)
    relative, absolute = _precision(part, got, largest, trial)
    # mostly the worst entry tells: of right values it is off by next to nothing, of others by far
    if worst <= absolute < np.inf:
        return True
    if worst > relative * largest + absolute:
        return False
    return bool((off <= relative * size + absolute).all() and np.isfinite(got).all())


def constant_ratio(got, wanted):
    """Return got / wanted where it is the same in every entry of more than one, else None."""
    if wanted.size < 2 or np.any(wanted == 0):
        return None
    ratios = got / wanted
    first = ratios.flat[0]
    return float(first) if np.allclose(ratios, first, rtol=1e-6, atol=0) else None
