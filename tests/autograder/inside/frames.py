"""Values, and frames of a test's own, sent over a pair of sockets."""

import json
import socket
import threading
import time
from contextlib import contextmanager

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from autograder.inside.values import DTYPES
from autograder.inside.wire import Channel, pack

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
