"""Calls that go over in one message are as far apart as if each had gone alone."""

import numpy as np
import pytest

from autograder.verdict import host_calls
from autograder.verdict.sealed_answer import TOGETHER
from course.arguments import entries_of
from course.tasks import all_tasks

from .conftest import check_of, code, points, texts

FRESH = "from course import check, progress\nimport numpy as np"

BY_WHAT_IS_KEPT = """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()
def forward(x, W1, b1, W2, b2):
    global a1, p
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    p = softmax(z2)
    return z1, a1, z2, p
def backward(x, y, W1, b1, W2, b2):
    delta1 = (W2.T @ (p - y)) * a1 * (1 - a1)
    return np.outer(delta1, x), delta1, np.outer(p - y, a1), p - y
"""


@pytest.mark.parametrize("task", all_tasks().values(), ids=lambda task: task.id)
def test_a_vast_case_goes_alone(task):
    """A process that has a case has time to work at it: no more than the case's own."""
    for kind in dict.fromkeys((*task.grade_kinds, *task.check_kinds)):
        case = task.draw(np.random.default_rng(5), kind)
        if "vast" in case.traits:
            assert entries_of(case.arguments) > TOGETHER


@pytest.mark.slow
def test_what_forward_keeps_is_there_for_backward(run):
    came = run(
        code(f"{FRESH}\n{BY_WHAT_IS_KEPT}"),
        check_of("two_layer.backward", "backward", "forward", points=10),
    )
    assert points(came) == {"check_backward": 10}


def test_calls_of_the_grader_are_counted_for_each_call_of_the_students(run, monkeypatch):
    monkeypatch.setattr(host_calls, "MOST_HOST_CALLS", 100)
    answer = (
        "def output_delta(a3, t, z3, g_prime):\n"
        "    for _ in range({}):\n        g_prime(0.1)\n"
        "    return (a3 - t) * g_prime(z3)"
    )
    test = check_of("nodes.output_delta", points=2)
    assert points(run(code(f"{FRESH}\n{answer.format(90)}"), test)) == {"check_output_delta": 2}
    came = run(code(f"{FRESH}\n{answer.format(10_000)}"), test)
    assert points(came) == {"check_output_delta": 0} and "called the grader" in came.grades[0].cause


def test_of_a_grade_the_process_learns_the_points_alone(run):
    wrong = BY_WHAT_IS_KEPT.replace("W2.T @ (p - y)", "W2.T @ (p + y)")
    asks = "get_ipython().session.graded()"
    came = run(
        code(f"{FRESH}\n{wrong}"),
        check_of("two_layer.backward", "backward", "forward", points=10),
        code(f"print({asks})"),
        code("progress('two_layer')"),
        code("backward = print\nprint(progress('two_layer').scores[3] + 0)"),
        code("get_ipython().user_ns.pop('backward')\nprint(progress('two_layer').scores[3] + 0)"),
    )
    _, graded, asked, shown, redefined, gone = came.notebook.cells
    earned = points(came)["check_backward"]
    assert 0 < earned < 10
    # the test cell says what was seen on its cases; nobody else hears of it
    assert "expected" in texts(graded)
    assert "expected" not in texts(asked) and "'earned'" in texts(asked)
    assert f">{earned:g} / 10<" in texts(shown) and "as it was graded" in texts(shown)
    assert texts(redefined).strip() == str(earned) and texts(gone).strip() == "0.0"
