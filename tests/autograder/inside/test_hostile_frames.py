"""The wire survives whatever else comes: it is refused in a sentence, for little memory."""

import json
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.inside.unpacking import lay_out, plan, unpack
from autograder.inside.values import MOST_HEADER
from autograder.inside.wire import WireError, pack

from .frames import PLAIN, TEXT, VALUES, body, framed, received

F8 = "f8 2"
HOSTILE = {
    "nothing": b"",
    "half a length": b"\0\0",
    "a huge header": b"\xff\xff\xff\xff",
    "a header a byte too large": (MOST_HEADER + 1).to_bytes(4, "big"),
    "a header cut short": b"\0\0\0\x20{}",
    "arrays cut short": body({"$": 0}, [F8], b"12345678"),
    "an empty header": framed(""),
    "no JSON": framed("{"),
    "more than JSON": framed('{"body":1,"arrays":[]} 2'),
    "not UTF-8": framed(b'{"body":"\xff","arrays":[]}'),
    "UTF-16": framed('{"body":1,"arrays":[]}'.encode("utf-16")),
    "no dictionary": framed([1]),
    "no arrays": framed({"body": 1}),
    "more in the header": framed({"body": 1, "arrays": [], "more": 1}),
    "no list of arrays": framed({"body": 1, "arrays": {"0": F8}}),
    "arrays that are numbers": framed({"body": 1, "arrays": [1]}),
    "too many arrays": body(1, ["f8 0"] * 10_001),
    "nan": framed('{"body":NaN,"arrays":[]}'),
    "infinity": framed('{"body":-Infinity,"arrays":[]}'),
    "a float past the largest": framed('{"body":1e999,"arrays":[]}'),
    "an integer without end": framed('{"body":' + "9" * 5000 + ',"arrays":[]}'),
    "an item twice": body({"$": "dict", "items": [["a", 1], ["a", 2]]}),
    "items of one": body({"$": "dict", "items": [["a"]]}),
    "items of nothing": body({"$": "dict", "items": 3}),
    "an unhashable key": body({"$": "dict", "items": [[[1], 2]]}),
    # multiples of 2**61 - 1 have one hash, and a dictionary of them takes minutes
    "a key with the hash of others": body({"$": "dict", "items": [[2**61 - 1, 1]]}),
    "a negative one": body({"$": "dict", "items": [[1 - 2**61, 1]]}),
    "a surrogate": framed('{"body":"\\ud800","arrays":[]}'),
    "a surrogate as a key": framed('{"body":{"\\ud800":1},"arrays":[]}'),
    "deep lists": framed('{"body":' + "[" * 100 + "]" * 100 + ',"arrays":[]}'),
    "bottomless lists": framed('{"body":' + "[" * 500_000 + "]" * 500_000 + ',"arrays":[]}'),
    "bottomless and open": framed('{"body":' + '{"a":' * 300_000),
    "deep shape": framed('{"body":1,"arrays":[' + "[" * 400 + "]" * 400 + "]}"),
    "deep name": framed('{"body":{"$":' + "[" * 700 + "]" * 700 + '},"arrays":[]}'),
    "an object array": body(1, ["O 1"], b"12345678"),
    "a text array": body(1, ["U4 1"]),
    "a void array": body(1, ["V8 1"]),
    "a big-endian array": body(1, [">f8 1"]),
    "a long double": body(1, ["f16 1"]),
    "a structured array": body(1, ["f8,f8 1"]),
    "no dtype": body(1, ["1"]),
    "a list for a dtype": body(1, [["f8", 1]]),
    "a negative axis": body(1, ["f8 -1"]),
    "two negative axes": body(1, ["f8 -1 -1"]),
    "an axis of true": body(1, ["f8 True"]),
    "an axis of a float": body(1, ["f8 1.0"]),
    "an axis of text": body(1, ["f8 x"]),
    "no axis after a space": body(1, ["f8 "], b"12345678"),
    "two spaces": body(1, ["f8  1"], b"12345678"),
    "a space before": body(1, [" f8 1"], b"12345678"),
    "a line's end": body(1, ["f8 1\n"], b"12345678"),
    "an axis with a sign": body(1, ["f8 +1"], b"12345678"),
    "an axis in parts": body(1, ["f8 0_1"], b"12345678"),
    "an axis of other digits": body(1, ["f8 \u0661"], b"12345678"),
    "an axis of a small digit": body(1, ["f8 \u00b9"], b"12345678"),
    "an axis of more digits than are read": body(1, ["f8 " + "9" * 5000]),
    "an axis of 400 digits": body(1, ["f8 " + "9" * 400]),
    "an axis of many zeros": body(1, ["f8 " + "0" * 500 + "1"], b"12345678"),
    "an array of the old form": body(1, [{"dtype": "f8", "shape": [1]}], b"12345678"),
    "a huge axis": body(1, [f"f8 {10**30}"]),
    "axes that overflow": body(1, [f"f8 {2**32} {2**32}"]),
    "axes that overflow to 0": body(1, [f"f8 {2**32} {2**31} 2"]),
    "an empty array of huge axes": body(1, [f"f8 0 {2**39}"]),
    "a large array": body(1, [f"f8 {2**25}"]),
    "many large arrays": body(1, [f"f8 {2**20}"] * 9),
    "33 axes": body(1, ["f8" + " 1" * 33], b"12345678"),
    "an array that is not there": body({"$": 0}),
    "an array before the first": body({"$": -1}, [F8], b"1" * 16),
    "an array called true": body({"$": True}, [F8, F8], b"1" * 32),
    "an array of a float": body({"$": 0.0}, [F8], b"1" * 16),
    "a number of no array": body({"$": "scalar"}, [F8], b"1" * 16),
    "a number called true": body({"$": "scalar", "i": True}, ["f8", "f8"], b"1" * 16),
    "a number of two": body({"$": "scalar", "i": 0}, [F8], b"1" * 16),
    "an unknown kind": body({"$": "code", "is": "1"}),
    "a kind that is a list": body({"$": [1]}),
    "no kind": body({"$": None}),
    "a float of a word": body({"$": "float", "is": "__class__"}),
    "a tuple of text": body({"$": "tuple", "of": "abc"}),
    "a tuple of nothing": body({"$": "tuple"}),
    "a stack of other sizes": body(
        {"$": "stack", "i": 0, "shapes": [[3]], "keys": None}, [F8], b"1" * 16
    ),
    "a stack of two axes": body(
        {"$": "stack", "i": 0, "shapes": [[2, 1]], "keys": None},
        ["f8 2 1"],
        b"1" * 16,
    ),
    "a stack of negative shapes": body(
        {"$": "stack", "i": 0, "shapes": [[-1, -2]], "keys": None}, [F8], b"1" * 16
    ),
    "a stack of no shapes": body({"$": "stack", "i": 0, "keys": None}, [F8], b"1" * 16),
    "a stack with a key too few": body(
        {"$": "stack", "i": 0, "shapes": [[1], [1]], "keys": ["a"]}, [F8], b"1" * 16
    ),
    "a stack with a key twice": body(
        {"$": "stack", "i": 0, "shapes": [[1], [1]], "keys": ["a", "a"]}, [F8], b"1" * 16
    ),
    "a stack with a key with the hash of others": body(
        {"$": "stack", "i": 0, "shapes": [[2]], "keys": [2**61 - 1]}, [F8], b"1" * 16
    ),
    "a stack with a key of several": body(
        {"$": "stack", "i": 0, "shapes": [[2]], "keys": [{"$": "tuple", "of": [1]}]},
        [F8],
        b"1" * 16,
    ),
    "a stack of too many": body(
        {"$": "stack", "i": 0, "shapes": [[0]] * 10_001, "keys": None},
        ["f8 0"],
    ),
    "a stack with an unhashable key": body(
        {"$": "stack", "i": 0, "shapes": [[1], [1]], "keys": ["a", ["b"]]}, [F8], b"1" * 16
    ),
    "a generator": body({"$": "rng", "state": {"bit_generator": "MT19937"}}),
    "a generator of text": body({"$": "rng", "state": "PCG64"}),
    "a function": body({"$": "function", "n": 0, "name": "system"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_frames_are_refused(name):
    frame = HOSTILE[name]
    tracemalloc.start()
    try:
        with pytest.raises(WireError) as refused:
            if len(frame) > 100_000:
                # more than the socket holds at once
                plan(frame[4:])
            else:
                received(frame)
        assert tracemalloc.get_traced_memory()[1] < 50e6
    finally:
        tracemalloc.stop()
    assert 10 < len(str(refused.value)) < 400


def read(header, most=2**20):
    """Read a header whose arrays are all zeros."""
    told, arrays, size = plan(header, most)
    return unpack(told, lay_out(arrays, np.zeros(size, np.uint8)))


@pytest.mark.slow
@given(VALUES, st.data())
@settings(max_examples=300, deadline=None)
def test_mutilated_frames_give_a_value_or_a_wire_error(value, data):
    frame = bytearray(pack(value))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, len(frame)))
        frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    size = int.from_bytes(frame[:4], "big")
    with suppress(WireError):
        read(frame[4 : 4 + size], most=10_000)


@pytest.mark.slow
@given(st.recursive(PLAIN, lambda v: st.lists(v) | st.dictionaries(TEXT | st.just("$"), v)))
@settings(max_examples=100, deadline=None)
def test_any_json_is_a_value_or_a_wire_error(told):
    frame = json.dumps({"body": told, "arrays": [F8]}, allow_nan=True).encode()
    with suppress(WireError):
        read(frame)
