"""One zygote for several hosts: each has its own forks, and nothing of one reaches another's."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest

from autograder.seal import Limits, Sandbox, SealError, bubblewrap
from autograder.seal import sandbox as sandboxes
from autograder.seal.shared_zygote import SharedZygote
from autograder.seal.zygote_process import ZygoteProcess
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried
from tests.autograder.seal.test_lifetime import children, gone

_SLEEPS = "import time; channel.send('asleep'); time.sleep(600)"
_THREADS = """
    import threading, time
    started = 0
    try:
        for _ in range({most}):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    result = started
"""
_TELLS = "import IPython, os; result = repr(IPython.get_ipython().user_ns['x']), os.getuid()"
PICTURES = [("a key", "<p>html</p>", "words")]


@contextmanager
def shared_by(hosts):
    """Two sandboxes on one zygote: yields it, and them."""
    with ExitStack() as opened:
        zygote = ZygoteProcess(Limits(), True, ENTRY, ENTRY_FOLDER)
        opened.callback(zygote.close)
        if zygote.shares < hosts:
            pytest.skip("only root has user ids to give")
        yield (
            zygote,
            [
                opened.enter_context(Sandbox(Limits(), True, ENTRY, ENTRY_FOLDER, line=line))
                for line in [zygote.line(number, hosts) for number in range(hosts)]
            ],
        )


def soon(holds, seconds=5):
    """Whether something comes to hold within some seconds."""
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


@pytest.fixture(scope="module")
def shared(bubblewrap_is_here):
    with shared_by(2) as made:
        yield made


def test_forks_are_told_apart_by_whose_they_are(shared):
    _, (one, other) = shared
    with one.fork() as first, other.fork() as second:
        assert first._number == second._number or one._ended == {} == other._ended
        assert Tried(first)("import os; result = os.getuid()") == {
            "result": bubblewrap.NOBODY_INSIDE
        }
        assert Tried(second)(
            "import os; result = os.getuid(), __import__('pwd').getpwuid(os.getuid())[0]"
        )["result"] == (bubblewrap.NOBODY_INSIDE + 1, "student")
        second.kill()
        assert soon(lambda: second.died == "stopped by the grader")
        assert first.died is None
        assert one.facts["share"] == [0, 2] and other.facts["share"] == [1, 2]


def test_threads_of_ones_forks_are_not_counted_among_anothers(shared):
    _, (one, other) = shared
    with one.fork() as greedy, one.fork() as beside, other.fork() as elsewhere:
        assert 10 < Tried(greedy)(_THREADS.format(most=1000))["result"] <= 16
        assert Tried(beside)(_THREADS.format(most=10))["result"] < 10
        assert Tried(elsewhere)(_THREADS.format(most=10))["result"] == 10


def test_pictures_that_one_keeps_the_other_knows(shared):
    _, (one, other) = shared
    one.keep(PICTURES)
    assert one.pictures == tuple(PICTURES)
    assert soon(lambda: other.pictures == tuple(PICTURES))
    asks = "import IPython; result = IPython.get_ipython().drawn._kept"
    for sandbox in (one, other):
        with sandbox.fork() as fork:
            assert Tried(fork)(asks) == {"result": {"a key": ("<p>html</p>", "words")}}


@pytest.mark.slow
def test_an_opening_serves_all_who_share_the_zygote_until_the_last_has_left():
    cells = "import os\nx = os.urandom(8)", "print(x)"
    with shared_by(2) as (_, (one, other)):
        before = set(children(os.getpid()))
        made, same = one.opening(cells, 20), other.opening(cells, 20)
        assert made.outputs == same.outputs
        (its,) = set(children(os.getpid())) - before
        for number, opening in enumerate((made, same)):
            with opening.fork() as fork:
                told = Tried(fork)(_TELLS)["result"]
                assert told[0] == made.outputs[1][0]["text"].strip()
                assert told[1] == bubblewrap.NOBODY_INSIDE + number
        # who came later may leave, and whoever has one of its own is not in the way
        same.close()
        assert other.opening(("y = 1",), 20) and not made.dead
        made.close()
        assert soon(lambda: its not in children(os.getpid()))


@pytest.mark.slow
def test_pictures_that_others_draw_are_waited_for_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(sandboxes, "_DRAWING", 1.0)
    with shared_by(2) as (_, (one, other)):
        other.will_keep()
        assert soon(lambda: one.pictures or one._zygote.drawing)
        started = time.monotonic()
        one.opening(("x = 1",), 20)
        assert time.monotonic() - started >= 1
        # it never came: nobody waits for it again
        started = time.monotonic()
        one.opening(("x = 2",), 20)
        assert time.monotonic() - started < 1
        other.will_keep()
        other.keep(PICTURES)
        assert soon(lambda: one.pictures == tuple(PICTURES))
        assert one.opening(("x = 2",), 20) and not one._zygote.drawing


@pytest.mark.slow
def test_an_opening_ends_with_the_host_that_it_was_made_for_and_another_makes_its_own():
    cells = ("x = 1",)
    with shared_by(2) as (_, (one, other)):
        one.opening(cells, 20)
        orphan = other.opening(cells, 20)
        one.close()
        assert soon(lambda: orphan.dead)
        assert not other.opening(cells, 20).dead


@pytest.mark.slow
def test_an_opening_that_cannot_go_on_is_refused_to_all():
    cells = "x = 1", "while True: pass"
    with shared_by(2) as (_, (one, other)):
        before = set(children(os.getpid()))
        assert one.opening(cells, 1) is None and other.opening(cells, 1) is None
        failing = "x = 1", "1 / 0"
        assert one.opening(failing, 20).cells == other.opening(failing, 20).cells == ("x = 1",)
        assert soon(lambda: len(set(children(os.getpid())) - before) == 1)


@pytest.mark.slow
def test_a_host_that_leaves_takes_its_own_forks_along():
    with shared_by(2) as (zygote, (one, other)):
        before = set(children(os.getpid()))
        with one.fork() as stays, other.fork() as goes:
            Tried(goes).start(_SLEEPS)
            assert Tried(goes).finish() == "asleep"
            other.close()
            assert Tried(stays)("result = 1") == {"result": 1}
            assert soon(lambda: len(set(children(os.getpid())) - before) == 1)
        # whoever takes its place is known by the same number, and is told what is kept
        one.keep(PICTURES)
        with Sandbox(Limits(), True, ENTRY, ENTRY_FOLDER, line=zygote.line(1, 2)) as new:
            with new.fork() as fork:
                assert Tried(fork)("result = 2") == {"result": 2}
            assert new.pictures == tuple(PICTURES)


@pytest.mark.slow
def test_a_zygote_that_dies_is_replaced_by_each_for_itself():
    before = set(children(os.getpid()))
    with shared_by(2) as (zygote, (one, other)):
        one.keep(PICTURES)
        assert soon(lambda: other.pictures == tuple(PICTURES))
        with one.fork() as fork:
            mine = set(children(os.getpid())) - before
            zygote.close()
            assert Tried(fork).finish() == {"died": "the sandbox around it came down"}
        assert gone(mine)
        for sandbox in (one, other):
            with sandbox.fork() as again:
                assert Tried(again)("result = 1") == {"result": 1}
            assert sandbox.pictures == tuple(PICTURES)
        assert zygote.line(0, 2) is None


@pytest.mark.slow
def test_what_cannot_be_started_is_said_by_who_needs_it(monkeypatch, tmp_path):
    fails = tmp_path / "bwrap"
    fails.write_text("#!/bin/sh\necho bwrap: No permissions to create new namespace >&2; exit 1\n")
    fails.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "find", lambda: str(fails))
    with SharedZygote() as zygote:
        zygote.start()
        line = zygote.line(0, 2, Limits())
        with pytest.raises(SealError, match="cannot make a sandbox"):
            Sandbox(line=line)
    monkeypatch.setattr(bubblewrap, "find", _nowhere)
    with SharedZygote() as zygote:
        assert zygote.line(0, 2, Limits()) is None


def _nowhere():
    raise SealError("There is none.")


@pytest.mark.slow
def test_it_starts_anew_where_more_is_to_be_seen_than_was_guessed():
    before = set(children(os.getpid()))
    with SharedZygote() as zygote:
        zygote.start()
        guessed = zygote._process
        limits = Limits(packages=("packaging",))
        line = zygote.line(0, 1, limits)
        assert guessed.dead and zygote._process is not guessed
        with Sandbox(limits, line=line) as sandbox:
            assert sandbox.facts["share"] == [0, 1]
            same = zygote._process
            zygote.line(0, 1, Limits(packages=("packaging",), cell_seconds=5)).close()
            assert zygote._process is same
    assert gone(set(children(os.getpid())) - before)
    assert zygote.line(0, 1, limits) is None


@pytest.mark.slow
def test_it_is_let_go_without_a_wait():
    before = set(children(os.getpid()))
    with SharedZygote() as zygote:
        zygote.start()
        with Sandbox(line=zygote.line(0, 1, Limits())) as sandbox, sandbox.fork() as fork:
            zygote.let_go()
            assert gone(set(children(os.getpid())) - before)
            assert fork.died
        assert zygote.line(0, 1, Limits()) is None
        zygote.let_go()


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.parametrize("late", [False, True])
def test_it_ends_with_who_started_it(late):
    """Also before it is ready; in its very first moments it ends as soon as it would be ready."""
    code = f"""
import sys, time
from autograder.seal.shared_zygote import SharedZygote
from autograder.seal import Limits, Sandbox
zygote = SharedZygote()
zygote.start()
if {late}:
    sandbox = Sandbox(line=zygote.line(0, 1, Limits()))
print("started", flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as host:
        assert host.stdout.readline() == b"started\n"
        mine = children(host.pid)
        assert mine
        host.send_signal(signal.SIGKILL)
    assert gone(mine, 5 if late else 20)
