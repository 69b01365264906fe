"""The wire gives back what was sent, bit for bit."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from autograder.inside.wire import WireError, pack
from course.stack import Stack

from .frames import VALUES, received, same, sent


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


@pytest.mark.parametrize("value", [{"$": 0}, {"$": 1, "a": np.ones(2)}, [{"$": True}, np.ones(1)]])
def test_what_looks_like_the_wires_own_words_comes_as_it_is(value):
    assert same(sent(value), value)


def test_an_array_has_up_to_32_axes():
    assert sent(np.ones((1,) * 32, complex)).shape == (1,) * 32
