"""Three oracles for every gradient: the derivation, the complex step, and HIPS autograd."""

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import elementwise_grad, grad

from autograder import grade
from autograder.grading import reference
from autograder.solutions import activations as solution
from course import check
from course.tasks import activations, find_task
from course.tasks.activations import starting
from course.tasks.activations.cases import ACTIVATIONS, SIZES
from course.tasks.activations.truth import deltas

KINDS = [kind for kind in SIZES if kind != "vast"]
EXACT = [kind for kind in KINDS if kind != "float32"]
PLAIN = {
    "tanh": anp.tanh,
    "relu": lambda z: anp.where(z > 0, z, 0.0),
    "leaky relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "sine": anp.sin,
}


def drawn(name, kind, seed=0):
    task = find_task(f"activations.{name}")
    return task.draw(np.random.default_rng(seed), kind).arguments


def cost(parameters, X, Y, g):
    weights, biases = parameters
    Z = X
    for k in range(len(weights)):
        Z = anp.dot(g(Z) if k else Z, weights[k]) + biases[k]
    top = anp.max(Z, axis=1)
    return anp.mean(anp.log(anp.sum(anp.exp(Z.T - top), axis=0)) + top - anp.sum(Y * Z, axis=1))


@pytest.mark.parametrize("kind", EXACT)
@pytest.mark.parametrize("seed", range(3))
def test_reference_complex_step_and_autograd_agree(kind, seed):
    task = find_task("activations.backward_batch")
    arguments = drawn("backward_batch", kind, seed)
    floats = [[np.array(v, float) for v in arguments[name]] for name in ("weights", "biases")]
    by_hand, by_complex_step = reference(task)(**arguments), task.truth(**arguments)
    g = PLAIN[SIZES[kind][2]]
    by_autograd = grad(cost)(floats, np.array(arguments["X"], float), arguments["Y"], g)
    for one, true, other in zip(by_hand, by_complex_step, by_autograd, strict=True):
        for derived, stepped, differentiated in zip(one, true, other, strict=True):
            scale = np.abs(stepped).max()
            np.testing.assert_allclose(derived, stepped, rtol=1e-9, atol=1e-10 * scale)
            np.testing.assert_allclose(differentiated, stepped, rtol=1e-9, atol=1e-10 * scale)


def test_the_oracles_would_notice_a_factor_of_1_001():
    arguments = drawn("backward_batch", "tanh")
    true = activations.gradients(**arguments)
    other = solution.backward_batch(**arguments)
    other[0][1][0, 0] *= 1.001
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(other[0][1], true[0][1], rtol=1e-10)


@pytest.mark.parametrize("kind", EXACT)
def test_delta_sizes_belong_to_the_deltas_whose_sums_are_the_gradients(kind):
    arguments = drawn("delta_sizes", kind, 2)
    true = deltas(*(arguments[name] for name in ("X", "Y", "weights", "biases", "g")))
    _, dbs = activations.gradients(**arguments)
    for delta, db in zip(true, dbs, strict=True):
        scale = max(1e-3, np.abs(db).max())
        np.testing.assert_allclose(delta.mean(axis=0), db, rtol=1e-9, atol=1e-10 * scale)
    sizes = [np.sqrt((delta**2).sum() / delta.size) for delta in true]
    np.testing.assert_allclose(solution.delta_sizes(**arguments), sizes, rtol=1e-9)
    np.testing.assert_allclose(activations.delta_sizes(**arguments)[0], sizes, rtol=1e-12)


def test_sizes_of_the_mean_cost_are_right_as_well_and_of_nothing_else():
    def of_the_mean(X, *others):
        return solution.delta_sizes(X, *others) / len(X)

    def twice_averaged(X, *others):
        return solution.delta_sizes(X, *others) / len(X) ** 2

    for judge in (check, grade):
        assert judge("activations.delta_sizes", of_the_mean) == 4
        assert judge("activations.delta_sizes", twice_averaged) == 0


