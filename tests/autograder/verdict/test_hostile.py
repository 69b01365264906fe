"""Notebooks whose author knows this grader: nothing that they send is taken for a verdict."""

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
from course.score import SCORE_MIME
from course.tasks import find_task
from course.trying import Ask

from .conftest import check_of, code, graded, points, texts

AFFINE = "from course import check\nimport numpy as np\ndef affine(w, x, b):\n    return w @ x + b"
WRONG = AFFINE.replace("+ b", "")
SESSION = "import gc\nsession = get_ipython().session\n"


def affine(*more, source=WRONG):
    return code(source), *map(code, more), check_of("start.affine", points=2)


class TestForgedVerdicts:
    @pytest.mark.parametrize(
        "attack",
        [
            # a score of one's own, in every way that IPython shows things
            f"get_ipython().display_pub.publish({{'{SCORE_MIME}': {{}}, 'text/plain': '2.0'}})",
            "import builtins\nbuiltins.grade = lambda *a: 2.0\ngrade = builtins.grade",
            "import sys\nsys.modules['autograder'].grade = lambda *a: 2.0",
            "from course.score import Score\nScore.__new__ = lambda cls, *a: float.__new__(cls, 2)",
            "import course.judging as j\nj.judge = lambda *a: []",
            # names that the test hands over are looked up, and judged as what they are
            "class All(float):\n    def __call__(self, *a): return self\naffine = All(2)",
        ],
    )
    def test_a_wrong_answer_stays_wrong(self, run, attack):
        came = run(*affine(attack))
        assert points(came)["check_affine"] == 0
        assert [o.output_type for o in came.notebook.cells[-1].outputs] == ["execute_result"]

    def test_what_an_answer_shows_stays_out_of_its_verdict(self, run):
        shows = (
            "from IPython.display import display, HTML\n"
            "def affine(w, x, b):\n    display(HTML('<b>2 of 2 points</b>'))\n"
            "    print('2.0')\n    import sys; sys.displayhook(2.0)\n    return 0"
        )
        came = run(*affine(shows))
        (only,) = came.notebook.cells[-1].outputs
        assert only.output_type == "execute_result" and only.data["text/plain"] == "0.0"
        assert "2 of 2" not in only.data["text/html"]

    def test_a_score_is_no_output_of_a_students(self, run):
        came = run(code(f"get_ipython().display_pub.publish({{'{SCORE_MIME}': {{}}}})"))
        assert SCORE_MIME not in came.notebook.cells[0].outputs[0].data

    def test_a_session_that_tells_lies_is_found_out(self, run):
        lies = SESSION + (
            "def told(event, **more):\n    session._channel.send({'event': event, **more})\n"
            "session._ops['calls'] = lambda op: told('done', ok=True)"
        )
        came = run(*affine(lies))
        assert points(came) == {"check_affine": 0}
        assert "out of turn" in came.grades[0].cause

    def test_an_ok_that_is_none_fails_a_plain_test(self, run):
        lies = SESSION + (
            "session._ops['run'] = lambda op: session._channel.send({'event': 'done', 'ok': 1})"
        )
        assert points(run(code(lies), graded("t", "assert False"))) == {"t": 0}

    def test_another_class_of_answer_at_each_call(self, run):
        changing = (
            "calls = []\ndef affine(w, x, b):\n    calls.append(1)\n"
            "    return [w @ x + b, 'text', None, {}, 1j, [[]], float('nan')][len(calls) % 7]"
        )
        assert points(run(*affine(changing))) == {"check_affine": 0}

    @pytest.mark.parametrize(
        "returned",
        ["np.zeros(10**7)", "[[[[[[[[[[1]]]]]]]]]]", "Own()", "np.ones(3).view(Sub)", "10**5000"],
    )
    def test_returning_what_is_no_answer(self, run, returned):
        source = (
            "class Sub(np.ndarray):\n    pass\n"
            "class Own:\n    def __array__(self, *a, **k): raise SystemExit\n"
            f"def affine(w, x, b):\n    return {returned}"
        )
        came = run(*affine(source), graded("t", "1"))
        assert points(came) == {"check_affine": 0, "t": 1}

    def test_the_right_function_of_the_grader_is_none_of_a_later_call(self, run):
        stash = (
            "kept = []\n"
            "def sigmoid(z):\n    return None\n"
            "def sigmoid_prime(z):\n"
            "    kept.append(globals()['sigmoid'])\n    s = sigmoid(z)\n    return s * (1 - s)"
        )
        later = "def later(z):\n    return kept[-1](z)"
        came = run(
            code(f"import numpy as np\n{stash}\n{later}"),
            check_of("chain.sigmoid_prime", "sigmoid_prime", "sigmoid", points=2),
            graded("check_sigmoid", 'grade("chain.sigmoid", later)', 2),
        )
        assert points(came) == {"check_sigmoid_prime": 2, "check_sigmoid": 0}
        assert "a call that is over" in texts(came.notebook.cells[2])

    def test_an_answer_may_not_have_another_checked(self, run):
        asks = AFFINE.replace("return", "check('start.affine', affine)\n    return")
        assert "cannot be called by an answer" in texts(run(*affine(source=asks)).notebook.cells[1])


class TestFloods:
    def test_more_checks_than_a_cell_may_ask_for(self, run):
        came = run(code(AFFINE + "\nfor _ in range(60):\n    check('start.affine', affine)"))
        assert "50 checks" in texts(came.notebook.cells[0])

    @pytest.mark.slow
    def test_printing_without_an_end(self, run):
        flood = code("while True: print('x' * 1000)")
        came = run(flood, graded("t", "1"), cell_seconds=2)
        assert points(came) == {"t": 1}
        assert len(texts(came.notebook.cells[0])) < 1_100_000

    def test_more_outputs_than_the_process_itself_would_send(self, run):
        sends = SESSION + (
            "output = {'output_type': 'stream', 'name': 'stdout', 'text': 'x' * 100_000}\n"
            "for _ in range(50): session._channel.send({'event': 'output', 'output': output})"
        )
        came = run(code(sends), graded("t", "1"))
        assert points(came) == {"t": 1}
        assert "more than a cell may" in came.trouble[0]
        assert "t" in {grade.grade_id for grade in came.grades}


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


def test_a_judge_that_stumbles_earns_nothing_and_says_so(run, monkeypatch):
    def stumble(*arguments):
        raise IndexError("what came back")

    monkeypatch.setattr("autograder.verdict.conversation.score_on", stumble)
    came = run(*affine(source=AFFINE), graded("t", "1"))
    assert points(came) == {"check_affine": 0, "t": 1}
    assert "could not be judged" in came.grades[0].cause and came.trouble
