"""Worker processes: calls come back, a death costs one call, and nothing outlives its parent."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil
import pytest

from autograder.run.executors import WorkerDied, WorkerProcesses

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pool():
    with WorkerProcesses(2) as pool:
        yield pool


def die(number):
    os.kill(os.getpid(), number)


def test_calls_run_elsewhere_and_come_back(pool):
    ids = {pool.submit(os.getpid).result() for _ in range(6)}
    assert os.getpid() not in ids
    assert ids <= set(pool.process_ids())
    assert pool.submit(int, "21", base=3).result() == 7


def test_an_exception_comes_back_as_itself(pool):
    with pytest.raises(ValueError, match="invalid literal"):
        pool.submit(int, "x").result()


def test_what_cannot_be_sent_back_is_said(pool):
    with pytest.raises(RuntimeError, match="cannot be sent back"):
        pool.submit(threading.Lock).result()
    assert pool.submit(abs, -2).result() == 2


def test_one_call_takes_one_process(pool):
    pool.submit(os.getpid).result()
    assert len(pool.process_ids()) == 1


@pytest.mark.parametrize(("number", "word"), [(signal.SIGKILL, "9"), (signal.SIGSEGV, "11")])
def test_a_death_costs_one_call(pool, number, word):
    calls = [pool.submit(die if i == 3 else abs, number) for i in range(12)]
    for i, call in enumerate(calls):
        if i == 3:
            with pytest.raises(WorkerDied, match=f"killed by signal {word} "):
                call.result()
        else:
            assert call.result() == number


def test_an_idle_process_that_died_is_replaced_unseen(pool):
    for _ in range(2):
        pool.submit(os.getpid).result()
    for number in pool.process_ids():
        os.kill(number, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(number) for number in pool.process_ids()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [pool.submit(abs, -i).result() for i in range(4)] == [0, 1, 2, 3]


def test_a_sigterm_to_a_whole_group_leaves_it_to_the_parent_to_end_them(pool):
    number = pool.submit(os.getpid).result()
    for process in pool.process_ids():
        os.kill(process, signal.SIGTERM)
    assert [pool.submit(abs, -i).result() for i in range(4)] == [0, 1, 2, 3]
    assert number in pool.process_ids()
    # and hands it down to no program
    ended = pool.submit(subprocess.run, ["sh", "-c", "kill $$; sleep 9"]).result()
    assert ended.returncode == -signal.SIGTERM


def test_who_ends_it_while_a_process_takes_anothers_place_waits_until_it_is_there(monkeypatch):
    pool = WorkerProcesses(1)
    pool.submit(abs, 1).result()
    (number,) = pool.process_ids()
    os.kill(number, signal.SIGKILL)
    # until it is known here, too, which may be a little after it is gone
    pool._processes[0].process.join(10)
    start, starting = BaseProcess.start, threading.Event()

    def slowly(process):
        starting.set()
        time.sleep(0.5)
        start(process)

    monkeypatch.setattr(BaseProcess, "start", slowly)
    call = pool.submit(time.sleep, 60)
    assert starting.wait(10)
    pool.shutdown(cancel_futures=True)
    with pytest.raises(WorkerDied):
        call.result()
    assert not any(psutil.pid_exists(number) for number in pool.process_ids())


def test_a_call_that_does_not_come_back_is_given_up():
    with (
        WorkerProcesses(1, patience=0.5) as pool,
        pytest.raises(WorkerDied, match=r"within 0\.5 s"),
    ):
        pool.submit(time.sleep, 60).result(timeout=20)


def test_what_prepares_a_worker_runs_once_in_each(tmp_path):
    with WorkerProcesses(1, prepare=partial(os.chdir, tmp_path)) as pool:
        assert [pool.submit(os.getcwd).result() for _ in range(2)] == [str(tmp_path)] * 2
    assert Path.cwd() != tmp_path
    with (
        WorkerProcesses(1, prepare=partial(int, "no number")) as pool,
        pytest.raises(ValueError, match="no number"),
    ):
        pool.submit(abs, 1).result()


def test_processes_start_for_the_calls_that_are_expected_and_serve_them():
    with WorkerProcesses(3) as pool:
        pool.start(2)
        started = pool.process_ids()
        assert len(started) == 2
        pool.start(1)
        calls = [pool.submit(os.getpid) for _ in range(2)]
        assert {call.result() for call in calls} <= set(pool.process_ids()) == set(started)
        pool.start(9)
        assert len(pool.process_ids()) == 3


def test_each_process_is_handed_what_is_for_it():
    told, ends = [], []

    def hand(number):
        told.append(number)
        ours, theirs = socket.socketpair()
        ends.append(ours)
        return theirs

    with WorkerProcesses(2, prepare=_greet, hand=hand) as pool:
        numbers = [pool.submit(os.getpid) for _ in range(4)]
        processes = {number.result() for number in numbers}
        assert {int(end.recv(100)) for end in ends} <= set(pool.process_ids()) >= processes
        with pytest.raises(WorkerDied):
            pool.submit(die, signal.SIGKILL).result()
        for number in [pool.submit(os.getpid) for _ in range(6)]:
            number.result()
    # the one that took the place of another is told the same number
    assert sorted(told[:2]) == [0, 1] and told[2:] in ([0], [1])
    for end in ends:
        # nobody else holds the other end
        assert not end.recv(100).strip(b"0123456789")
        assert end.recv(100) == b""
        end.close()


def _greet(end):
    end.send(str(os.getpid()).encode())
    end.detach()


def test_cancelling_ends_what_runs_and_what_waits():
    pool = WorkerProcesses(2)
    calls = [pool.submit(time.sleep, 60) for _ in range(6)]
    while not all(call.running() for call in calls[:2]):
        time.sleep(0.01)
    time.sleep(0.2)
    numbers = pool.process_ids()
    before = time.monotonic()
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - before < 2
    assert all(call.done() for call in calls)
    assert not any(psutil.pid_exists(number) for number in numbers)
    pool.shutdown(cancel_futures=True)


ORPHANS = """
import os, time
from autograder.run.executors import WorkerProcesses

