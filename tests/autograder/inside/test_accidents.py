"""What a cell breaks by accident costs that cell, and no other."""

import pytest

from course.tasks import find_task

ACCIDENTS = [
    "import sys\nsys.stdout = None",
    "import sys\nsys.stdout = sys.stderr = open('log.txt', 'w')",
    "import sys\nsys.stdout.close(); sys.stderr.close()",
    "import sys\ndel sys.stdout",
    "import builtins\nbuiltins.print = None",
    "import builtins\ndel builtins.len, builtins.isinstance, builtins.Exception, builtins.str",
    "import builtins\nbuiltins.__dict__.clear()",
    "import builtins\nfor name in list(vars(builtins)):\n    setattr(builtins, name, None)",
    "import json\njson.dumps = json.loads = None",
    "import json.encoder as e\ne.c_make_encoder = None; e.encode_basestring = None",
    "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
    "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGALRM})",
    "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)",
    "import signal\nsignal.signal = signal.setitimer = None",
    "import sys\nsys.settrace(lambda *_: None); sys.setprofile(lambda *_: 1 / 0)",
    "import sys\nsys.setrecursionlimit(60)",
    "import sys\nsys.excepthook = sys.displayhook = None",
    "import sys\nsys.path.clear()",
    "import warnings\nwarnings.simplefilter('error')",
    "import warnings\nwarnings.showwarning = None",
    "import logging\nlogging.disable(50); logging.root.handlers.clear()",
    "import numpy as np\nnp.seterr(all='raise'); np.set_printoptions(threshold=0)",
    "import os, tempfile\nos.chdir(tempfile.mkdtemp()); os.rmdir(os.getcwd())",
    "import os\nos.environ.clear()",
    "import gc\ngc.disable()",
    "import asyncio\nasyncio.get_event_loop().close()",
    "import asyncio\nasyncio.get_event_loop().stop()",
    "import asyncio\nasyncio.set_event_loop(None)",
    "import asyncio\nasyncio.get_running_loop().call_soon(lambda: 1 / 0)",
    "import threading\nthreading.Thread(target=lambda: 1 / 0).start()",
    "import atexit\natexit.register(lambda: 1 / 0)",
    "import matplotlib.pyplot as plt\nplt.close('all')",
    "import matplotlib\nmatplotlib.use('agg')",
    "get_ipython().display_formatter.formatters.clear()",
    "%reset -f",
    "In = Out = _ = __ = None",
    "del In, Out",
    "print = len = str = display = get_ipython = None",
    "raise BaseException('odd')",
    "raise GeneratorExit",
    "class E(Exception):\n    def __str__(self):\n        raise KeyboardInterrupt\nraise E",
    "class E(BaseException):\n    def __repr__(self):\n        return 3\n"
    "    __str__ = __repr__\nraise E",
    "class M(type):\n    __name__ = property(lambda self: 1 / 0)\n"
    "class E(Exception, metaclass=M):\n    pass\nraise E",
    "class E(Exception):\n    def _render_traceback_(self):\n        return [3, None]\nraise E",
    "class E(Exception):\n    def _render_traceback_(self):\n        return None\nraise E",
    "import sys\nfor name in ('numpy', 'IPython', 'traceback'):\n    sys.modules.pop(name)",
    "import linecache\nlinecache.getlines = None; linecache.cache.clear()",
    "import traceback\ntraceback.print_exc = traceback.format_exception = None",
    "import time\ntime.monotonic = None",
    "import io\nio.StringIO = None",
    "import contextlib\ncontextlib.contextmanager = None",
    "import re\nre.compile = re.sub = None",
]


@pytest.mark.slow
@pytest.mark.parametrize("accident", ACCIDENTS)
def test_the_next_cells_go_on(host, accident):
    host.run("def double(x):\n    return 2 * x\n\n\nimport numpy as numbers")
    host.run(accident, seconds=20)
    outputs, done = host.run("import builtins\nbuiltins.print('printed', builtins.len('abc'))")
    # what a thread had to say may come as late as here, or later
    printed = [one["text"] for one in outputs if one.get("name") == "stdout"]
    assert printed == ["printed 3\n"], outputs
    assert done["ok"]
    outputs, done = host.run("1 / 0")
    (error,) = (one for one in outputs if one["output_type"] == "error")
    assert error["ename"] == "ZeroDivisionError"
    asked = find_task("start.affine").asked.as_data()
    op = {"op": "calls", "slot": 0, "hold": ["12"], "asked": asked, "names": ["w"], "seconds": 1.0}
    (called,) = host.ask(op | {"asks": [{"arguments": {}}]}, seconds=10)["are"]
    assert called["unfit"] == "`affine` should be a function; this is an int."
    outputs, done = host.run("6 * 7")
    if "formatters" not in accident:
        assert outputs[0]["data"]["text/plain"] == "42"


def test_an_interrupt_works_after_a_cell_that_ignored_it(host):
    import threading

    host.run("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)")
    threading.Timer(0.3, host.interrupt).start()
    outputs, done = host.run("while True:\n    pass", seconds=20)
    assert outputs[-1]["ename"] == "KeyboardInterrupt"


def test_what_a_notebook_sets_lasts(host):
    host.run("import sys, warnings, builtins, numpy as np\nsys.setrecursionlimit(5000)")
    host.run("np.set_printoptions(precision=2); np.seterr(divide='ignore')")
    host.run("warnings.simplefilter('ignore'); builtins.added = 5")
    outputs, _ = host.run(
        "sys.getrecursionlimit(), added, np.array([1 / 3]), np.geterr()['divide']"
    )
    assert outputs[0]["data"]["text/plain"] == "(5000, 5, array([0.33]), 'ignore')"
    assert host.run("warnings.warn('silent')")[0] == []
