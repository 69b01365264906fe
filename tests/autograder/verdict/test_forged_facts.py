"""A process that tells of calls what no call does: its conversation is over."""

import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from autograder.inside.wire import Channel
from autograder.seal import Limits
from autograder.verdict import exchange, sealed_answer
from autograder.verdict.exchange import Exchange, Lost
from autograder.verdict.outputs import Gathered
from autograder.verdict.sealed_answer import SealedAnswer
from course.called import NOT_BACK
from course.reading import NOT_WRITTEN
from course.tasks import find_task
from course.trying import Ask


class FakeFork:
    """A process that is none: the test holds its end of the channel."""

    died, report = "gone", None

    def __init__(self):
        ours, self.theirs = socket.socketpair()
        self.channel = Channel(ours)
        self.signals = []

    def interrupt(self):
        self.signals.append("interrupt")

    def kill(self):
        self.signals.append("kill")
        self.theirs.close()


@pytest.fixture
def fork():
    fake = FakeFork()
    yield fake
    fake.channel.close()
    fake.theirs.close()


def called(**facts):
    return {"event": "called", "are": [{"parts": [np.ones(2)]} | facts]}


def ask(fork, event, until=5.0):
    """Return what an answer makes of an event that the other side sends for a call."""
    asked = find_task("start.affine").asked
    answer = SealedAnswer(Exchange(fork), asked, 1, False, time.monotonic() + until)
    if isinstance(event, dict):
        # beside: what is large waits to be taken
        arguments = [event, None, time.monotonic() + 5]
        threading.Thread(target=_send, args=[fork.theirs, arguments], daemon=True).start()
    elif event is not None:
        fork.theirs.sendall(event)
    (told,) = answer.calls([Ask({"w": np.ones((2, 2)), "x": np.ones(2), "b": np.ones(2)})])
    return told


ONE = called()["are"][0]


def several(fork, number, seconds=5.0):
    """Have the grader ask a process for some calls in one message; the answers are on their way."""
    asked = replace(find_task("start.affine").asked, seconds=seconds)
    answer = SealedAnswer(Exchange(fork), asked, 1, False, time.monotonic() + 20)
    return answer.calls([Ask({"w": np.ones((2, 2)), "x": np.ones(2), "b": np.ones(2)})] * number)


def changes(fork, are):
    """Return which parts count as changed where the other side says so of one call."""
    asked = find_task("start.affine").asked
    answer = SealedAnswer(Exchange(fork), asked, 1, False, time.monotonic() + 5)
    theirs = Channel(fork.theirs)
    theirs.send(called())
    answer.calls([Ask({"w": np.ones((2, 2)), "x": np.ones(2), "b": np.ones(2)}, keep=0)])
    theirs.send({"event": "changed", "are": are})
    return answer.changed_later()


def _send(theirs, arguments):
    with suppress(Exception):
        Channel(theirs).send(*arguments)


