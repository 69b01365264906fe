"""Frames read back as values, where every frame may be forged.

See `values` for what a frame is. Whatever comes is bounded in size and depth before any memory
is taken for it, makes no code run, and is a value or a WireError.
"""

import functools
import json
import math

import numpy as np

from course.stack import Stack

from .values import DTYPES, MOST_ARRAYS, MOST_BYTES, MOST_DEPTH, MOST_KEY, PLAIN, WireError

MOST_AXES = 32
_MOST_FORM = 500  # characters, for the longest dtype with as many axes of 13 digits
_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def plan(header, most=MOST_BYTES):
    """Return (body, arrays, size) of a header: nothing read yet of its body and its arrays.

    header : bytes. most : how many bytes all the arrays may have; size is how many they do have.
    Raises WireError for a header that breaks a rule.
    """
    try:
        read = _decode(header.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"The header cannot be read: {str(error)[:200]}.") from None
    if type(read) is not dict or read.keys() != {"body", "arrays"}:
        raise WireError("A header holds a body and its arrays, and nothing else.")
    shapes = read["arrays"]
    if type(shapes) is not list or len(shapes) > MOST_ARRAYS:
        raise WireError(f"A header tells of a list of at most {MOST_ARRAYS} arrays.")
    arrays, size, full = [], 0, 0
    for told in shapes:
        if type(told) is not str or len(told) > _MOST_FORM:
            raise WireError("An array is told by its dtype and its axes, in a text.")
        form, nbytes, at_most = _form(told)
        arrays.append(form)
        size += nbytes
        full += at_most
    if full > most:
        raise WireError(f"Got arrays of {full} bytes, but at most {most} may come.")
    return read["body"], arrays, size


def lay_out(arrays, whole):
    """Return the arrays that a plan speaks of, out of their bytes, which lie in `whole` in turn.

    whole : an array of bytes, which most of them share from then on.
    """
    laid, start = [], 0
    for dtype, shape in arrays:
        array = np.ndarray(shape, dtype, whole, start)
        start += array.nbytes
        # NumPy wants numbers to lie at multiples of their size
        laid.append(array if array.flags.aligned else array.copy())
    return laid


def _refuse_constant(token):
    raise WireError(f"Got {token} in the header, which is no JSON.")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode


@functools.lru_cache(1000)
def _form(told):
    """Return ((dtype, shape), bytes, bytes as if no axis were empty) of a text such as "f8 2 3"."""
    code, *axes = told.split(" ")
    if code not in DTYPES:
        raise WireError(f"Got the dtype {_brief(code)}; it is one of {', '.join(DTYPES)}.")
    shape = _shape([int(axis) if axis.isascii() and axis.isdigit() else axis for axis in axes])
    dtype = DTYPES[code]
    full = dtype.itemsize * math.prod(axis or 1 for axis in shape)
    return (dtype, shape), dtype.itemsize * math.prod(shape), full


def _shape(shape):
    """Return a shape as a tuple; raises WireError where it is none."""
    if type(shape) is not list or len(shape) > MOST_AXES:
        raise WireError(f"A shape is a list of at most {MOST_AXES} whole numbers.")
    for axis in shape:
        if type(axis) is not int or not 0 <= axis < 2**40:
            raise WireError(f"Got the axis {_brief(axis)} in a shape; axes count from 0.")
    return tuple(shape)


def unpack(body, arrays, make_function=None, depth=MOST_DEPTH):
    """Return the value of a body from `plan`, its arrays filled by now.

    make_function : (n, name) -> a callable, for an end that trusts the other. Without it neither
        functions nor random generators are taken, whose states NumPy takes on trust.

    Raises WireError for a body that breaks a rule.
    """
    kind = type(body)
    if kind is str:
        if not body.isascii() and body != body.encode("utf-8", "replace").decode():
            raise WireError("Got text with a lone surrogate, which is no Unicode.")
        return body
    if kind is float and not math.isfinite(body):
        raise WireError("Got a number past the largest float.")
    if kind is not list and kind is not dict:
        return body
    if not depth:
        raise WireError(f"The message is nested deeper than {MOST_DEPTH} levels.")
    if kind is dict and type(body.get("$")) is int:
        # most of what comes
        return _array(body["$"], arrays)

    def inner(value):
        # most of what else comes is as it should be already
        plain = type(value) in PLAIN and (type(value) is not str or value.isascii())
        return value if plain else unpack(value, arrays, make_function, depth - 1)

    if kind is list:
        return [inner(entry) for entry in body]
    if "$" not in body:
        return {inner(key): inner(entry) for key, entry in body.items()}
    try:
        return _READ[body["$"]](body, arrays, inner, make_function)
    except WireError:
        raise
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError):
        raise WireError(f"Got a {_brief(body['$'])}, which stands for no value.") from None


