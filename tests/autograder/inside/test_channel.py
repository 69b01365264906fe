"""A channel keeps messages apart and deadlines, and says when it is over."""

import socket
import threading
import time

import numpy as np
import pytest

from autograder.inside.wire import Channel, ClosedError, WireError, pack

from .frames import ends, framed, same


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
