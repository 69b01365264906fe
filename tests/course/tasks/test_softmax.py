"""Three oracles agree: the derivation, the complex step, and HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian

from autograder.grading import reference
from autograder.solutions import softmax as solution
from course import central_difference, check
from course.tasks import find_task
from course.tasks import softmax as unit

TASKS = {task.name: task for task in unit.TASKS}


def kinds(name):
    task = TASKS[name]
    return [k for k in dict.fromkeys((*task.check_kinds, *task.grade_kinds)) if k != "vast"]


def drawn(name, kind, seed=0):
    return TASKS[name].draw(np.random.default_rng(seed), kind)


EACH = [(name, kind) for name in TASKS for kind in kinds(name)]


def softmax(z):
    e = anp.exp(z - anp.max(z))
    return e / anp.sum(e)


def cost(z, label):
    shifted = z - anp.max(z)
    return anp.log(anp.sum(anp.exp(shifted))) - shifted[label]


def mean_cost(Z, labels):
    return sum(cost(z, label) for z, label in zip(Z, labels, strict=True)) / len(Z)


def by_autograd(name, arguments):
    """Return the parts of a task as an independent differentiator makes them."""
    floats = {k: np.asarray(v, float) if k in "zZp" else v for k, v in arguments.items()}
    if name == "softmax":
        return (np.apply_along_axis(softmax, -1, floats["z"]),)
    if name == "jacobian":
        # e^z may be p itself; autograd starts at t = 0
        p = floats["p"]
        return (jacobian(lambda t: p * anp.exp(t) / anp.sum(p * anp.exp(t)))(np.zeros(len(p))),)
    if name == "cross_entropy":
        return (cost(**floats),)
    if name == "logit_gradient":
        return (grad(cost)(floats["z"], floats["label"]),)
    return mean_cost(**floats), grad(mean_cost)(floats["Z"], floats["labels"])


@pytest.mark.parametrize(("name", "kind"), [pair for pair in EACH if "float32" not in pair[1]])
@pytest.mark.parametrize("seed", range(3))
def test_reference_complex_step_and_autograd_agree(name, kind, seed):
    arguments = drawn(name, kind, seed).arguments
    task = find_task(f"softmax.{name}")
    answers = reference(task)(**arguments), task.truth(**arguments), by_autograd(name, arguments)
    for derived, stepped, differentiated in zip(*answers, strict=True):
        np.testing.assert_allclose(derived, stepped, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(differentiated, stepped, rtol=1e-9, atol=1e-12)


def test_the_oracles_would_notice_a_factor_of_1_001():
    arguments = drawn("softmax_loss", "plain").arguments
    _, dZ = unit.softmax_loss(**arguments)
    other = solution.softmax_loss(**arguments)[1]
    other[0, 0] *= 1.001
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(other, dZ, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("name", "kind"), EACH)
def test_draws_have_the_shapes_that_the_parts_announce(name, kind):
    case = drawn(name, kind, 3)
    task = TASKS[name]
    assert case.says
    for part, value in zip(task.parts, task.truth(**case.arguments), strict=True):
        assert np.all(np.isfinite(value))
        if "..." not in part.axes:
            assert np.ndim(value) == len(part.axes)


def test_the_vast_case_has_twenty_thousand_logits():
    # a cost of 20,000 terms for each of as many entries takes minutes; one loop over rows does not
    Z = drawn("softmax_loss", "vast").arguments["Z"]
    assert Z.size == 20_000
    loss, dZ = solution.softmax_loss(**drawn("softmax_loss", "vast").arguments)
    assert np.isfinite(loss) and dZ.shape == Z.shape
    entries = [(0, 0), (50, 17), (199, 99)]
    labels = drawn("softmax_loss", "vast").arguments["labels"]

    def cost_with(values):
        moved = Z.copy()
        for entry, value in zip(entries, values, strict=True):
            moved[entry] = value
        return solution.softmax_loss(moved, labels)[0]

    measured = central_difference(cost_with, np.array([Z[entry] for entry in entries]), h=1e-3)
    np.testing.assert_allclose(measured, [dZ[entry] for entry in entries], rtol=1e-4, atol=1e-9)


def naive_p(z):
    with np.errstate(all="ignore"):
        return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("seed", range(5))
def test_hard_kinds_are_what_they_say(seed):
    # e^z overflows or vanishes altogether, though no p of the row is extreme
    for kind in ("high", "low"):
        case = drawn("cross_entropy", kind, seed)
        assert not np.all(np.isfinite(naive_p(case.arguments["z"])))
        assert unit.cross_entropy(**case.arguments) < 50
    # nothing overflows, and yet p of the right class is zero
    z, label = drawn("logit_gradient", "apart", seed).arguments.values()
    assert np.all(np.isfinite(naive_p(z)))
    assert naive_p(z)[label] == 0
    Z = drawn("softmax_loss", "rows differ", seed).arguments["Z"]
    with np.errstate(all="ignore"):
        one_shift = np.exp(Z - Z.max())
        assert np.sum(one_shift.sum(axis=1) == 0) == len(Z) - 1
    whole = drawn("softmax_loss", "integer", seed).arguments["Z"]
    assert whole.dtype.kind == "i"
    assert all(len(set(row)) == len(row) for row in whole)
    assert drawn("softmax_loss", "float32", seed).arguments["Z"].dtype == np.float32
    assert drawn("jacobian", "float32", seed).arguments["p"].dtype == np.float32
    square = drawn("softmax", "square, batch", seed).arguments["z"]
    assert square.shape[0] == square.shape[1]
    assert drawn("softmax", "one row, batch", seed).arguments["z"].shape[0] == 1
    certain = drawn("jacobian", "certain", seed).arguments["p"]
    assert sorted(certain)[-2:] == [0, 1]


def test_the_worked_example_is_the_notebooks():
    z, label = drawn("cross_entropy", "worked").arguments.values()
    assert z.tolist() == [2.0, 0.5, -1.0] and label == 1
    p = solution.softmax(z)
    np.testing.assert_allclose(p, [0.7856, 0.1753, 0.0391], atol=5e-5)
    np.testing.assert_allclose(solution.jacobian(p)[0], [0.1684, -0.1377, -0.0307], atol=5e-5)
    assert solution.cross_entropy(z, 1) == pytest.approx(1.7413, abs=5e-5)
    np.testing.assert_allclose(solution.logit_gradient(z, 1), [0.7856, -0.8247, 0.0391], atol=5e-5)


def test_a_softmax_that_overflows_costs_points_once():
    given = {name: getattr(solution, name) for name in TASKS}

    def careless(z):
        return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)

    def slope(z, label):
        return careless(z) - np.eye(len(z))[label]

    assert check("softmax.softmax", careless) == 0
    # not handed over, the overflow is this function's own
    assert check("softmax.logit_gradient", slope) == 0

    # in a notebook the one calls the other by its name
    namespace = {"np": np, "softmax": careless}
    exec("def f(z, label):\n    return softmax(z) - np.eye(len(z))[label]", namespace)
    assert check("softmax.logit_gradient", namespace["f"], careless) == 4
    assert check("softmax.logit_gradient", given["logit_gradient"], given["softmax"]) == 4


@pytest.mark.parametrize("epsilon", [1e-12, 1e-15])
def test_an_epsilon_inside_the_logarithm_does_not_mend_it(epsilon):
    def patched(z, label):
        return -np.log(solution.softmax(z)[label] + epsilon)

    score = check("softmax.cross_entropy", patched)
    assert score == 0
    assert score.misconceptions == {"log-of-zero"}


def test_points_are_those_of_the_syllabus():
    assert {task.id: task.points for task in unit.TASKS} == {
        "softmax.softmax": 4,
        "softmax.jacobian": 4,
        "softmax.cross_entropy": 4,
        "softmax.logit_gradient": 4,
        "softmax.softmax_loss": 4,
    }


@pytest.mark.parametrize("careless", ["no-max-shift", "global-max-shift", "log-of-zero"])
def test_a_mistake_of_floating_point_is_named_beside_another(careless):
    def loss_and_slope(Z, labels):
        rows = np.arange(len(Z))
        top = {"no-max-shift": 0.0, "global-max-shift": Z.max()}
        shifted = Z - top.get(careless, Z.max(axis=1, keepdims=True))
        p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
        if careless == "log-of-zero":
            loss = np.mean(np.log(p[rows, labels]))
        else:
            loss = np.mean(shifted[rows, labels] - np.log(np.exp(shifted).sum(axis=1)))
        p[rows, labels] -= 1
        return loss, p / len(Z)

    # the loss has the wrong sign as well
    score = check("softmax.softmax_loss", loss_and_slope)
    assert set(score.findings[0].misconceptions) == {"wrong-sign", careless}


def test_a_sum_that_does_not_keep_its_column_is_named():
    def spread(z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1)

    # it raises on some batches and runs through on square ones
    assert spread(np.zeros((4, 4))).shape == (4, 4)
    with pytest.raises(ValueError, match="broadcast"):
        spread(np.zeros((5, 3)))
    assert check("softmax.softmax", spread).misconceptions == {"column-broadcast"}
