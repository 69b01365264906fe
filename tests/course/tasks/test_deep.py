"""Three oracles for every gradient: the derivation, the complex step, and HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.grading import reference
from autograder.solutions import deep as solution
from course import check
from course.tasks import deep, find_task

NAMES = ("deep.deltas", "deep.backward", "deep.backward_softmax", "deep.backward_batch")


def kinds(task):
    return sorted({*task.check_kinds, *task.grade_kinds} - {"float32", "vast"})


WITH_KINDS = [(name, kind) for name in NAMES for kind in kinds(find_task(name))]


def drawn(task, kind, seed):
    return task.draw(np.random.default_rng(seed), kind).arguments


def floats(values):
    return [np.asarray(value, dtype=float) for value in values]


def last_z(rows, weights, biases):
    A = rows
    for w, b in zip(weights, biases, strict=True):
        Z = anp.dot(A, w) + b
        A = anp.tanh(Z / 2) / 2 + 0.5
    return Z


def cross_entropy(rows, targets, weights, biases):
    Z = last_z(rows, weights, biases)
    Z = Z - anp.max(Z, axis=1, keepdims=True)
    log_p = Z - anp.log(anp.sum(anp.exp(Z), axis=1, keepdims=True))
    return -anp.sum(targets * log_p) / len(targets)


def quadratic(rows, targets, weights, biases):
    a = anp.tanh(last_z(rows, weights, biases) / 2) / 2 + 0.5
    return anp.sum((a - targets) ** 2) / 2


def by_autograd(task, arguments):
    """Return (dWs, dbs) of a case as HIPS autograd has them."""
    arguments = dict(arguments)
    weights, biases = floats(arguments.pop("weights")), floats(arguments.pop("biases"))
    rows, targets = (np.atleast_2d(v) for v in floats(arguments.values()))
    in_rows = task.name == "backward_batch"
    cost = quadratic if task.name == "backward" else cross_entropy
    weights = weights if in_rows else [W.T for W in weights]
    dws, dbs = grad(lambda both: cost(rows, targets, *both))([weights, biases])
    return (dws if in_rows else [dw.T for dw in dws]), dbs


def agree(task, one, other):
    for part, a, b in zip(task.parts, one, other, strict=True):
        a, b = part.value(a), part.value(b)
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-10 * np.abs(b).max(initial=1))


@pytest.mark.parametrize(("name", "kind"), WITH_KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_reference_complex_step_and_autograd_agree(name, kind, seed):
    task = find_task(name)
    arguments = drawn(task, kind, seed)
    true = task.truth(**arguments)
    # far below zero 1 / (1 + e^(−z)) is zero by way of an overflow
    with np.errstate(over="ignore"):
        agree(task, reference(task)(**arguments), true)
    if name != "deep.deltas":
        agree(task, by_autograd(task, arguments), true)


def test_the_deltas_are_the_gradients_of_the_biases():
    for seed in range(5):
        case = drawn(find_task("deep.backward"), "uneven", seed)
        x, t, weights, biases = case.values()
        last, below = deep.deltas(t, weights, *solution.forward(x, weights, biases))
        _, dbs = by_autograd(find_task("deep.backward"), case)
        for delta, db in zip([*below, last], dbs, strict=True):
            np.testing.assert_allclose(delta, db, rtol=1e-9, atol=1e-12)


def test_the_oracles_would_notice_a_factor_of_1_001():
    task = find_task("deep.backward_batch")
    arguments = drawn(task, "uneven", 0)
    dws, dbs = by_autograd(task, arguments)
    dws[0][0, 0] *= 1.001
    with pytest.raises(AssertionError):
        agree(task, (dws, dbs), task.truth(**arguments))


@pytest.mark.parametrize("kind", kinds(find_task("deep.backward_batch")))
def test_quantities_are_the_truth_untampered(kind):
    for task in deep.TASKS:
        if kind in kinds(task):
            arguments = drawn(task, kind, 4)
            agree(task, task.read(task.quantities(**arguments), arguments), task.truth(**arguments))


def widths(kind, name="deep.backward"):
    case = drawn(find_task(name), kind, 0)
    return [len(W) for W in case["weights"]] + [len(case["biases"][-1])]


def test_hard_kinds_are_what_they_say():
    backward, batch = find_task("deep.backward"), find_task("deep.backward_batch")
    uneven = drawn(backward, "uneven", 0)["weights"]
    assert len({uneven[0].shape[1], *map(len, uneven)}) == len(uneven) + 1
    assert len({W.shape for W in drawn(backward, "square", 0)["weights"]}) == 1
    # the rows of a square batch are as many as the units, so that no axis can be told by length
    assert drawn(batch, "square", 0)["X"].shape == (3, 3)
    assert [len(drawn(backward, kind, 0)["weights"]) for kind in ("one layer", "five layers")] == [
        1, 5,
    ]  # fmt: skip
    for value in drawn(backward, "float32", 0)["weights"]:
        assert value.dtype == np.float32
    integers = drawn(batch, "integer", 0)
    assert all(v.dtype.kind == "i" for v in [integers["X"], integers["Y"], *integers["weights"]])
    assert len(drawn(batch, "batch of one", 0)["X"]) == 1
    vast = drawn(backward, "vast", 0)
    assert sum(v.size for v in [*vast["weights"], *vast["biases"]]) > 1e5


def test_rows_apart_break_one_shift_for_all():
    for seed in range(5):
        X, _, weights, biases = drawn(find_task("deep.backward_batch"), "rows apart", seed).values()
        Z = last_z(X, weights, biases)
        largest = Z.max(axis=1)
        assert np.ptp(largest) > 1000
        assert largest.max() > 710


def test_points_are_those_of_the_syllabus():
    assert {task.id: task.points for task in deep.TASKS} == {
        "deep.forward": 4,
        "deep.deltas": 6,
        "deep.backward": 8,
        "deep.backward_softmax": 6,
        "deep.backward_batch": 8,
    }


def test_a_check_tries_other_depths_than_the_notebook():
    def forward(x, weights, biases):
        return solution.forward(x, weights[:3], biases[:3])

    assert float(check("deep.forward", forward)) == 0


def test_deltas_that_are_not_returned_are_asked_for():
    for finding in check("deep.deltas", lambda t, weights, zs, activations: None).findings:
        assert "Is the return missing?" in finding.message