def _brief(value):
    """Return the beginning of a plain value's repr, or the kind of one that may have no end."""
    return repr(value)[:50] if type(value) in (str, int, float) else type(value).__name__


def _array(index, arrays):
    if type(index) is not int or not 0 <= index < len(arrays):
        raise WireError(f"Got the array {_brief(index)} of {len(arrays)}.")
    return arrays[index]


def _read_scalar(body, arrays, inner, make_function):
    array = _array(body["i"], arrays)
    if array.shape:
        raise WireError(f"Got a number of the shape {array.shape}; its shape is ().")
    return array[()]


def _read_stack(body, arrays, inner, make_function):
    flat, shapes, keys = _array(body["i"], arrays), body["shapes"], body["keys"]
    if type(shapes) is not list:
        raise WireError("The shapes of several arrays are a list.")
    if len(shapes) > MOST_ARRAYS:
        raise WireError(f"Got {len(shapes)} arrays as one, but a message has {MOST_ARRAYS}.")
    shapes = [_shape(shape) for shape in shapes]
    if flat.shape != (sum(map(math.prod, shapes)),):
        raise WireError(f"Got {flat.shape} numbers for arrays of the shapes {shapes[:4]}.")
    if keys is not None:
        keys = tuple(_hashed(inner(key)) for key in keys)
        if len(set(keys)) != len(shapes) or len(keys) != len(shapes):
            raise WireError(f"Got {len(keys)} keys for {len(shapes)} arrays, or one twice.")
    # labels are made of the keys, so that no forged one can stand beside others
    return Stack.laid(flat, shapes, keys)


def _hashed(key):
    """Return a key; raises WireError for one whose hash many others have.

    A dictionary of them takes time with the square of its length. Text is hashed by a secret.
    """
    if type(key) is int and abs(key) >= MOST_KEY:
        raise WireError(f"Got a whole number of {key.bit_length()} bits for a key.")
    if not isinstance(key, (str, int, float, np.number, type(None))):
        raise WireError(f"Got a {type(key).__name__} for a key.")
    return key


def _read_tuple(body, arrays, inner, make_function):
    if type(body["of"]) is not list:
        raise WireError(f"Got a {_brief(body['of'])} for the entries of a tuple.")
    return tuple(inner(body["of"]))


def _read_dict(body, arrays, inner, make_function):
    read = {}
    for key, value in body["items"]:
        if type(key) not in (str, int) or key in read:
            raise WireError(f"Got the key {_brief(key)}, twice or neither text nor whole.")
        read[_hashed(inner(key))] = inner(value)
    return read


def _read_rng(body, arrays, inner, make_function):
    state = inner(body["state"])
    if make_function is None or state["bit_generator"] not in _GENERATORS:
        raise WireError("Got a random generator from an end that is not trusted with one.")
    bits = getattr(np.random, state["bit_generator"])(0)
    bits.state = state
    return np.random.Generator(bits)


def _read_function(body, arrays, inner, make_function):
    number, name = body["n"], inner(body["name"])
    if make_function is None or type(number) is not int or type(name) is not str:
        raise WireError("Got a function from an end that is not trusted with one.")
    return make_function(number, name)


def _read_float(body, arrays, inner, make_function):
    return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[body["is"]]


_READ = {
    "scalar": _read_scalar,
    "stack": _read_stack,
    "tuple": _read_tuple,
    "dict": _read_dict,
    "rng": _read_rng,
    "function": _read_function,
    "float": _read_float,
}