@pytest.mark.parametrize("name", ["tanh", "relu", "leaky relu"])
def test_slopes_by_the_reference_and_by_autograd(name):
    z = np.random.default_rng(0).normal(size=(5, 7))
    function = name.replace(" ", "_")
    by_hand = getattr(solution, f"{function}_prime")(z)
    np.testing.assert_allclose(by_hand, elementwise_grad(PLAIN[name])(z), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("at_kink", [0.0, 0.01, 0.5, 1.0])
def test_any_subgradient_in_0_1_is_right_at_the_kink(at_kink):
    def relu_prime(z):
        return np.where(z == 0, at_kink, solution.relu_prime(z))

    def leaky_relu_prime(z, slope=0.01):
        return np.where(z == 0, at_kink, solution.leaky_relu_prime(z, slope))

    for judge in (check, grade):
        assert judge("activations.relu_prime", relu_prime) == 1
        assert judge("activations.leaky_relu_prime", leaky_relu_prime) == 1


@pytest.mark.parametrize("at_kink", [-0.1, 1.1, np.nan, np.inf])
def test_no_other_value_is(at_kink):
    def relu_prime(z):
        return np.where(z == 0, at_kink, solution.relu_prime(z))

    for judge in (check, grade):
        score = judge("activations.relu_prime", relu_prime)
        assert score == 0
        assert not score.misconceptions
        assert "zeros among the entries" in score.findings[0].message


def test_hard_kinds_are_what_they_say():
    assert all(w.dtype == np.float32 for w in drawn("backward_batch", "float32")["weights"])
    assert all(w.dtype.kind == "i" for w in drawn("backward_batch", "integer")["weights"])
    assert len(drawn("backward_batch", "one example")["X"]) == 1
    assert drawn("backward_batch", "one unit")["weights"][1].shape[1] == 1
    assert len(drawn("backward_batch", "one layer")["weights"]) == 1
    vast = drawn("backward_batch", "vast")
    assert sum(w.size for w in vast["weights"]) > 1e5
    apart = drawn("backward_batch", "rows differ")
    logits = solution.forward(*(apart[name] for name in ("X", "weights", "biases", "g")))[0][-1]
    assert logits[0].min() > 500
    assert logits[1].max() < -500
    for name in ("relu", "leaky_relu_prime"):
        assert np.count_nonzero(drawn(name, "kink")["z"] == 0) == 3
        for kind in ("row", "table", "cube", "large", "float32", "integer"):
            z = drawn(name, kind)["z"]
            assert np.any(z > 0)
            assert np.any(z < 0)
            assert not np.any(z == 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_slope_that_is_handed_over_is_that_of_g(kind):
    arguments = drawn("backward_batch", kind)
    assert ACTIVATIONS[SIZES[kind][2]] is arguments["g"]
    z = np.random.default_rng(1).normal(size=(4, 3))
    true = elementwise_grad(PLAIN[SIZES[kind][2]])(z)
    np.testing.assert_allclose(arguments["g_prime"](z), true, rtol=1e-12, atol=1e-15)


def started(change):
    """Return the reference's initialise with its weights passed through `change`."""

    def initialise(sizes, rng, scheme):
        weights, biases = solution.initialise(sizes, rng, scheme)
        return change(weights, sizes, scheme), biases

    return initialise


@pytest.mark.parametrize(
    ("change", "said", "mistake"),
    [
        (lambda w, *_: [0 * v for v in w], "All entries of weights[0] are 0", "symmetric"),
        (lambda w, *_: [v[:, :1] + 0 * v for v in w], "units with the same", "symmetric"),
        (lambda w, *_: [v * np.std(v) for v in w], "has the variance", "unscaled"),
        (lambda w, *_: [v / np.sqrt(2) for v in w], "has the variance", "unscaled"),
        (lambda w, *_: [1.05 * v for v in w], "has the variance", None),
        (lambda w, *_: [v + 0.2 * v.std() for v in w], "The mean of weights[0]", None),
        (lambda w, *_: [v.T for v in w], "weights[0] has the shape (150, 200)", None),
        (lambda w, *_: [v * np.nan for v in w], "is nan", None),
        (lambda w, *_: w[:-1], "came; expected 2", None),
    ],
)
def test_weights_of_another_kind_are_said(change, said, mistake):
    for judge in (check, grade):
        score = judge("activations.initialise", started(change))
        assert score == 1
        expected = {f"{mistake}-initialisation"} if mistake else set()
        assert score.misconceptions == expected, str(score)
    assert said in check("activations.initialise", started(change)).findings[0].message


def test_weights_must_come_from_the_rng():
    def own_generator(sizes, rng, scheme):
        return solution.initialise(sizes, np.random.default_rng(0), scheme)

    def another_each_time(sizes, rng, scheme):
        return solution.initialise(sizes, np.random.default_rng(), scheme)

    def seeded_in_the_loop(sizes, rng, scheme):
        weights, biases = [], []
        for pair in pairwise(sizes):
            seed = np.random.default_rng(5)
            w, b = solution.initialise(pair, seed, scheme)
            weights, biases = weights + w, biases + b
        return weights, biases

    for wrong, said in (
        (own_generator, "Two different rngs gave the same weights"),
        (another_each_time, "Two calls with the rng in the same state"),
        (seeded_in_the_loop, "Two different rngs"),
    ):
        score = check("activations.initialise", wrong)
        assert score == 1
        assert said in score.findings[0].message
        assert grade("activations.initialise", wrong) == 1
    square = np.random.default_rng(0)
    alike = [np.ones((3, 3)) * square.normal(size=(3, 3))] * 2
    assert "the same numbers" in starting._alike(alike)


def test_chance_alone_is_no_mistake():
    scores = [grade("activations.initialise", solution.initialise, seed=str(n)) for n in range(20)]
    assert set(scores) == {3}


def test_points_are_those_of_the_syllabus():
    points = {task.id: task.points for task in activations.TASKS}
    assert points == {
        "activations.tanh_prime": 1,
        "activations.relu": 1,
        "activations.relu_prime": 1,
        "activations.leaky_relu": 1,
        "activations.leaky_relu_prime": 1,
        "activations.backward_batch": 8,
        "activations.delta_sizes": 4,
        "activations.initialise": 3,
    }


def test_numbers_where_zeros_belong_are_said_to_be_off_without_a_ratio():
    def initialise(sizes, rng, scheme):
        weights, biases = solution.initialise(sizes, rng, scheme)
        return weights, [b + 0.1 for b in biases]

    _, biases = check("activations.initialise", initialise).findings
    assert "All should be 0; the error is largest at biases[0][0]: got 0.1" in biases.message
    (relu,) = check("activations.relu", np.abs).findings
    assert "expected 0 " in relu.message
