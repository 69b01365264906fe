"""Three oracles for every derivative: the derivation, the complex step, and HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.grading import reference
from course.tasks import find_task, nodes
from course.tasks.nodes.cases import ACTIVATIONS, derivative_of

AUTOGRAD = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "square root": lambda z: z / anp.sqrt(1 + z**2),
}


def cost(weights, x, t, g):
    w1, w2 = weights
    return (g(anp.dot(g(anp.dot(x, w1)), w2)) - t) ** 2 / 2


@pytest.mark.parametrize("kind", AUTOGRAD)
@pytest.mark.parametrize("seed", range(5))
def test_reference_complex_step_and_autograd_agree(kind, seed):
    task = find_task("nodes.gradients")
    arguments = task.draw(np.random.default_rng(seed), kind).arguments
    by_hand = reference(task)(**arguments)
    by_complex_step = task.truth(**arguments)
    weights = [arguments["w1"], arguments["w2"]]
    by_autograd = grad(cost)(weights, arguments["x"], arguments["t"], AUTOGRAD[kind])
    for derived, stepped, differentiated in zip(by_hand, by_complex_step, by_autograd, strict=True):
        np.testing.assert_allclose(derived, stepped, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(differentiated, stepped, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("name", ["output_delta", "hidden_deltas", "forward", "update"])
@pytest.mark.parametrize("kind", nodes.SCALAR_GRADE)
def test_the_reference_agrees_with_the_truth(name, kind):
    task = find_task(f"nodes.{name}")
    arguments = task.draw(np.random.default_rng(5), kind).arguments
    for derived, true in zip(reference(task)(**arguments), task.truth(**arguments), strict=True):
        np.testing.assert_allclose(derived, true, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_the_deltas_are_the_derivatives_of_the_cost_by_z(kind):
    g, _ = ACTIVATIONS[kind]
    arguments = find_task("nodes.gradients").draw(np.random.default_rng(2), kind).arguments
    x, t, w1, w2 = (arguments[name] for name in ("x", "t", "w1", "w2"))
    z2, a2, z3, a3 = nodes.forward(x, w1, w2, g)
    (delta3,) = nodes.output_delta(a3, t, z3, derivative_of(g))
    (delta2,) = nodes.hidden_deltas(delta3, w2, z2, derivative_of(g))
    by_z = grad(lambda z: (AUTOGRAD[kind](anp.dot(AUTOGRAD[kind](z), w2)) - t) ** 2 / 2)
    np.testing.assert_allclose(delta2, by_z(z2), rtol=1e-10)


@pytest.mark.parametrize("kind", [*ACTIVATIONS])
def test_the_slopes_are_those_of_autograd(kind):
    z = np.linspace(-3, 3, 7)
    by_autograd = [grad(AUTOGRAD[kind])(v) for v in z]
    np.testing.assert_allclose(derivative_of(ACTIVATIONS[kind][0])(z), by_autograd, rtol=1e-12)


def test_hard_kinds_are_what_they_say():
    task = find_task("nodes.gradients")
    drawn = {kind: task.draw(np.random.default_rng(0), kind) for kind in nodes.GRADE}
    assert drawn["integer"].arguments["w1"].dtype.kind == "i"
    assert drawn["float32"].arguments["w2"].dtype == np.float32
    assert drawn["large"].arguments["g"] is np.tanh
    for case in drawn.values():
        shapes = [np.shape(case.arguments[name]) for name in ("x", "t", "w1", "w2")]
        assert shapes == [(2,), (), (2, 3), (3,)]
        for part, value in zip(task.parts, task.truth(**case.arguments), strict=True):
            assert np.ndim(value) == len(part.axes)
            assert np.all(np.isfinite(value))


def test_points_are_those_of_the_syllabus():
    assert {task.id: task.points for task in nodes.TASKS} == {
        "nodes.forward": 2,
        "nodes.output_delta": 2,
        "nodes.hidden_deltas": 2,
        "nodes.gradients": 4,
        "nodes.update": 4,
    }
