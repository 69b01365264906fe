"""An attacker who takes the processor from whoever is graded beside them."""

import time

import nbformat
import pytest
from nbformat.v4 import new_notebook

from autograder.mending import mend
from autograder.mending.pattern import pattern_of
from autograder.seal import Limits, Sandbox
from autograder.verdict import converse

from . import small

LIMITS = Limits(cell_seconds=20)
THREADS = """
import threading, time
import numpy as np
numbers = np.ones(200_000)
def burn():
    room = np.empty_like(numbers)
    while True:
        np.sin(numbers, out=room)
try:
    for _ in range(400):
        threading.Thread(target=burn, daemon=True).start()
except RuntimeError:
    pass
time.sleep(60)
"""
PLAIN_LOOPS = """
import numpy as np
def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)
def affine_backward(dout, cache):
    x, w, b = cache
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for i in range(x.shape[0]):
        for k in range(w.shape[1]):
            for j in range(x.shape[1]):
                dx[i, j] += dout[i, k] * w[j, k]
                dw[j, k] += x[i, j] * dout[i, k]
    return dx, dw, dout.sum(0)
"""
TEST = (
    "from autograder import grade\n\n"
    'grade("layers.affine_backward", affine_forward, affine_backward)'
)


def points(sandbox, *cells):
    notebook = new_notebook(cells=list(cells))
    pattern = pattern_of(new_notebook(cells=[cell for cell in cells if cell.metadata]))
    mended = mend(nbformat.writes(notebook).encode(), pattern)
    came = converse(mended.notebook, small.SECRET, sandbox, LIMITS)
    return [grade.points for grade in came.grades]


@pytest.mark.slow
def test_a_slow_answer_is_right_beside_threads_that_take_the_processor(planted):
    honest = [
        small.marked("affine_backward", PLAIN_LOOPS, False),
        small.marked("check_affine_backward", TEST, True, 6.0),
    ]
    with Sandbox(LIMITS) as one, Sandbox(LIMITS) as other, other.fork() as beside:
        beside.channel.send({"op": "run", "code": THREADS, "label": "0"})
        time.sleep(2)
        earned = points(one, *honest)
        assert beside.died is None
    assert earned == [6.0]
