"""Values as a JSON header and raw arrays.

A frame is the header's length in four bytes, the header, then the bytes of its arrays in order.
The header holds the body, in which whatever JSON has no words for is a dictionary with the key
"$", above all {"$": 2} for the third array; and each array's dtype and axes in a text such as
"f8 2 3". `unpacking` is the way back.
"""

import functools
import json
import math

import numpy as np

from course.stack import Stack

MOST_BYTES = 64 * 2**20
"""How many bytes one frame may have, where its receiver says nothing else."""

MOST_HEADER = 2 * 2**20
"""How many of them may be header."""

_LARGE = 16 * 1024
"""Bytes from which an array is sent from where it lies, and not put together with others first."""

MOST_KEY = 2**60
"""What a whole number is smaller than that is a key: Python hashes it to itself."""

MOST_ARRAYS = 10_000
MOST_DEPTH = 64
_WHOLE = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
_REAL_OR_COMPLEX = ("f2", "f4", "f8", "c8", "c16")
DTYPES = {code: np.dtype(code) for code in (*_WHOLE, *_REAL_OR_COMPLEX)}
"""The kinds of array that are sent, by their names on the wire."""

_CODES = {dtype.num: code for code, dtype in DTYPES.items()}
PLAIN = frozenset({type(None), bool, str, int})
_NUMBERS = (np.ndarray, np.generic)


class WireError(Exception):
    """What is to be sent, or what came, breaks a rule of the wire; the message says which."""


def pieces(body, functions=None):
    """Return a frame as a list of buffers, large arrays as they lie and without a copy.

    body : None, booleans, numbers, text, lists, tuples, dictionaries with text or whole numbers as
        keys, NumPy's numbers, arrays of real or complex numbers, Stacks, np.random.Generators.
    functions : a list that takes the functions met in the body, so that each can be called back
        by its index there.

    Arrays go in C order and native byte order, long doubles as doubles, lone surrogates as "?";
    one that stands in the body several times is one array at the other end, too.
    Raises WireError for anything else, and for functions where there is no list.
    """
    arrays = _Arrays()
    try:
        told = _told(body, arrays, functions, MOST_DEPTH)
        shapes = [_form(array.dtype.num, array.shape) for array in arrays]
        text = _encode({"body": told, "arrays": shapes})
    except ValueError as error:
        raise WireError(f"The message cannot be put as JSON: {error}.") from None
    if len(arrays) > MOST_ARRAYS:
        raise WireError(f"Got {len(arrays)} arrays, but a message has at most {MOST_ARRAYS}.")
    header = text.encode("utf-8", "replace")
    joined, buffers = [len(header).to_bytes(4, "big"), header], []
    for array in arrays:
        if array.nbytes < _LARGE:
            joined.append(array.tobytes())
        else:
            buffers += [b"".join(joined), array.reshape(-1).view(np.uint8).data]
            joined = []
    return [*buffers, b"".join(joined)] if joined else buffers


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@functools.lru_cache(1000)
def _form(kind, shape):
    return " ".join([_CODES[kind], *map(str, shape)])


def pack(body, functions=None):
    """Return a frame as one `bytes`; see `pieces`."""
    return b"".join(pieces(body, functions))


def _told(value, arrays, functions, depth):
    """Return a value as JSON can hold it, its arrays put aside."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is float:
        return value if math.isfinite(value) else {"$": "float", "is": repr(value)}
    if not depth:
        raise WireError(f"The message is nested deeper than {MOST_DEPTH} levels.")
    if kind is np.ndarray:
        return {"$": arrays.place(value)}
    if kind is dict:
        return _dict_told(value, arrays, functions, depth)
    if isinstance(value, (list, tuple)):
        told = [
            entry if type(entry) in PLAIN else _told(entry, arrays, functions, depth - 1)
            for entry in value
        ]
        return told if isinstance(value, list) else {"$": "tuple", "of": told}
    if isinstance(value, _NUMBERS) and not isinstance(value, (str, bytes)):
        return _array_told(value, arrays)
    if isinstance(value, dict):
        return _dict_told(value, arrays, functions, depth)
    if isinstance(value, np.random.Generator):
        state = _told(value.bit_generator.state, arrays, functions, depth - 1)
        return {"$": "rng", "state": state}
    for plain, told in ((str, str.__str__), (int, int.__int__), (float, float.__float__)):
        if isinstance(value, plain):
            return _told(told(value), arrays, functions, depth - 1)
    if callable(value) and functions is not None:
        functions.append(value)
        name = str(getattr(value, "__name__", "function"))
        return {"$": "function", "n": len(functions) - 1, "name": name}
    raise WireError(f"Got a {kind.__name__}, but only numbers, text and arrays can be sent.")


class _Arrays(list):
    """The arrays of a message; one that stands in it several times is sent once."""

    def __init__(self):
        # with the values, for an id is another's when its object is gone
        self._places = {}

    def place(self, value):
        """Return the index of an array, or of a number of NumPy's, putting it in its place."""
        known = self._places.get(id(value))
        if known is None:
            array = value if type(value) is np.ndarray else np.asarray(value)
            if array.dtype.num not in _CODES or not (
                array.dtype.isnative and array.flags.c_contiguous
            ):
                array = _as_it_can_be_sent(array)
            known = self._places[id(value)] = len(self), value
            self.append(array)
        return known[0]


def _array_told(value, arrays):
    index = arrays.place(value)
    if isinstance(value, np.generic):
        return {"$": "scalar", "i": index}
    if not isinstance(value, Stack):
        return {"$": index}
    shapes = [shape for _, shape in value.shapes]
    keys = value.keys and [_told(_key(key), arrays, None, 2) for key in value.keys]
    return {"$": "stack", "i": index, "shapes": shapes, "keys": keys}


def _as_it_can_be_sent(array):
    """Return an array in a kind that is sent, in C order; raises WireError where there is none."""
    dtype = array.dtype.newbyteorder("=")
    if dtype.num not in _CODES:
        if dtype.kind in "fc":
            dtype = DTYPES["f8" if dtype.kind == "f" else "c16"]
        elif dtype.kind in "iu":
            # the other one of two names of C's for numbers of the same size
            dtype = DTYPES[f"{dtype.kind}{dtype.itemsize}"]
        else:
            raise WireError(f"Got an array of {dtype}, but only arrays of numbers can be sent.")
    with np.errstate(over="ignore"):
        return np.asarray(array, dtype=dtype, order="C")


def _key(key):
    """Return a key of a student's dictionary, or its repr where it is no plain value."""
    if isinstance(key, int) and abs(key) >= MOST_KEY:
        return repr(key)
    return key if isinstance(key, str | int | float | np.number | None) else repr(key)


def _dict_told(value, arrays, functions, depth):
    told = {
        key: entry if type(entry) in PLAIN else _told(entry, arrays, functions, depth - 1)
        for key, entry in value.items()
    }
    if "$" not in told and all(type(key) is str for key in told):
        return told
    for key in told:
        if type(key) not in (str, int) or (type(key) is int and abs(key) >= MOST_KEY):
            raise WireError(f"Got the key {key!r}, but keys are text or whole numbers under 2^60.")
    return {"$": "dict", "items": list(told.items())}