if __name__ == "__main__":
    pool = WorkerProcesses(2)
    for _ in range(2):
        pool.submit(os.getpid).result()
    calls = [pool.submit(time.sleep, 60) for _ in range(2)]
    print(*pool.process_ids(), flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
def test_workers_do_not_outlive_who_started_them(tmp_path):
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as run:
        numbers = [int(word) for word in run.stdout.readline().split()]
        assert len(numbers) == 2
        run.kill()
    deadline = time.monotonic() + 5
    while any(psutil.pid_exists(number) for number in numbers):
        assert time.monotonic() < deadline, "workers are left behind"
        time.sleep(0.05)


PRESSED = """\
import os, signal, time
from autograder.run.executors import WorkerProcesses, warm_up

if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: print("heard", flush=True))
    for wait in (0.0, 0.1, 0.2):
        warm_up("autograder.run.shared_imports")
        time.sleep(wait)
        os.killpg(0, signal.SIGINT)
    with WorkerProcesses(1) as pool:
        os.killpg(0, signal.SIGINT)
        print(pool.submit(signal.getsignal, signal.SIGINT).result() is signal.SIG_IGN)
        print(pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []).result())
"""


def test_ctrl_c_while_workers_get_ready_is_heard_here_and_shown_by_none_of_them(tmp_path):
    """It reaches every process of a terminal, also one that is importing."""
    script = tmp_path / "pressed.py"
    script.write_text(PRESSED)
    ran = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True, text=True, cwd=ROOT, start_new_session=True, timeout=60,
    )  # fmt: skip
    assert (ran.stderr, ran.returncode) == ("", 0)
    # the worker's own programs are to hear it: it ignores the signal, and blocks none
    assert ran.stdout.split() == [*["heard"] * 4, "True", "set()"]
