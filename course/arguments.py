"""The arguments of a call: copied for it, compared after it, counted."""

import copy

import numpy as np

_MANY_BYTES = 50_000


def fresh(value):
    """Return a deep copy of a case's arguments, or one of them, for a call to do with as it likes.

    Most are plain arrays, lists and dictionaries of them, which copy.deepcopy is slow to find out.
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype != object:
        return value.copy(order="K")
    if kind is list or kind is tuple:
        return kind(map(fresh, value))
    if kind is dict:
        return {key: fresh(entry) for key, entry in value.items()}
    return value if kind in (int, float, bool, str) else copy.deepcopy(value)


def changed(arguments, originals):
    """Return the names of the arguments that no longer equal their originals."""
    return [name for name in originals if not same(arguments[name], originals[name])]


def same(value, original):
    """Whether a value still is what it was: of arrays, dtype, shape and each bit."""
    if isinstance(original, np.ndarray):
        # by bytes: a changed dtype is a change as well, and nan equals itself
        return (
            isinstance(value, np.ndarray)
            and value.shape == original.shape
            and value.dtype == original.dtype
            and _same_bytes(value, original)
        )
    if isinstance(original, np.random.Generator) or callable(original):
        # a generator is there to be drawn from
        return True
    if isinstance(original, list | tuple):
        return len(value) == len(original) and all(map(same, value, original))
    if isinstance(original, dict):
        return value.keys() == original.keys() and all(
            same(value[key], original[key]) for key in original
        )
    return value == original


def _same_bytes(value, original):
    """Whether two arrays of one shape and dtype hold the same, bit by bit."""
    if original.nbytes < _MANY_BYTES or original.dtype.hasobject:
        return value.tobytes() == original.tobytes()
    if not (value.flags.c_contiguous and original.flags.c_contiguous):
        return value.tobytes() == original.tobytes()
    # without a copy of either, by words where they have them
    words = f"u{original.itemsize if original.itemsize in (2, 4, 8) else 1}"
    return np.array_equal(value.reshape(-1).view(words), original.reshape(-1).view(words))


def entries_of(value):
    """Return how many numbers a value holds, in arrays and lists and dictionaries of them."""
    if isinstance(value, dict):
        return sum(map(entries_of, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(entries_of, value))
    return value.size if isinstance(value, np.ndarray) else 1
