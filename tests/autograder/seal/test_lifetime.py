"""Nothing outlives what it belongs to: no fork its sandbox, no sandbox its host."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.seal import Limits, Sandbox, SealError
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried

ROOT = Path(__file__).parents[3]
_SLEEPS = "import time; channel.send('asleep'); time.sleep(600)"


def children(pid):
    """The ids of all processes that descend from one."""
    found, asked = [], [pid]
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(after[1])
    while asked:
        parent = asked.pop()
        new = [child for child, of in parents.items() if of == parent]
        found += new
        asked += new
    return found


def gone(pids, seconds=5):
    """Whether all processes are gone within some seconds (zombies count as gone)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def opened(sealed=True):
    return Sandbox(Limits(), sealed=sealed, entry=ENTRY, entry_folder=ENTRY_FOLDER)


@pytest.mark.slow
@pytest.mark.parametrize("sealed", [True, False])
def test_closing_leaves_no_process(sealed):
    before = set(children(os.getpid()))
    sandbox = opened(sealed)
    tried = Tried(sandbox.fork())
    tried.start(_SLEEPS)
    assert tried.finish() == "asleep"
    mine = set(children(os.getpid())) - before
    assert len(mine) >= 2
    sandbox.close()
    sandbox.close()
    assert gone(mine)
    assert tried.fork.died == "the sandbox around it came down"
    tried.fork.close()
    with pytest.raises(SealError, match="closed"):
        sandbox.fork()


@pytest.mark.slow
@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_a_host_that_ends_leaves_no_process(tmp_path, sealed, how):
    code = f"""
        import sys, time
        sys.path.insert(0, {str(ROOT)!r})
        from tests.autograder.seal.test_lifetime import Tried, opened, _SLEEPS
        sandbox = opened({sealed})
        tried = Tried(sandbox.fork())
        tried.start(_SLEEPS)
        print(tried.finish(), flush=True)
        if not {how is None}:
            time.sleep(600)
    """
    host = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    with host:
        assert host.stdout.readline() == b"asleep\n"
        if how is None:
            host.wait(20)
            # its children were its own until it ended: none of them may be anybody's now
            marked = [
                int(path.parent.name)
                for path in Path("/proc").glob("[0-9]*/cmdline")
                if _mentions(path, str(tmp_path))
            ]
            assert gone(marked)
            return
        mine = children(host.pid)
        assert len(mine) >= 2
        host.send_signal(how)
        host.wait(20)
    assert gone(mine)


def _mentions(path, text):
    try:
        return text in path.read_text()
    except OSError:
        return False


@pytest.mark.slow
def test_a_zygote_that_dies_is_started_anew():
    before = set(children(os.getpid()))
    with opened() as sandbox:
        first = Tried(sandbox.fork())
        first.start(_SLEEPS)
        assert first.finish() == "asleep"
        # the oldest first: a zygote that is left for a moment says how its fork ended
        for pid in sorted(set(children(os.getpid())) - before):
            # one that helped to start it may be gone by now
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert first.finish() == {"died": "the sandbox around it came down"}
        with sandbox.fork() as fork:
            assert Tried(fork)("result = 1") == {"result": 1}
        first.fork.close()


@pytest.mark.slow
def test_a_sandbox_outlives_the_thread_that_opened_it():
    made = []
    thread = threading.Thread(target=lambda: made.append(opened()))
    thread.start()
    thread.join()
    with made[0] as sandbox, sandbox.fork() as fork:
        time.sleep(0.3)
        assert Tried(fork)("result = 1") == {"result": 1}


@pytest.mark.slow
def test_a_fork_that_is_left_is_gone_with_its_threads(sandbox):
    with sandbox.fork() as fork:
        Tried(fork)("result = 1")
    before = set(children(os.getpid()))
    with sandbox.fork() as fork:
        Tried(fork)("import threading; threading.Timer(60, print).start()")
        assert fork.died is None
        mine = set(children(os.getpid())) - before
        assert mine
    assert gone(mine)
    assert fork.report is not None


def test_many_forks_one_after_another_leak_nothing(sandbox):
    def descriptors():
        return len(os.listdir("/proc/self/fd"))

    with sandbox.fork() as fork:
        Tried(fork)("result = 1")
    before = descriptors()
    for _ in range(30):
        with sandbox.fork() as fork:
            assert Tried(fork)("result = 1") == {"result": 1}
    assert descriptors() == before


def test_forks_live_side_by_side(sandbox):
    forks = [sandbox.fork() for _ in range(5)]
    try:
        for number, fork in enumerate(forks):
            Tried(fork).start(f"result = {number}")
        assert [Tried(fork).finish()["result"] for fork in forks] == list(range(5))
    finally:
        for fork in forks:
            fork.close()


def test_a_process_that_could_not_be_started_costs_no_other():
    """As where the machine has as many as it may have, of which a notebook's threads are some."""
    with Sandbox(Limits(), entry="starved:main", entry_folder=ENTRY_FOLDER) as sandbox:
        came = []
        for _ in range(6):
            with sandbox.fork() as fork:
                came.append(Tried(fork)("import os; result = os.getpid()"))
    failed = [one for one in came if "died" in one]
    assert len(failed) == 2
    assert all("no process could be started" in one["died"] for one in failed)
    assert [one for one in came if one not in failed] == [{"result": 1}] * 4
