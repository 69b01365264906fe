"""An answer that has the course differentiate for it: right on the host, worth nothing sealed."""

import pytest

from autograder.seal import Limits, Sandbox
from course import check

from .conftest import check_of, code, points, texts

BORROWED = """
def backward(x, y, W1, b1, W2, b2):
    from course.mistakes.network import network

    dW, db = network(x, y, [W1, W2], [b1, b2]).gradients()
    return dW[1], db[1], dW[2], db[2]
"""
TASK = "two_layer.backward"


def test_on_the_host_it_would_be_right():
    names = {}
    exec(BORROWED, names)
    score = check(TASK, names["backward"])
    assert score == score.possible == 10


@pytest.fixture(scope="module", params=[True, False], ids=["sealed", "unsealed"])
def sandbox(request):
    """A sandbox of its own: here the seal must hold."""
    with Sandbox(Limits(), sealed=request.param) as made:
        yield made


@pytest.mark.slow
def test_in_a_graded_notebook_it_earns_nothing(run):
    came = run(
        code("from course import check, progress\nimport numpy as np"),
        code(BORROWED),
        code(f"check('{TASK}', backward)"),
        check_of(TASK, points=10),
        code("progress('two_layer')"),
    )
    assert points(came) == {"check_backward": 0}
    assert "ModuleNotFoundError" in texts(came.notebook.cells[3])
    # the visible check and the progress say the same, and go on
    assert "ModuleNotFoundError" in texts(came.notebook.cells[2])
    assert "05_two_layer: 0 of 30 points" in texts(came.notebook.cells[4])
    assert came.trouble == ()
