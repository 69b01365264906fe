"""What stands in for the answer that a task leans on, where that gives nothing to go on with."""

import functools

import numpy as np
import pytest

from autograder.solutions import two_layer as solution
from course.tasks import find_task
from course.trying import LocalAnswer
from tests.course.speaking import BACKWARD, STEP, scored

LEANS = (
    "def train_step(x, y, W1, b1, W2, b2, rate=0.02):\n"
    "    dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)\n"
    "    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2\n"
)


def step_after(backward, step=LEANS):
    """Return what `train_step` earns after a backward(x, y, W1, b1, W2, b2) with this body."""
    names = {"np": np, "forward": solution.forward}
    exec(f"def backward(x, y, W1, b1, W2, b2):\n{backward}\n{step}", names)
    return scored(STEP, LocalAnswer(STEP.asked, [names["train_step"], names["backward"]]))


@pytest.mark.parametrize(("sign", "points"), [("-", 8), ("+", 0)])
@pytest.mark.parametrize("forward", ["0.0, 0.0, 0.0, 0.0", "(np.zeros(1),) * 4"])
def test_what_has_the_right_form_by_chance_alone_is_replaced_everywhere(forward, sign, points):
    """With one hidden unit, a single number has the form of an array of them."""
    backward = (
        f"    z1, a1, z2, p = {forward}\n    delta2 = y - p\n"
        "    delta1 = W2.T @ delta2 * a1 * (1 - a1)\n"
        "    return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2"
    )
    assert step_after(backward, LEANS.replace("- rate", f"{sign} rate")) == points


@pytest.mark.parametrize(
    ("error", "sign", "points"),
    # the last one undoes its own mistake: half of the new values are right
    [("p - y", "-", 8), ("y - p", "-", 8), ("p - y", "+", 0), ("y - p", "+", 4)],
)
def test_a_step_by_half_of_the_gradients_is_a_step(error, sign, points):
    backward = (
        f"    z1, a1, z2, p = forward(x, W1, b1, W2, b2)\n    delta2 = {error}\n"
        "    return np.zeros_like(W1), np.zeros_like(b1), np.outer(delta2, a1), delta2"
    )
    assert step_after(backward, LEANS.replace("- rate", f"{sign} rate")) == points


@pytest.mark.parametrize(
    "sigmoid", ["0", "0.0 * z", "np.zeros_like(z)", "np.ones_like(z)", "1 / (1 + np.exp(z))"]
)
@pytest.mark.parametrize("decorator", ["", "@np.vectorize"])
def test_the_slope_of_a_placeholder_is_judged_by_itself(sigmoid, decorator):
    names = {"np": np}
    exec(
        f"def sigmoid(z):\n    return {sigmoid}\n"
        f"{decorator}\ndef sigmoid_prime(z):\n    s = sigmoid(z)\n    return s * (1 - s)",
        names,
    )
    task = find_task("chain.sigmoid_prime")
    answer = LocalAnswer(task.asked, [names["sigmoid_prime"], names["sigmoid"]])
    assert scored(task, answer) == task.points


@pytest.mark.parametrize(
    "made",
    [
        "partial(given)",
        "np.vectorize(given, otypes=[float])",
        "partial(partial(wraps(given)(lambda z: given(z))))",
        "type('Called', (), {'__call__': lambda self, z: given(z)})()",
    ],
)
def test_a_stand_in_is_found_by_what_wraps_a_function(made):
    names = {"np": np, "partial": functools.partial, "wraps": functools.wraps}
    exec(
        "def sigmoid(z):\n    raise ValueError\n"
        "def given(z):\n    return sigmoid(z) * (1 - sigmoid(z))",
        names,
    )
    task = find_task("chain.sigmoid_prime")
    answer = LocalAnswer(task.asked, [eval(made, names), names["sigmoid"]])
    assert scored(task, answer) == task.points


@pytest.mark.parametrize("forward", ["raise ValueError", "return None", "return np.zeros(2)"])
def test_nothing_is_said_to_be_right_that_was_replaced(forward):
    names = {"np": np}
    exec(
        f"def forward(x, W1, b1, W2, b2):\n    {forward}\n"
        "def backward(x, y, W1, b1, W2, b2):\n    z1, a1, z2, p = forward(x, W1, b1, W2, b2)\n"
        "    delta2 = p + y\n    return W1, b1, np.outer(delta2, a1), delta2",
        names,
    )
    score = scored(BACKWARD, LocalAnswer(BACKWARD.asked, [names["backward"], names["forward"]]))
    assert score < BACKWARD.points
    assert not any("`forward`" in one.message for one in score.findings)
    names["forward"] = solution.forward
    score = scored(BACKWARD, LocalAnswer(BACKWARD.asked, [names["backward"], names["forward"]]))
    assert any("Your `forward` is right" in one.message for one in score.findings)
