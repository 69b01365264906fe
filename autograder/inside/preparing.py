"""Making the shell and all that is slow the first time, once, before any fork."""

import gc
import importlib
import os
import sys
import types
import warnings

from matplotlib import font_manager

from course import running

from . import served_score  # noqa: F401  (imported here, and not by every fork)
from .drawn import Drawn
from .highlighting import share_tokens
from .kept_names import KeptNames
from .outlines import Outlines
from .outputs import CellOutputs
from .reused_memory import reuse_memory
from .shell import Shell

_USED_BY_NOTEBOOKS = (
    "numpy.linalg",
    "numpy.random",
    "matplotlib.pyplot",
    "matplotlib.patches",
    "course.trying",
    "course.progress_table",
    "course.notations",
)
EXERCISE = (
    """\
%matplotlib inline
import matplotlib.figure, matplotlib.pyplot as plt, numpy as np, warnings
plt.figure(); plt.close()
figure = matplotlib.figure.Figure(figsize=(1, 1))  # pyplot's would be drawn twice
axes = figure.subplots()
axes.plot([1, 2], [1, 2], marker="o", label="$\\delta_2$")
axes.imshow(np.eye(2)); axes.set(title="a", xlabel="$x^2$", ylabel="y"); axes.legend()
figure
""",
    """\
from course import network_picture, lines_picture
network_picture([np.ones(2), np.ones(1)], [np.ones((1, 2))], names=[["a", "b"], ["c"]])
""",
    'lines_picture({"a": [1.0, 2.0], "b": [2.0, 0.1]}, title="a", xlabel="$x$", ylabel="y")',
    "import asyncio\nawait asyncio.sleep(0)",
    'from course.progress_table import Progress\nProgress("none", [])',
    'print(np.array([0.5]), np.eye(2)); warnings.warn("a warning", stacklevel=2)',
)
"""Cells with what notebooks do."""

FAILING = (
    "def f(x):\n    return np.ones(2) @ np.ones(3)\nf(np.zeros((2, 2)))",
    "1 +",
    "undefined",
)
"""Cells that end with an error, each with one of another kind, after those of EXERCISE."""


def prepare():
    """Make the Shell, and have it do once what notebooks do, so that no fork pays for it."""
    reuse_memory()
    shell = Shell.instance()
    course = importlib.import_module("course")
    for name in [*_USED_BY_NOTEBOOKS, *sorted(set(course._LATER.values()))]:
        importlib.import_module(name)
    # the steps that carry a call to the host are none of the student's
    running._OWN = (*running._OWN, os.path.dirname(os.path.abspath(__file__)))
    share_tokens()
    _exercise(shell)
    forget_fonts()
    # after the exercise, which sets up matplotlib as a notebook finds it
    shell.drawn = Drawn()
    shell.kept_names = KeptNames()


def forget_fonts():
    """Close the fonts that matplotlib has open; it does so in each fork, at the cost of memory."""
    forget = getattr(font_manager._get_font, "cache_clear", None)
    if forget:
        forget()


def keep(pictures):
    """Have pictures in every later fork that a fork drew and told: [key, html, alt] each."""
    Shell.instance().drawn.keep(pictures)


def _exercise(shell):
    """Run cells like those of notebooks, and leave nothing of them behind."""
    streams = sys.stdout, sys.stderr
    names = dict(shell.user_ns)
    sys.stdout, sys.stderr = shell.streams
    no_tasks = Outlines({"tasks": [], "units": {"none": ""}})
    shell.session = types.SimpleNamespace(outlines=lambda: no_tasks)
    try:
        with warnings.catch_warnings():
            for code in (*EXERCISE, *FAILING):
                shell.run(code, CellOutputs())
    finally:
        sys.stdout, sys.stderr = streams
        shell.session = None
        # it collects garbage, and there are a hundred thousand things that are none
        gc.freeze()
        shell.reset(new_session=True)
        gc.unfreeze()
        shell.user_ns.update((name, names[name]) for name in names if name.startswith("__"))
        shell.outputs = CellOutputs(0, 0)
        shell.end_loop()
