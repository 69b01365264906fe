"""Three oracles for every gradient: the derivation, the complex step, and HIPS autograd."""

from functools import partial

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.grading import grade, reference
from autograder.solutions import two_layer as solution
from course import central_difference
from course.tasks import find_task, two_layer
from course.tasks.two_layer import PARAMETERS

KINDS = sorted(set(two_layer.GRADE + two_layer.CHECK))


def cost(parameters, x, y):
    W1, b1, W2, b2 = parameters
    a1 = 1 / (1 + anp.exp(-(anp.dot(W1, x) + b1)))
    z2 = anp.dot(W2, a1) + b2
    return -anp.dot(y, z2 - anp.log(anp.sum(anp.exp(z2 - anp.max(z2)))) - anp.max(z2))


def drawn(task, kind, seed):
    return task.draw(np.random.default_rng(seed), kind).arguments


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "float32"])
@pytest.mark.parametrize("seed", range(5))
def test_reference_complex_step_and_autograd_agree(kind, seed):
    task = find_task("two_layer.backward")
    arguments = drawn(task, kind, seed)
    by_hand = reference(task)(**arguments)
    by_complex_step = task.truth(**arguments)
    floats = {name: np.asarray(value, dtype=float) for name, value in arguments.items()}
    x, y = floats.pop("x"), floats.pop("y")
    by_autograd = grad(cost)([floats[name] for name in PARAMETERS], x, y)
    for derived, stepped, differentiated in zip(by_hand, by_complex_step, by_autograd, strict=True):
        scale = np.abs(stepped).max()
        np.testing.assert_allclose(derived, stepped, rtol=1e-10, atol=1e-10 * scale)
        np.testing.assert_allclose(differentiated, stepped, rtol=1e-10, atol=1e-10 * scale)


def test_the_oracles_would_notice_a_factor_of_1_001():
    arguments = drawn(find_task("two_layer.backward"), "plain", 0)
    true = two_layer.gradients(**arguments)
    floats = [arguments[name] for name in PARAMETERS]
    other = grad(cost)(floats, arguments["x"], arguments["y"])
    other[0][0, 0] *= 1.001
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(other[0], true[0], rtol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
def test_draws_have_the_shapes_that_the_parts_announce(kind):
    for task in two_layer.TASKS:
        case = task.draw(np.random.default_rng(3), kind)
        values = task.truth(**case.arguments)
        assert len(values) == len(task.parts)
        for part, value in zip(task.parts, values, strict=True):
            assert np.ndim(value) == len(part.axes)
            assert np.all(np.isfinite(value))


def test_hard_kinds_are_what_they_say():
    task = find_task("two_layer.backward")
    hidden = {drawn(task, kind, 0)["W1"].shape[0] for kind in task.grade_kinds if kind != "vast"}
    assert hidden == {1, 2, 3, 4, 5, 6}
    uneven = drawn(task, "uneven", 0)
    assert len({*uneven["W1"].shape, uneven["W2"].shape[0]}) == 3
    assert all(value.dtype == np.float32 for value in drawn(task, "float32", 0).values())
    assert all(value.dtype.kind == "i" for value in drawn(task, "integer", 0).values())
    plain, large = (np.abs(drawn(task, kind, 0)["W1"]).max() for kind in ("plain", "large"))
    assert large == 4 * plain
    peaks = [
        solution.forward(**drawn(find_task("two_layer.forward"), "dominated", s))[-1].max()
        for s in range(20)
    ]
    assert np.median(peaks) > 0.99


def test_the_stages_entered_by_hand_are_the_true_ones():
    for name, value in two_layer.stages().items():
        assert solution.stages[name] == pytest.approx(value, abs=0.5001e-4), name


def test_stages_by_the_reference_and_by_a_central_difference():
    example = two_layer.worked_example()
    x, y = example.pop("x"), example.pop("y")
    true = two_layer.stages()
    dW1, _, dW2, db2 = solution.backward(x, y, **example)
    assert true["dW1[2, 1]"] == pytest.approx(dW1[2, 1], rel=1e-12)
    assert true["dW2[1, 2]"] == pytest.approx(dW2[1, 2], rel=1e-12)
    assert true["delta2[1]"] == pytest.approx(db2[1], rel=1e-12)
    a1 = solution.forward(x, **example)[1]

    def cost_from_a1(a1):
        z2 = example["W2"] @ a1 + example["b2"]
        return -np.log(np.exp(z2[1]) / np.exp(z2).sum())

    assert true["da1[2]"] == pytest.approx(central_difference(cost_from_a1, a1)[2], rel=1e-8)
    new = solution.train_step(x, y, **example)
    assert true["new_loss"] == pytest.approx(
        solution.loss(solution.forward(x, *new)[-1], y), rel=1e-12
    )


def test_points_are_those_of_the_syllabus():
    points = {task.id: task.points for task in two_layer.TASKS}
    assert points == {
        "two_layer.stages": 6,
        "two_layer.forward": 4,
        "two_layer.loss": 2,
        "two_layer.backward": 10,
        "two_layer.train_step": 8,
    }


def test_what_is_off_on_integers_alone_speaks_for_no_second_mistake():
    """Integer arithmetic may be behind whatever comes there: nothing speaks for another."""

    def backward(x, y, W1, b1, W2, b2):
        if x.size > 100:
            raise MemoryError
        dW1, db1, dW2, db2 = solution.backward(x, y, W1, b1, W2, b2)
        return dW1, db1 + 1e-9 * (np.asarray(W1).dtype.kind == "i"), dW2, db2

    score = grade("two_layer.backward", backward, solution.forward)
    assert score.misconceptions == frozenset()
    assert "integer arrays" in str(score)


@pytest.mark.parametrize("seed", "abc")
@pytest.mark.parametrize("epsilon", [1e-8, 1e-10])
def test_what_comes_of_rounding_that_counted_as_right_counts_as_right(epsilon, seed):
    """A term against division by zero moves p less than counts, and p − y near 0 by all of it."""

    def forward(x, W1, b1, W2, b2):
        z1, a1, z2, p = solution.forward(x, W1, b1, W2, b2)
        return z1, a1, z2, p / (1 + epsilon / np.exp(z2 - z2.max()).sum())

    def backward(x, y, W1, b1, W2, b2, off=0.0):
        z1, a1, z2, p = forward(x, W1, b1, W2, b2)
        delta2 = p - y
        delta1 = (W2.T @ delta2) * a1 * (1 - a1) * (1 + off)
        return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2

    assert grade("two_layer.forward", forward, seed=seed) == 4
    assert grade("two_layer.backward", backward, forward, seed=seed) == 10
    # as much as the mildest known mistake, in one part
    slightly = partial(backward, off=8e-5)
    assert grade("two_layer.backward", slightly, forward, seed=seed) < 10
