"""Three oracles for every derivative, cases that are what they say, and hints that fit."""

import warnings

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder import grade
from autograder.grading import reference
from course import check
from course.differentiate import complex_step_gradient
from course.tasks import chain, find_task
from course.tasks.chain.cases import CURVES


def sigmoid(z):
    return 0.5 * (1 + anp.tanh(z / 2))


AUTOGRAD = {
    "sigmoid_prime": (lambda z: sigmoid(z), ("z",)),
    "composite_derivative": (lambda x: anp.exp(anp.sin(x**2)), ("x",)),
    "fork_derivative": (lambda x: x * sigmoid(x), ("x",)),
    "neuron_gradients": (
        lambda w, x, b, t: (sigmoid(w * x + b) - t) ** 2 / 2,
        ("w", "x", "b"),
    ),
}
KINDS = [(name, kind) for name in AUTOGRAD for kind in find_task(f"chain.{name}").grade_kinds]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_reference_complex_step_and_autograd_agree(name, kind):
    task, (f, names) = find_task(f"chain.{name}"), AUTOGRAD[name]
    arguments = task.draw(np.random.default_rng(3), kind).arguments
    by_hand = reference(task)(**arguments)
    by_complex_step = task.truth(**arguments)
    for index, name_of in enumerate(names):
        entries = np.ravel(arguments[name_of])
        # far out, autograd's derivative of tanh overflows on its way to the right answer
        with np.errstate(over="ignore"):
            by_autograd = [
                grad(lambda v, name_of=name_of: f(**{**arguments, name_of: v}))(float(entry))
                for entry in entries
            ]
        wanted = np.ravel(by_complex_step[index])
        # terms that cancel, and phases far out, cost digits in every one of the three
        tolerance = dict(rtol=2e-4, atol=2e-6) if kind == "float32" else dict(rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(np.ravel(by_hand[index]), wanted, **tolerance)
        np.testing.assert_allclose(by_autograd, wanted, **tolerance)


@pytest.mark.parametrize("task", chain.TASKS, ids=lambda task: task.name)
def test_the_reference_agrees_with_the_truth(task):
    for kind in task.grade_kinds:
        arguments = task.draw(np.random.default_rng(5), kind).arguments
        rtol = 2e-4 if kind == "float32" else 1e-9
        returned = reference(task)(**arguments)
        for derived, true in zip(returned, task.truth(**arguments), strict=True):
            assert np.shape(derived) == np.shape(true)
            np.testing.assert_allclose(derived, true, rtol=rtol, atol=1e-12)


@pytest.mark.parametrize("name", CURVES)
def test_the_difference_quotient_is_near_the_derivative(name):
    (near,) = chain.CENTRAL_DIFFERENCE_TASK.truth(f=CURVES[name], x=0.7)
    assert near == pytest.approx(complex_step_gradient(CURVES[name], 0.7), rel=1e-8)


def test_a_coarse_step_always_errs_to_the_same_side():
    # so that somebody who ignores h is not told of rounding
    for seed in range(20):
        for kind in ("coarse", "integer"):
            arguments = chain.CENTRAL_DIFFERENCE_TASK.draw(
                np.random.default_rng(seed), kind
            ).arguments
            (coarse,) = chain.CENTRAL_DIFFERENCE_TASK.truth(**arguments)
            assert coarse > complex_step_gradient(arguments["f"], arguments["x"]) + 1e-3


def test_a_reference_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in chain.Z_GRADE:
            arguments = chain.SIGMOID_TASK.draw(np.random.default_rng(0), kind).arguments
            reference(chain.SIGMOID_PRIME_TASK)(**arguments)


def test_hard_kinds_are_what_they_say():
    rng = np.random.default_rng(0)
    z = {kind: chain.SIGMOID_TASK.draw(rng, kind).arguments["z"] for kind in chain.Z_GRADE}
    assert {np.shape(value) for value in z.values()} == {(), (6,), (3, 4), (2, 3, 2), (7,), (5,)}
    assert isinstance(z["number"], float)
    assert z["integer"].dtype.kind == "i"
    assert z["float32"].dtype == np.float32
    assert np.abs(z["far"]).max() == 1000
    default = chain.CENTRAL_DIFFERENCE_TASK.draw(rng, "default")
    assert list(default.arguments) == ["f", "x"]
    too_large = chain.DESCEND_TASK.draw(rng, "too large").arguments
    path = chain.DESCEND_TASK.truth(**too_large)[0]
    assert np.all(np.diff(np.abs(path - 3)) > 0)
    assert chain.DESCEND_TASK.draw(rng, "no step").arguments["steps"] == 0
    cancelling = chain.NEURON_TASK.draw(rng, "cancelling").arguments
    z = cancelling["w"] * cancelling["x"] + cancelling["b"]
    assert abs(z) < 2 < 1e4 < abs(cancelling["b"])


def naive(z):
    with np.errstate(under="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z)))


def test_an_overflow_is_not_charged_twice():
    names = {"sigmoid": naive}
    exec("def sigmoid_prime(z):\n    a = sigmoid(z)\n    return a * (1 - a)", names)
    for judge in (check, grade):
        assert judge("chain.sigmoid", naive) == 1
        assert judge("chain.sigmoid_prime", names["sigmoid_prime"], naive) == 2
        assert judge("chain.sigmoid_prime", names["sigmoid_prime"]) == 1


def test_a_wrong_sigmoid_is_not_charged_twice():
    def steeper(z):
        return 0.5 * (1 + np.tanh(np.asarray(z)))

    def steeper_prime(z):
        a = steeper(z)
        return a * (1 - a)

    assert check("chain.sigmoid", steeper) == 0
    assert check("chain.sigmoid_prime", steeper_prime, steeper) == 2


def test_hints_speak_of_this_task():
    score = check("chain.central_difference", lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h)
    assert score.misconceptions == {"factor-of-two"}
    assert "How far apart are the two points?" in str(score)
    assert "what the difference is divided by" in score._repr_html_()
    assert "cost" not in str(score)
    for task in chain.TASKS:
        assert set(task.hints) <= set(task.mistakes)


def test_a_step_of_ones_own_is_told_apart_from_rounding():
    score = check("chain.central_difference", lambda f, x, h=0: (f(x + 1e-6) - f(x - 1e-6)) / 2e-6)
    assert score == 0
    assert "h = " in str(score)
    assert not score.misconceptions


def test_points_are_those_of_the_syllabus():
    assert {task.id: task.points for task in chain.TASKS} == dict.fromkeys(
        [
            "chain.sigmoid",
            "chain.sigmoid_prime",
            "chain.central_difference",
            "chain.composite_derivative",
            "chain.fork_derivative",
            "chain.neuron_gradients",
            "chain.descend",
        ],
        2,
    )
