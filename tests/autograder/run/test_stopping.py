"""Ctrl-C and SIGTERM: soon, nothing lost, said in words; on a terminal and without one."""

import logging
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
import weakref

import psutil
import pytest

from autograder.report.class_results import read_results
from autograder.run.stopping import Stop, interrupted_by_signals, stop_on_signals

from .standin import ASSIGNMENT, ROOT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_first_signal_asks_and_a_second_one_interrupts(number):
    before = signal.getsignal(number)
    told = threading.Event()
    stop = Stop(then=told.set)
    with pytest.raises(KeyboardInterrupt), stop_on_signals(stop):
        assert not stop.asked
        os.kill(os.getpid(), number)
        assert stop.asked
        assert told.wait(5)
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) == before


def test_interrupted_in_code_made_at_run_time_a_program_ends_with_its_own_exit_code(tmp_path):
    """As while dataclasses are imported; Python has other plans after a KeyboardInterrupt."""
    (tmp_path / "program.py").write_text(
        "import sys\n"
        "from autograder.run.stopping import STOPPED, interrupted_by_signals\n"
        "try:\n"
        "    with interrupted_by_signals():\n"
        "        exec('import os, time; os.kill(os.getpid(), 2); time.sleep(9)')\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(STOPPED)\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    program = [sys.executable, "-m", "program"]
    assert subprocess.run(program, env={**os.environ, "PYTHONPATH": paths}).returncode == 130


def test_one_that_is_lost_on_its_way_is_seen_to_by_the_run(capfd):
    """As in the callback of a weak reference, such as importlib has for each import."""

    class Lock:
        pass

    lock, stop = Lock(), Stop()
    reference = weakref.ref(lock, lambda _: os.kill(os.getpid(), signal.SIGINT))
    with interrupted_by_signals():
        with stop_on_signals(stop):
            assert not stop.asked
        del lock
        assert reference() is None
        with stop_on_signals(stop):
            assert stop.asked
    assert capfd.readouterr().err == ""


def test_what_a_library_logs_of_the_interrupt_is_not_printed(capfd):
    log = logging.getLogger("library.pool")
    log.propagate = False  # to pytest's own handlers
    with pytest.raises(KeyboardInterrupt), interrupted_by_signals():
        log.error("heard")
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except BaseException:
            log.exception("not heard")
            raise
    log.error("heard again")
    assert capfd.readouterr().err.split("\n") == ["heard", "heard again", ""]


class Terminal:
    """A process on a terminal of its own, and all that it writes there."""

    def __init__(self, *arguments):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="110", LINES="40")
            os.chdir(ROOT)
            os.execv(sys.executable, [sys.executable, "-m", *arguments])
        self.written = b""

    def read_until(self, pattern, seconds=60):
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.written):
            assert time.monotonic() < deadline, self.written.decode()
            self._read()

    def end(self):
        """Read to the end; return the exit code and what was written, without its colours."""
        while self._read():
            pass
        os.close(self.terminal)
        _, status = os.waitpid(self.pid, 0)
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.written.decode())
        return os.waitstatus_to_exitcode(status), text

    def type(self, keys):
        os.write(self.terminal, keys)

    def _read(self):
        try:
            read = os.read(self.terminal, 4096)
        except OSError:  # nobody is at the other end any more
            return False
        self.written += read
        return bool(read)


def graded(course):
    return {r.student for r in read_results(course, ASSIGNMENT) if r.points is not None}


def command(course, *options):
    return ["tests.autograder.run.command", "grade", ASSIGNMENT, "--course-root",
            str(course.root), "--workers", "2", *options]  # fmt: skip


@pytest.mark.slow
@pytest.mark.nbgrader
class TestRuns:
    def test_where_nobody_reads_what_it_prints_what_is_graded_is_kept(self, class_of):
        course = class_of({"ana": {}, "ben": {"fail": "no sandbox today"}})
        reading, writing = os.pipe()
        os.close(reading)
        run = [sys.executable, "-m", *command(course)]
        done = subprocess.run(run, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
        os.close(writing)
        assert (done.returncode, done.stderr) == (141, b"")
        assert graded(course) == {"ana"}

    def test_ctrl_c_on_a_terminal(self, class_of):
        does = {f"s{i:02}": {"sleep": 0.1 if i < 30 else 60} for i in range(60)}
        course = class_of(does)
        terminal = Terminal(*command(course))
        # as a person sees it: the bar is there, and has counted something
        terminal.read_until(rb"[1-9]\d*/60")
        pressed = time.monotonic()
        children = psutil.Process(terminal.pid).children(recursive=True)
        terminal.type(b"\x03")
        code, text = terminal.end()
        assert time.monotonic() - pressed < 2
        assert code == 130
        said = re.search(r"stopped; (\d+) of 60 are done and kept, (\d+) are left", text)
        assert said, text
        done, left = map(int, said.groups())
        assert done + left == 60
        assert "Traceback" not in text
        assert len(graded(course)) == done >= 1
        _, alive = psutil.wait_procs(children, timeout=5)
        assert alive == []

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_without_a_terminal(self, class_of, number):
        does = {f"s{i:02}": {"sleep": 0.05 if i < 10 else 60} for i in range(20)}
        course = class_of(does)
        with subprocess.Popen(
            [sys.executable, "-m", *command(course)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as run:  # fmt: skip
            deadline = time.monotonic() + 150
            while len(list(course.root.glob("autograded/s*"))) < 8:
                assert time.monotonic() < deadline
                time.sleep(0.02)
            before = time.monotonic()
            run.send_signal(number)
            out, err = run.communicate(timeout=10)
            assert time.monotonic() - before < 2
        assert run.returncode == 130
        *_, line = err.splitlines()
        assert "Traceback" not in err
        done = len(graded(course))
        assert line == (
            f"autograder: stopped; {done} of 20 are done and kept, {20 - done} are left: "
            f"`autograder grade {ASSIGNMENT}` goes on from there."
        )
        assert f"{done} graded in " in out

    def test_a_worker_killed_in_the_middle_costs_nothing(self, class_of):
        course = class_of({f"s{i:02}": {"sleep": 0.3} for i in range(12)})
        with subprocess.Popen(
            [sys.executable, "-m", *command(course)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as run:  # fmt: skip
            deadline = time.monotonic() + 150
            while not list(course.root.glob("autograded/s*")):
                assert time.monotonic() < deadline
                time.sleep(0.02)
            below = psutil.Process(run.pid).children(recursive=True)
            said = {one: " ".join(one.cmdline()) for one in below if one.is_running()}
            servers = [one.pid for one in said if "forkserver" in said[one]]
            workers = [one for one in said if one.ppid() in servers]
            assert len(workers) == 2
            workers[0].kill()
            out, err = run.communicate(timeout=60)
        assert run.returncode == 0
        assert "Traceback" not in err
        assert "12 graded in " in out
        assert len(graded(course)) == 12

    def test_a_submission_that_kills_its_worker_has_failed_and_the_class_goes_on(self, class_of):
        does = {f"s{i}": {} for i in range(6)} | {"s3": {"die": True}}
        course = class_of(does)
        done = subprocess.run(
            [sys.executable, "-m", *command(course)], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "1 of 6 could not be graded" in done.stdout
        assert "s3: Could not be graded: WorkerDied: it was killed by signal 9" in done.stdout
        assert graded(course) == does.keys() - {"s3"}
