"""An attacker who would use up the machine, or never end: one cell's failure stays one cell's."""

import pytest

from .small import FULL, HALF, WRONG

QUICK = {
    "exit": "import os\nos._exit(0)",
    "exit by a signal": "import os, signal\nsignal.raise_signal(signal.SIGABRT)",
    "segmentation fault": "import ctypes\nctypes.string_at(0)",
    "fork bomb": "import os\nwhile True:\n    os.fork()",
    "processor limit": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))",
    "descriptors": "kept = [open('/dev/null') for _ in range(10**6)]",
    "rich outputs": "from IPython.display import display, HTML\n"
    "for _ in range(5000): display(HTML('<b>x</b>'))",
    "a huge number": "print(10 ** 20000)",
    "an exception that cannot be told": "class E(Exception):\n"
    "    def __str__(self): raise SystemExit\n    __repr__ = __str__\nraise E",
    "an exception with no end of causes": "e = None\n"
    "for _ in range(5000):\n    n = ValueError('x' * 1000); n.__cause__ = e; e = n\nraise e",
    "a syntax error of a megabyte": "exec('(' * 100_000)",
    "names of the interpreter deleted": "import builtins\n"
    "for name in list(vars(builtins)):\n    delattr(builtins, name)",
    "exit hooks": "import atexit, sys\natexit.register(lambda: 1 / 0)\nraise SystemExit(3)",
}

SLOW = {
    "endless loop": "while True: pass",
    "endless loop that ignores the signal": "import signal\n"
    "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "endless loop that catches all": "while True:\n    try:\n        while True: pass\n"
    "    except BaseException: pass",
    "blocked in C": "import ctypes\nlibc = ctypes.PyDLL(None)\nwhile True: libc.sleep(1000)",
    "a lock that is never opened": "import threading\nlock = threading.Lock()\n"
    "lock.acquire()\nlock.acquire()",
    "memory": "kept = []\nwhile True: kept.append(bytearray(50_000_000))",
    "threads": "import threading\nwhile True:\n"
    "    threading.Thread(target=threading.Event().wait, daemon=True).start()",
    "flood of text": "while True: print('x' * 1000)",
    "flood of errors": "import sys\nwhile True:\n    sys.stderr.write('x')\n"
    "    sys.stdout.write('y')",
    "recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1) + 1\nf(0)",
    "a value of 300 MB": "'a' * 300_000_000",
    "a repr without an end": "class R:\n    def __repr__(self):\n        while True: pass\nR()",
    "awaiting nothing": "import asyncio\nawait asyncio.Future()",
}


@pytest.mark.parametrize("cell", QUICK.values(), ids=list(QUICK))
def test_what_ends_a_cell_ends_no_other(attack, cell):
    assert attack(before=[cell]).points == FULL


@pytest.mark.slow
@pytest.mark.parametrize("cell", SLOW.values(), ids=list(SLOW))
def test_what_does_not_end_is_ended(attack, cell):
    came = attack(before=[cell], affine=WRONG)
    assert came.points == HALF
    assert len(came.text) < 1_500_000


ANSWERS = {
    "exits": "import os\n    os._exit(0)",
    "crashes": "import ctypes\n    ctypes.string_at(0)",
    "hangs": "while True: pass",
    "returns 400 MB": "return np.zeros(50_000_000)",
    "returns a million arrays": "return [np.zeros(1)] * 10**6",
    "returns what has no end": "import itertools\n    return itertools.count()",
    "returns itself": "a = []\n    a.append(a)\n    return a",
    "raises past Exception": "raise KeyboardInterrupt",
    "closes the files": "import os\n    os.closerange(0, 100)\n    return w @ x + b",
}


@pytest.mark.slow
@pytest.mark.parametrize("body", ANSWERS.values(), ids=list(ANSWERS))
def test_an_answer_that_ends_its_process_earns_nothing_and_costs_no_other(attack, body):
    came = attack(affine=f"import numpy as np\ndef affine(w, x, b):\n    {body}")
    assert came.points == HALF


def test_a_notebook_of_deaths_ends(attack):
    came = attack(before=["import os\nos._exit(1)"] * 15)
    assert came.points == FULL
    assert came.trouble.count("came to an end") == 15
