"""The wire gives back what was sent, bit for bit, and survives whatever else comes."""

import json
import math
import socket
import threading
import time
import tracemalloc
from contextlib import contextmanager, suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from autograder.inside.unpacking import lay_out, plan, unpack
from autograder.inside.values import DTYPES, MOST_HEADER
from autograder.inside.wire import Channel, ClosedError, WireError, pack
from course.stack import Stack

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
KEYS = st.integers(1 - 2**60, 2**60 - 1)
ARRAYS = st.sampled_from([np.dtype(code) for code in DTYPES]).flatmap(
    lambda dtype: st_np.arrays(dtype, st_np.array_shapes(min_dims=0, max_dims=4, min_side=0))
)
VALUES = st.recursive(
    PLAIN | ARRAYS | ARRAYS.map(lambda array: array.reshape(-1)[:1].sum()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(TEXT | KEYS | st.just("$"), inner, max_size=4)
    ),
    max_leaves=8,
)


@contextmanager
def ends(**limits):
    """Yield the raw socket of one end and the Channel of the other."""
    raw, other = socket.socketpair()
    channel = Channel(other, **limits)
    with raw:
        try:
            yield raw, channel
        finally:
            channel.close()


def sent(value, functions=None, make_function=None):
    """Return what comes of a value that is sent."""
    with ends(make_function=make_function) as (raw, channel):
        frame = pack(value, functions)
        writer = threading.Thread(target=raw.sendall, args=[frame])
        writer.start()
        try:
            return channel.receive(time.monotonic() + 10)
        finally:
            writer.join()


def received(frame, **limits):
    """Return what a channel makes of these bytes, after which the other end closes."""
    with ends(**limits) as (raw, channel):
        raw.settimeout(10)
        raw.sendall(frame)
        raw.shutdown(socket.SHUT_WR)
        return channel.receive(time.monotonic() + 10)


def framed(header, blobs=b""):
    """Return a frame with a header of one's own, given as text, bytes or as data for JSON."""
    if not isinstance(header, str | bytes):
        header = json.dumps(header)
    if isinstance(header, str):
        header = header.encode()
    return len(header).to_bytes(4, "big") + header + blobs


def body(told, arrays=(), blobs=b""):
    return framed({"body": told, "arrays": list(arrays)}, blobs)