class TestForgedFacts:
    def test_an_honest_one_is_taken(self, fork):
        assert ask(fork, called()).parts[0].tolist() == [1, 1]

    @pytest.mark.parametrize(
        "event",
        [
            b"\xff" * 64,
            struct.pack(">I", 2**31),
            struct.pack(">I", 2) + b"[]",
            {"event": 3},
            {"event": "called"},
            {"event": "called", "are": []},
            {"event": "called", "are": 3},
            {"event": "called", "are": [called()["are"][0]] * 2},
            {"event": "done", "ok": True},
            called(parts=[]),
            called(parts=[np.ones(2), np.ones(2)]),
            called(parts=[np.ones(2, complex)]),
            called(parts=[np.zeros(5_000_000, np.int8)]),
            called(changed=["nothing"]),
            called(calls=-1),
            called(calls=True),
            called(printed=1.5),
            called(extra=1),
            called(trouble=3),
            called(changed_settings=None),
        ],
    )
    def test_what_no_call_does_ends_the_conversation(self, fork, event):
        with pytest.raises(Lost):
            ask(fork, event)
        assert "kill" in fork.signals

    def test_sentences_are_lines(self, fork):
        told = ask(fork, called(parts=[], trouble="a\nb\x1b[31m\u202ec", kept="a\nb"))
        assert (told.trouble, told.kept) == ("a b [31m c", "a\nb")

    @pytest.mark.slow
    def test_silence_is_interrupted_then_killed(self, fork):
        told = ask(fork, None, until=30)
        assert told.trouble == NOT_BACK
        assert fork.signals[:2] == ["interrupt", "kill"]

    @pytest.mark.slow
    def test_calling_back_without_an_end_is_no_answer(self, fork):
        def flood():
            channel = Channel(fork.theirs)
            try:
                while True:
                    channel.send({"event": "call_host", "n": 0, "arguments": []})
                    channel.receive()
            except Exception:
                return

        threading.Thread(target=flood, daemon=True).start()
        told = None
        try:
            told = ask(fork, None, until=30)
        except Lost as lost:
            assert "times" in str(lost)
        assert told is None or told.trouble == NOT_BACK

    @pytest.mark.parametrize(
        "events",
        [
            # an end is the last thing that is told, or cases could be hidden behind it
            [{"event": "called", "are": [ONE, {"trouble": NOT_WRITTEN}, ONE]}],
            [{"event": "called", "are": [ONE] * 4}],
            [{"event": "so_far", "are": [ONE]}] * 2,
        ],
    )
    def test_what_is_told_of_several_calls_is_bounded_too(self, fork, events):
        theirs = Channel(fork.theirs)
        for event in events:
            theirs.send(event)
        with pytest.raises(Lost):
            several(fork, 3)
        assert "kill" in fork.signals

    def test_what_all_calls_bring_is_bounded_too(self, fork):
        # one array in the message, which stands in it for each of the calls
        large = {"parts": [np.zeros(3_900_000, np.int8)]}
        arguments = [{"event": "called", "are": [large] * 5}, None, time.monotonic() + 5]
        threading.Thread(target=_send, args=[fork.theirs, arguments], daemon=True).start()
        with pytest.raises(Lost, match="in all"):
            several(fork, 5)

    @pytest.mark.parametrize(
        ("told", "number", "wanted"),
        [
            (None, 3, ["stopped"]),
            ([ONE], 3, ["came", "stopped"]),
            ([ONE, ONE], 3, ["came", "came", "stopped"]),
            ([ONE, {"trouble": NOT_WRITTEN}], 3, ["came", "stopped"]),
            # there is always one that was stopped, for time was up
            ([ONE] * 3, 3, ["came", "came", "stopped"]),
            ([ONE], 1, ["stopped"]),
            (7, 3, None),
        ],
    )
    def test_a_call_that_is_stopped_does_not_take_those_before_it(
        self, fork, monkeypatch, told, number, wanted
    ):
        monkeypatch.setattr(sealed_answer, "PATIENCE", 0.0)
        monkeypatch.setattr(sealed_answer, "TOGETHER_SECONDS", 0.1)
        monkeypatch.setattr(exchange, "GRACE", 0.1)
        if told is not None:
            Channel(fork.theirs).send({"event": "so_far", "are": told})
        if wanted is None:
            with pytest.raises(Lost):
                several(fork, number, seconds=0.1)
            return
        came = several(fork, number, seconds=0.1)
        assert ["came" if one.parts else "stopped" for one in came] == wanted
        assert fork.signals[:2] == ["interrupt", "kill"]

    @pytest.mark.parametrize("are", [None, 3, [[]], {0: 3}, {0: ["0"]}, {0: [0.5]}, {0: [True]}])
    def test_changes_that_are_none_end_the_conversation(self, fork, are):
        with pytest.raises(Lost):
            changes(fork, are)
        assert "kill" in fork.signals

    @pytest.mark.parametrize(
        ("are", "wanted"),
        [({0: [0]}, {0}), ({0: [7, -1]}, set()), ({}, set()), ({1: [0], "0": [0]}, set())],
    )
    def test_changes_of_what_was_not_asked_for_are_passed_over(self, fork, are, wanted):
        assert changes(fork, are) == {0: wanted}

    def test_what_is_gathered_has_a_limit_here_too(self):
        gathered = Gathered(Limits(rich_outputs=1))
        shown = {"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": {}}
        gathered.add(shown)
        with pytest.raises(Exception, match="more than a cell may"):
            gathered.add(shown)
