"""A session runs cells: what it says of each, how it is stopped, and what it costs a channel."""

import os
import re
import threading
import time

import pytest

from autograder.inside.wire import ClosedError, WireError


def plain_text(output):
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output["traceback"]))


def test_a_cell_says_what_it_did(host):
    outputs, done = host.run("x = 1\nx + 1")
    assert outputs == [
        {
            "output_type": "execute_result",
            "data": {"text/plain": "2"},
            "metadata": {},
            "execution_count": 1,
        }
    ]
    assert done == {"event": "done", "ok": True, "dropped": 0, "count": 1}
    outputs, done = host.run("print(x)\nraise ValueError('no')")
    assert [one["output_type"] for one in outputs] == ["stream", "error"]
    assert (done["ok"], done["count"]) == (False, 2)
    assert host.run("'goes on'")[1]["ok"]


def test_an_error_names_its_cell_and_no_path_of_the_host(host):
    host.run("1")
    host.run("def f(n):\n    return 1 / n")
    (error,), _ = host.run("import numpy as np\nnp.apply_along_axis(lambda a: f(0), 0, np.ones(2))")
    text = plain_text(error)
    assert error["ename"] == "ZeroDivisionError"
    assert "Cell In[3], line 2" in text
    assert "Cell In[2], line 2, in f(n)" in text
    assert "File numpy/lib/" in text
    assert os.path.expanduser("~") not in text
    assert not re.search(r"(?<![\w.])/\w+/", text), text


def test_warnings_name_no_path_of_the_host(host):
    (stream,), _ = host.run(
        "import warnings, numpy.linalg as l\n"
        "warnings.warn_explicit('careful', UserWarning, l.__file__, 3)"
    )
    assert stream["name"] == "stderr"
    assert stream["text"].startswith("numpy/linalg/__init__.py:3: UserWarning: careful")


def test_an_error_of_a_cause_names_the_line_of_each(host):
    code = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise KeyError('x') from error"
    (error,), _ = host.run(code)
    assert re.findall(r"-+> (\d)", plain_text(error)) == ["2", "4"]


@pytest.mark.slow
def test_endless_recursion_is_an_error_like_others(host):
    (error,), _ = host.run("def f():\n    return f()\n\n\nf()")
    assert error["ename"] == "RecursionError"
    assert len(plain_text(error)) < 3_000
    assert host.run("1")[1]["ok"]


def test_exit_ends_nothing(host):
    outputs, done = host.run("exit\nexit()\nprint('here')")
    assert done["ok"]
    assert outputs[0]["text"].count("the cells below are run as well") == 1
    assert outputs[0]["text"].endswith("here\n")
    (error, _), done = host.run("import sys\nsys.exit(2)")
    assert (error["ename"], error["evalue"], done["ok"]) == ("SystemExit", "2", False)
    assert host.run("1")[1]["ok"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [
        "while True:\n    pass",
        "import time\ntime.sleep(60)",
        "import asyncio\nawait asyncio.sleep(60)",
        "import threading\nthreading.Event().wait(60)",
        "while True:\n    print('x')",
        "import matplotlib.pyplot as plt\nwhile True:\n    plt.figure().savefig('x.png')",
    ],
)
def test_an_interrupt_ends_the_cell_and_no_other(host, code):
    host.run("kept = 7")
    timer = threading.Timer(0.5, host.interrupt)
    timer.start()
    outputs, done = host.run(code, seconds=20)
    assert not done["ok"]
    names = [one["ename"] for one in outputs if one["output_type"] == "error"]
    assert names in (["KeyboardInterrupt"], ["CancelledError"])
    outputs, done = host.run("kept")
    assert outputs[0]["data"]["text/plain"] == "7"


def test_an_interrupt_between_cells_does_nothing(host):
    host.interrupt()
    time.sleep(0.1)
    assert host.run("1")[1]["ok"]
    assert host.run("2")[1]["ok"]


@pytest.mark.slow
def test_interrupts_never_cut_a_message(fork_server):
    with fork_server.forked_session() as host:
        host.run("1")
        stop = threading.Event()

        def storm():
            while not stop.is_set():
                host.interrupt()
                time.sleep(0.0005)

        thread = threading.Thread(target=storm)
        thread.start()
        try:
            for _ in range(40):
                host.run("print('x' * 100_000)\ndisplay('y' * 1000)", seconds=20)
        finally:
            stop.set()
            thread.join()
        assert host.run("'still here'")[1]["ok"]


def test_limits_come_with_the_cell(host):
    code = "for n in range(9):\n    display(n)\nprint('z' * 5000)"
    outputs, done = host.run(code, output_bytes=2_000, rich_outputs=4)
    assert done["dropped"] == 5
    assert sum(one["output_type"] == "display_data" for one in outputs) == 4
    assert "Left out here" in outputs[-1]["text"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "flood",
    [
        "for _ in range(300_000):\n    print('flood')",
        "print('x' * 50_000_000)",
        "import sys\nfor n in range(100_000):\n    print(n, file=(sys.stdout, sys.stderr)[n % 2])",
        "for _ in range(3000):\n    display('y' * 10_000)",
        "raise ValueError('w' * 10_000_000)",
        "'v' * 10_000_000",
        "display({'text/html': ['u'] * 10**6}, raw=True)",
    ],
)
def test_floods_are_cut_within_the_channel(host, flood):
    before = memory(host)
    outputs, done = host.run(flood, seconds=60)
    assert sum(len(str(one)) for one in outputs) < 1_200_000
    assert host.run("'after'")[1]["ok"]
    # what was made may stay with Python's allocator, but not all that was printed
    assert memory(host) - before < 150_000_000


def memory(host):
    """Return how many bytes of its own a fork has in memory."""
    with open(f"/proc/{host.pid}/statm") as file:
        _, resident, shared, *_ = map(int, file.read().split())
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def test_a_notebook_is_alone(fork_server):
    with fork_server.forked_session() as one, fork_server.forked_session() as other:
        one.run("mine = 1\nimport numpy as np")
        assert other.run("mine")[0][0]["ename"] == "NameError"
        draws = [h.run("import numpy as np\nnp.random.rand()")[0] for h in (one, other)]
        assert draws[0] != draws[1]


def test_a_session_ends_with_its_host(fork_server):
    for ending in (lambda host: host.channel.send({"op": "end"}), lambda host: None):
        with fork_server.forked_session() as host:
            host.run("1")
            ending(host)
            pid = host.pid
            host.channel.close()
            for _ in range(100):
                if not os.path.exists(f"/proc/{pid}"):
                    break
                time.sleep(0.05)
            assert not os.path.exists(f"/proc/{pid}")


def test_an_unknown_op_ends_a_session(host):
    with pytest.raises((ClosedError, WireError)):
        host.ask({"op": "no such op"}, seconds=10)


def test_a_process_that_a_cell_starts_does_not_speak(host):
    outputs, done = host.run("import os\nchild = os.fork()\nprint('once')")
    assert [one["text"] for one in outputs] == ["once\n"]
    outputs, done = host.run("os.waitpid(child, 0)[1]")
    assert outputs[0]["data"]["text/plain"] == "0"


def test_grading_is_the_graders(host):
    (error,), _ = host.run("from autograder import grade\ngrade('two_layer.forward', len)")
    assert error["ename"] == "ValueError"
    assert "only the grader grades" in error["evalue"]
