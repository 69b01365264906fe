"""Each limit stops the notebook that breaks it, and the sandbox goes on."""

import time
from dataclasses import replace

import pytest

from autograder.seal import Limits

SMALL = Limits(memory_bytes=256 * 2**20, cpu_seconds=2, file_bytes=4 * 2**20, open_files=32)


@pytest.fixture(autouse=True)
def the_sandbox_goes_on(run):
    yield
    assert run("result = 1 + 1") == {"result": 2}


def test_a_memory_hog_gets_an_error_and_may_go_on(forked):
    with forked(SMALL) as tried:
        said = tried("held = []\nwhile True: held.append(bytearray(2**22))")
        assert said["raised"] == "MemoryError"
        assert tried("result = 'alive'") == {"result": "alive"}


def test_mapped_memory_counts_too(run):
    code = "import mmap\nheld = [mmap.mmap(-1, 2**26) for _ in range(8)]"
    assert run(code, SMALL)["raised"] in ("OSError", "MemoryError")


@pytest.mark.slow
def test_a_cpu_hog_is_killed(run):
    said = run("while True: pass", SMALL)
    assert said == {"died": "used more than 2 s of processor time"}


@pytest.mark.slow
def test_all_threads_count_as_one_hog(run):
    code = """
        import threading
        def burn():
            while True: sum(range(1000))
        for _ in range(4): threading.Thread(target=burn).start()
        burn()
    """
    start = time.monotonic()
    assert "processor time" in run(code, SMALL)["died"]
    assert time.monotonic() - start < 20


def test_a_fork_bomb_does_not_go_off(run):
    assert run("import os\nwhile True: os.fork()")["raised"] == "PermissionError"


def test_a_thread_bomb_does_not_go_off(run):
    code = """
        import threading, time
        threading.stack_size(32768)
        made = 0
        try:
            while made < 5000:
                threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
                made += 1
        except RuntimeError:
            pass
        result = made
    """
    assert 8 <= run(code)["result"] <= 16


def test_a_few_threads_run(run):
    code = """
        import concurrent.futures
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            result = list(pool.map(lambda x: x * x, range(10)))
    """
    assert run(code) == {"result": [x * x for x in range(10)]}


def test_one_big_file_is_stopped(run):
    code = "file = open('big', 'wb')\nwhile True: file.write(bytes(2**20))"
    assert run(code, SMALL)["raised"] == "OSError"


def test_many_files_together_are_stopped(run):
    code = """
        written = 0
        try:
            for number in range(1000):
                with open(str(number), "wb") as file: written += file.write(bytes(2**18))
        except OSError:
            pass
        result = written
    """
    assert 2 * 2**20 < run(code, SMALL)["result"] <= 4 * 2**20


def test_many_empty_files_are_stopped(run):
    code = "for number in range(100_000): open(str(number), 'wb').close()"
    assert run(code)["raised"] == "OSError"


def test_files_unlinked_but_held_open_count(run):
    code = """
        import os
        held = []
        for number in range(20):
            held.append(open("x", "wb", buffering=0)); os.unlink("x")
            held[-1].write(bytes(2**19)) == 2**19 or held[-1].write(b"x")
    """
    assert run(code, SMALL)["raised"] == "OSError"


def test_many_open_files_are_stopped(run):
    said = run("import os\nheld = [os.open('/dev/null', 0) for _ in range(100)]", SMALL)
    assert said["raised"] == "OSError"


def test_a_deep_recursion_in_c_dies_alone(run):
    code = """
        import ctypes, sys
        sys.setrecursionlimit(10**9)
        def f(): return ctypes.PYFUNCTYPE(ctypes.py_object)(f)()
        f()
    """
    said = run(code, SMALL)
    assert said.get("raised") in ("RecursionError", "MemoryError") or "killed" in said["died"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import ctypes; ctypes.string_at(0)", "killed by signal 11 (segmentation fault)"),
        ("import os; os._exit(3)", "the process ended by itself, with exit code 3"),
        ("import os; os._exit(71)", "the process ended by itself, with exit code 71"),
        ("import os, signal; os.kill(1, signal.SIGFPE); os._exit(0)", "exit code 0"),
    ],
)
def test_a_death_is_told(run, code, why):
    assert run(code)["died"].endswith(why)


def test_an_endless_loop_is_interrupted(forked):
    with forked() as tried:
        tried.start("while True: pass")
        time.sleep(0.2)
        tried.fork.interrupt()
        assert tried.finish()["raised"] == "KeyboardInterrupt"
        assert tried("result = 'alive'") == {"result": "alive"}


def test_a_loop_that_hears_no_signal_is_killed(forked):
    code = """
        import signal
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        channel.send("deaf")
        while True: pass
    """
    with forked() as tried:
        tried.start(code)
        assert tried.finish() == "deaf"
        tried.fork.interrupt()
        time.sleep(0.2)
        assert tried.fork.died is None
        tried.fork.kill()
        tried.fork.kill()
        assert tried.finish() == {"died": "stopped by the grader"}


@pytest.mark.slow
def test_a_process_that_closes_its_channel_is_not_left_running(forked):
    with forked() as tried:
        said = tried("import os, time; os.close(channel.fileno()); time.sleep(60)")
        assert said == {"died": "stopped by the grader"}


def test_programs_run_where_the_limits_allow_them(run):
    code = """
        import subprocess, sys
        line = [sys.executable, "-c", "import numpy; print(numpy.ones(3).sum())"]
        result = subprocess.run(line, capture_output=True, text=True).stdout
    """
    allowed = replace(Limits(), processes=4)
    assert run(code, allowed) == {"result": "3.0\n"}


@pytest.mark.slow
def test_processes_are_counted(run):
    code = """
        import os, time
        made = 0
        try:
            while made < 2000:
                if os.fork() == 0:
                    time.sleep(30); os._exit(0)
                made += 1
        except OSError:
            pass
        result = made
    """
    assert 4 <= run(code, replace(Limits(), processes=4))["result"] < 200
