"""Three oracles for every gradient: the derivation, the complex step, and HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder import grade
from autograder.grading import reference
from autograder.solutions import matrix as solution
from course import check, complex_step_gradient
from course.forward import sigmoid
from course.tasks import find_task, matrix
from course.tasks.matrix.cases import worked_example
from course.tasks.matrix.printed import answers
from course.tasks.matrix.truth import PARAMETERS, quadratic_cost

PRINTED = answers()
KINDS = sorted(set(matrix.GRADE + matrix.CHECK))
WITH_NUMBERS = [task for task in matrix.TASKS if task.id != "matrix.errata"]


def drawn(name, kind, seed=0):
    return find_task(f"matrix.{name}").draw(np.random.default_rng(seed), kind).arguments


def cost_in_columns(parameters, a0, t):
    W1, b1, W2, b2 = parameters
    a1 = 1 / (1 + anp.exp(-(anp.dot(W1, a0) + b1)))
    a2 = 1 / (1 + anp.exp(-(anp.dot(W2, a1) + b2)))
    return anp.sum((a2 - t) ** 2) / 2


def cost_in_rows(parameters, x, y):
    w1, b1, w2, b2 = parameters
    return cost_in_columns((w1.T, b1, w2.T, b2), x, y)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "float32"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "cost"), [("backward", cost_in_columns), ("backward_rows", cost_in_rows)]
)
def test_reference_complex_step_and_autograd_agree(name, cost, kind, seed):
    task = find_task(f"matrix.{name}")
    arguments = drawn(name, kind, seed)
    by_hand = reference(task)(**arguments)
    by_complex_step = task.truth(**arguments)
    example, target, *parameters = (np.asarray(v, dtype=float) for v in arguments.values())
    by_autograd = grad(cost)(parameters, example, target)
    for derived, stepped, differentiated in zip(by_hand, by_complex_step, by_autograd, strict=True):
        scale = np.abs(stepped).max()
        np.testing.assert_allclose(derived, stepped, rtol=1e-10, atol=1e-10 * scale)
        np.testing.assert_allclose(differentiated, stepped, rtol=1e-10, atol=1e-10 * scale)


def test_the_oracles_would_notice_a_factor_of_1_001():
    arguments = drawn("backward", "plain")
    true = matrix.gradients(**arguments)
    parameters = [arguments[name] for name in PARAMETERS]
    other = grad(cost_in_columns)(parameters, arguments["a0"], arguments["t"])
    other[0][0, 0] *= 1.001
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(other[0], true[0], rtol=1e-10)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "float32"])
@pytest.mark.parametrize("task", WITH_NUMBERS, ids=lambda task: task.name)
def test_the_reference_gives_the_true_values(task, kind):
    arguments = drawn(task.name, kind, seed=3)
    values, wanted = reference(task)(**arguments), task.truth(**arguments)
    for part, value, true in zip(task.parts, values, wanted, strict=True):
        assert np.ndim(true) == len(part.axes)
        assert np.all(np.isfinite(true))
        np.testing.assert_allclose(value, true, rtol=1e-10, atol=1e-14)


def test_the_deltas_are_what_backward_goes_through():
    example = worked_example()
    t = example.pop("t")
    z1, _, z2, a2 = solution.forward(**example)
    _, db1, _, db2 = matrix.gradients(t=t, **example)
    assert matrix.slope_at_output(a2, t, z2) == pytest.approx(db2, rel=1e-12)
    assert matrix.slope_at_hidden(example["W2"], db2, z1) == pytest.approx(db1, rel=1e-12)


def test_hard_kinds_are_what_they_say():
    widths = {kind: drawn("backward", kind)["W1"].shape for kind in KINDS}
    assert widths["one hidden unit"] == (1, 3)
    assert widths["square"] == (3, 3)
    assert drawn("backward", "one output")["W2"].shape == (1, 4)
    for kind in ("uneven", "wide"):
        assert len({*widths[kind], drawn("backward", kind)["W2"].shape[0]}) == 3
    assert all(v.dtype == np.float32 for v in drawn("backward", "float32").values())
    assert all(v.dtype.kind == "i" for v in drawn("backward", "integer").values())
    assert drawn("output_delta", "integer")["z2"].dtype.kind == "i"
    assert all(v.dtype.kind == "i" for v in drawn("hidden_delta", "integer").values())
    assert all(v.dtype.kind == "i" for v in drawn("update", "integer")["parameters"])
    plain, large = (np.abs(drawn("backward", kind)["W1"]).max() for kind in ("plain", "large"))
    assert large == 4 * plain
    vast = drawn("backward", "vast")
    assert sum(vast[name].size for name in PARAMETERS) > 1e5
    assert sum(v.size for v in list(drawn("backward_rows", "vast").values())[2:]) > 1e5


def test_rows_are_the_same_network_turned():
    turned = drawn("backward_rows", "uneven")
    straight = drawn("backward", "uneven")
    assert np.array_equal(turned["w1"], straight["W1"].T)
    assert turned["w1"].flags.c_contiguous
    assert np.array_equal(turned["y"], straight["t"])


def test_no_gradient_of_an_update_is_zero():
    for gradient in drawn("update", "plain")["gradients"]:
        assert np.all(np.abs(gradient) >= 0.1)


def test_the_printed_lines_are_wrong_where_the_answers_say_so():
    example = worked_example()
    t = example.pop("t")
    a0, W2, b2 = example["a0"], example["W2"], example["b2"]
    z1, a1, z2, _ = solution.forward(**example)
    dW1, db1, dW2, db2 = matrix.gradients(a0, t, **{k: example[k] for k in PARAMETERS})
    true = {
        "da1": complex_step_gradient(lambda a: quadratic_cost(sigmoid(W2 @ a + b2), t), a1),
        "delta1": db1,
        "dW1": dW1,
    }
    slope = {layer: sigmoid(z) * (1 - sigmoid(z)) for layer, z in ((1, z1), (2, z2))}
    # right as they stand: lines 1, 3 and 8
    assert (sigmoid(z2) - t) * slope[2] == pytest.approx(db2)
    assert np.outer(db2, a1) == pytest.approx(dW2)
    assert [line for line, word in PRINTED.items() if word == "right"] == [1, 3, 8]
    # as the answers mend them: lines 2 and 7 say so of δ2, line 4 of Wᵀδ2, 5 of σ′(z1), 6 of a0
    assert W2.T @ db2 == pytest.approx(true["da1"])
    assert (W2.T @ db2) * slope[1] == pytest.approx(true["delta1"])
    assert np.outer(db1, a0) == pytest.approx(true["dW1"])
    # as printed they do not even fit, where the letter exists at all
    with pytest.raises(ValueError, match="broadcast"):
        (W2.T @ db2) * slope[2]
    assert np.outer(db1, a1).shape != dW1.shape
    assert (PRINTED[2], PRINTED[4], PRINTED[7]) == ("delta2",) * 3
    assert (PRINTED[5], PRINTED[6]) == ("z1", "a0")


def test_the_reference_has_these_answers():
    assert solution.errata == PRINTED


def test_errata_take_the_answers_in_any_spelling():
    said = {1: " Right", 2: "δ2", 3: "right", 4: "delta_2", 5: "z^1", 6: "A0", 7: "δ²", 8: "RIGHT"}
    assert check("matrix.errata", said) == grade("matrix.errata", said) == 2


def test_a_misprint_believed_is_named_and_one_imagined_is_not():
    believed = check("matrix.errata", dict.fromkeys(PRINTED, "right"))
    assert believed == 0.75
    assert believed.misconceptions == {"layer-off-by-one"}
    imagined = check("matrix.errata", {**PRINTED, 1: "a1"})
    assert imagined == 1.75
    assert not imagined.misconceptions


@pytest.mark.parametrize("said", [None, 3, "delta3", ["delta2"], float("nan")])
def test_odd_errata_are_told_what_an_answer_is(said):
    score = check("matrix.errata", {**PRINTED, 4: said})
    assert score == 1.75
    (finding,) = (f for f in score.findings if f.earned == 0)
    assert "Not filled in" in finding.message or "the answer is one of" in finding.message


def test_points_are_those_of_the_syllabus():
    points = {task.id: task.points for task in matrix.TASKS}
    assert points == {
        "matrix.forward": 3,
        "matrix.cost": 1,
        "matrix.output_delta": 3,
        "matrix.hidden_delta": 3,
        "matrix.backward": 6,
        "matrix.update": 2,
        "matrix.backward_rows": 4,
        "matrix.errata": 2,
    }
    assert sum(points.values()) == 24


def test_a_forgotten_sigmoid_is_not_called_a_wrong_order():
    def forward(a0, W1, b1, W2, b2):
        z1 = W1 @ a0 + b1
        z2 = W2 @ z1 + b2
        return z1, z1, z2, sigmoid(z2)

    (finding,) = (f for f in check("matrix.forward", forward).findings if f.earned == 0)
    assert finding.part == "a1"
    assert finding.message == "This is `z1` again, which stands in its own place as well."