def same(one, other):
    """Whether two values are alike in kind, dtype, shape and every bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        alike = (one.dtype, one.shape) == (other.dtype, other.shape)
        return alike and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other or (one != one and other != other)


@pytest.mark.slow
@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_values_come_as_they_went(value):
    assert same(sent(value), value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24.0).reshape(2, 3, 4).T,
        np.arange(10)[::-2],
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.broadcast_to(np.float32(3), (4, 5)),
        np.zeros((0, 3)),
        np.array(math.pi),
    ],
    ids=["transposed", "strided", "fortran", "broadcast", "empty", "no axis"],
)
def test_layout_does_not_matter(array):
    came = sent(array)
    assert came.dtype == array.dtype and np.array_equal(came, array)
    assert came.flags.writeable and came.flags.c_contiguous


@pytest.mark.parametrize("code", [">f8", ">f4", ">i2", ">u8", ">c16", "q", "Q"])
def test_byte_order_is_made_native(code):
    came = sent(np.array([1, 2, 3], code))
    assert came.dtype.isnative and came.tolist() == [1, 2, 3]


def test_long_doubles_come_as_doubles():
    came = sent(np.array([1, 2], np.longdouble))
    assert came.dtype == float and came.tolist() == [1, 2]
    assert sent(np.array([1], np.clongdouble)).dtype == complex


def test_floats_keep_every_bit():
    odd = np.array([np.nan, -np.nan, np.inf, -0.0, 5e-324]).view(np.uint64)
    odd[0] += 5
    assert sent(odd.view(float)).tobytes() == odd.tobytes()
    came = sent([math.nan, math.inf, -math.inf, -0.0, 5e-324])
    assert str(came) == "[nan, inf, -inf, -0.0, 5e-324]"


@pytest.mark.parametrize(
    "arrays",
    [
        [np.ones((2, 3)), np.zeros(4, np.float32), np.array(5)],
        {"w1": np.ones((2, 0)), "b1": np.arange(3), 7: np.ones(1), (1, "x"): np.ones(2)},
        [],
        {},
    ],
    ids=["list", "dictionary", "empty list", "empty dictionary"],
)
def test_stacks_come_apart_again(arrays):
    stack = Stack.of(arrays)
    came = sent(stack)
    assert type(came) is Stack and same(np.asarray(came), np.asarray(stack))
    if not isinstance(arrays, dict) or (1, "x") not in arrays:
        assert came.shapes == stack.shapes and same(came.apart(), stack.apart())
    assert [shape for _, shape in came.shapes] == [shape for _, shape in stack.shapes]
    assert came.again(np.asarray(came)).shapes == came.shapes


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_random_streams_go_on(kind):
    rng = np.random.Generator(getattr(np.random, kind)(3))
    rng.integers(5, dtype=np.int32)
    came = sent({"rng": rng}, make_function=lambda n, name: None)["rng"]
    assert np.array_equal(came.normal(size=9), rng.normal(size=9))
    assert np.array_equal(came.integers(9, size=9), rng.integers(9, size=9))


def test_functions_go_by_number():
    functions = []
    came = sent([abs, {"g": math.tanh}], functions, lambda n, name: (n, name))
    assert functions == [abs, math.tanh]
    assert came == [(0, "abs"), {"g": (1, "tanh")}]


def test_the_untrusted_end_may_send_neither_functions_nor_generators():
    with pytest.raises(WireError, match="function from an end that is not trusted"):
        sent(abs, [])
    with pytest.raises(WireError, match="generator from an end that is not trusted"):
        sent(np.random.default_rng(0))


class _Text(str):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "plain"),
    [(_Text("a"), "a"), (np.str_("b"), "b"), (True, True), ("\ud800 x", "? x"), (10**300, 10**300)],
)
def test_near_relatives_go_as_what_they_are(value, plain):
    assert same(sent(value), plain)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        b"bytes",
        1j,
        {1, 2},
        np.array(["text"]),
        np.array([object()]),
        np.array([1], "M8[s]"),
        np.zeros(2, [("x", float)]),
        {(1, 2): 3},
        {1.5: 3},
        abs,
        10**5000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_else_is_sent(value):
    with pytest.raises(WireError):
        pack(value)


def test_nothing_without_an_end_is_sent():
    own = []
    own.append(own)
    with pytest.raises(WireError, match="deeper than 64"):
        pack(own)
    with pytest.raises(WireError, match="at most 10000"):
        pack([np.zeros(1) for _ in range(10_001)])


def test_messages_stay_apart_and_in_order():
    with ends() as (raw, channel):
        messages = [{"n": n, "x": np.full(n % 7, n)} for n in range(50)]
        raw.sendall(b"".join(map(pack, messages)))
        assert all(same(channel.receive(), message) for message in messages)


def test_large_arrays_cross_both_ways():
    left, right = map(Channel, socket.socketpair())
    arrays = [np.random.default_rng(n).normal(size=400_000 + n) for n in range(3)] + [
        np.full(3, n) for n in range(2_000)
    ]
    echo = threading.Thread(target=lambda: right.send(right.receive()))
    echo.start()
    left.send(arrays, deadline=time.monotonic() + 30)
    assert same(left.receive(time.monotonic() + 30), arrays)
    echo.join()
    left.close()
    right.close()


def test_a_deadline_is_kept_and_nothing_is_lost_by_it():
    message = {"x": np.arange(50_000.0), "said": "there"}
    frame = pack(message)
    with ends() as (raw, channel):
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            channel.receive(started + 0.05)
        assert 0.04 < time.monotonic() - started < 5
        for start, end in [(0, 2), (2, 30), (30, 70_000), (70_000, 150_000)]:
            raw.sendall(frame[start:end])
            with pytest.raises(TimeoutError):
                channel.receive(time.monotonic() + 0.01)
        writer = threading.Thread(target=raw.sendall, args=[frame[150_000:] + pack("next")])
        writer.start()
        assert same(channel.receive(time.monotonic() + 10), message)
        assert channel.receive(time.monotonic() + 10) == "next"
        writer.join()


def test_sending_keeps_its_deadline_too():
    with ends() as (raw, channel):
        with pytest.raises(TimeoutError):
            channel.send(np.zeros(10**7), deadline=time.monotonic() + 0.05)
        with pytest.raises(ClosedError, match="sent in part"):
            channel.send(1)


def test_the_closed_end_is_told_of():
    with ends() as (raw, channel):
        raw.close()
        with pytest.raises(ClosedError, match="closed"):
            channel.receive()
        with pytest.raises(ClosedError):
            channel.send(np.zeros(10**6))
    with pytest.raises(ClosedError):
        channel.receive()


def test_what_cannot_be_sent_leaves_the_channel_as_it_was():
    with ends() as (raw, channel):
        with pytest.raises(WireError):
            channel.send(object())
        channel.send(3)
        assert raw.recv(1000) == pack(3)


F8 = {"dtype": "f8", "shape": [2]}
HOSTILE = {
    "nothing": b"",
    "half a length": b"\0\0",
    "a huge header": b"\xff\xff\xff\xff",
    "a header a byte too large": (MOST_HEADER + 1).to_bytes(4, "big"),
    "a header cut short": b"\0\0\0\x20{}",
    "arrays cut short": body({"$": "array", "i": 0}, [F8], b"12345678"),
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
    "too many arrays": body(1, [{"dtype": "f8", "shape": [0]}] * 10_001),
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
    "deep shape": framed(
        '{"body":1,"arrays":[{"dtype":"f8","shape":' + "[" * 400 + "]" * 400 + "}]}"
    ),
    "deep name": framed('{"body":{"$":' + "[" * 700 + "]" * 700 + '},"arrays":[]}'),
    "an object array": body(1, [{"dtype": "O", "shape": [1]}], b"12345678"),
    "a text array": body(1, [{"dtype": "U4", "shape": [1]}]),
    "a void array": body(1, [{"dtype": "V8", "shape": [1]}]),
    "a big-endian array": body(1, [{"dtype": ">f8", "shape": [1]}]),
    "a long double": body(1, [{"dtype": "f16", "shape": [1]}]),
    "a structured array": body(1, [{"dtype": "f8,f8", "shape": [1]}]),
    "no dtype": body(1, [{"shape": [1]}]),
    "a list for a dtype": body(1, [{"dtype": ["f8"], "shape": [1]}]),
    "a negative axis": body(1, [{"dtype": "f8", "shape": [-1]}]),
    "two negative axes": body(1, [{"dtype": "f8", "shape": [-1, -1]}]),
    "an axis of true": body(1, [{"dtype": "f8", "shape": [True]}]),
    "an axis of a float": body(1, [{"dtype": "f8", "shape": [1.0]}]),
    "an axis of text": body(1, [{"dtype": "f8", "shape": ["1"]}]),
    "a number for a shape": body(1, [{"dtype": "f8", "shape": 1}]),
    "a huge axis": body(1, [{"dtype": "f8", "shape": [10**30]}]),
    "axes that overflow": body(1, [{"dtype": "f8", "shape": [2**32, 2**32]}]),
    "axes that overflow to 0": body(1, [{"dtype": "f8", "shape": [2**32, 2**31, 2]}]),
    "an empty array of huge axes": body(1, [{"dtype": "f8", "shape": [0, 2**39]}]),
    "a large array": body(1, [{"dtype": "f8", "shape": [2**25]}]),
    "many large arrays": body(1, [{"dtype": "f8", "shape": [2**20]}] * 9),
    "33 axes": body(1, [{"dtype": "f8", "shape": [1] * 33}], b"12345678"),
    "an array that is not there": body({"$": "array", "i": 0}),
    "an array before the first": body({"$": "array", "i": -1}, [F8], b"1" * 16),
    "an array called true": body({"$": "array", "i": True}, [F8, F8], b"1" * 32),
    "no array": body({"$": "array"}),
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
        [{"dtype": "f8", "shape": [2, 1]}],
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
        [{"dtype": "f8", "shape": [0]}],
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


def test_an_array_that_stands_twice_is_sent_once():
    array, other = np.arange(1000.0), np.arange(1000.0)
    frame = pack([array, {"again": array}, other])
    assert len(frame) < 2.2 * array.nbytes
    first, second, third = received(frame)
    assert second["again"] is first and third is not first
    assert np.array_equal(third, other)
    # the states of generators are made for the message, each where the one before may have been
    states = [np.random.Generator(np.random.MT19937(seed)) for seed in range(4)]
    told = sent(states, make_function=lambda number, name: None)
    assert [one.integers(10**9) for one in told] == [
        np.random.Generator(np.random.MT19937(seed)).integers(10**9) for seed in range(4)
    ]


def test_a_breach_ends_the_channel():
    with ends() as (raw, channel):
        raw.sendall(framed("{") + pack("after"))
        with pytest.raises(WireError):
            channel.receive()
        with pytest.raises(WireError):
            channel.receive()


def test_the_receiver_may_ask_for_less():
    with ends(most_header=30) as (raw, channel):
        raw.sendall(pack("x" * 30))
        with pytest.raises(WireError, match="at most 30"):
            channel.receive()
    with ends() as (raw, channel):
        raw.sendall(pack(np.zeros(4)) + pack(np.zeros(5)))
        assert channel.receive(most=32).size == 4
        with pytest.raises(WireError, match="at most 32"):
            channel.receive(most=32)


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
