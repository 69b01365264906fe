"""Unit 08: three oracles agree, hard kinds are what they say, caches are their owner's business."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder import grade
from autograder.grading import reference
from autograder.solutions import layers as solution
from course import central_difference, check
from course.comparing import PRECISION
from course.tasks import find_task, layers

KINDS = sorted({kind for task in layers.TASKS for kind in (*task.check_kinds, *task.grade_kinds)})
EXACT = {"rtol": 1e-9, "atol": 1e-11}


def drawn(task, kind, seed=0):
    return task.draw(np.random.default_rng(seed), kind).arguments


def kinds_of(name):
    task = find_task(f"layers.{name}")
    return sorted({*task.check_kinds, *task.grade_kinds} - {"vast", "float32"})


def handed_over(task):
    return [getattr(solution, name) for name in task.objects or (task.name,)]


def sigmoid(x):
    return 1 / (1 + anp.exp(-x))


def relu(x):
    return anp.maximum(0, x)


GATES = {
    "affine_backward": (lambda x, w, b: anp.dot(x, w) + b, ("x", "w", "b")),
    "sigmoid_backward": (sigmoid, ("x",)),
    "relu_backward": (relu, ("x",)),
}


@pytest.mark.parametrize(
    ("name", "kind"), [(n, k) for n in GATES for k in kinds_of(n) if k != "kink"]
)
def test_reference_complex_step_and_autograd_agree_on_a_gate(name, kind):
    task, (gate, names) = find_task(f"layers.{name}"), GATES[name]
    arguments = drawn(task, kind)
    floats = [np.asarray(arguments[n], dtype=float) for n in names]

    def weighed(*values):
        return anp.sum(gate(*values) * arguments["dout"])

    by_hand, by_step = reference(task)(**arguments), task.truth(**arguments)
    for number, (derived, stepped) in enumerate(zip(by_hand, by_step, strict=True)):
        np.testing.assert_allclose(derived, stepped, **EXACT)
        np.testing.assert_allclose(grad(weighed, number)(*floats), stepped, **EXACT)


def mean_cross_entropy(scores, y):
    top = anp.max(scores, axis=1, keepdims=True)
    lse = anp.log(anp.sum(anp.exp(scores - top), axis=1)) + top[:, 0]
    return anp.mean(lse - scores[np.arange(len(y)), y])


@pytest.mark.parametrize("kind", kinds_of("softmax_loss"))
def test_reference_complex_step_and_autograd_agree_on_the_loss(kind):
    task = find_task("layers.softmax_loss")
    x, y = drawn(task, kind).values()
    (loss, dx), (true, slope) = reference(task)(x=x, y=y), task.truth(x=x, y=y)
    floats = np.asarray(x, dtype=float)
    np.testing.assert_allclose([loss, mean_cross_entropy(floats, y)], true, rtol=1e-12)
    np.testing.assert_allclose(dx, slope, **EXACT)
    np.testing.assert_allclose(grad(mean_cross_entropy)(floats, y), slope, **EXACT)


@pytest.mark.parametrize("kind", kinds_of("network_loss"))
def test_reference_complex_step_and_autograd_agree_on_networks(kind):
    task = find_task("layers.network_loss")
    X, y, parameters = drawn(task, kind).values()
    floats = {name: np.asarray(value, dtype=float) for name, value in parameters.items()}

    def cost(parameters):
        out, depth = X, len(parameters) // 2
        for layer in range(1, depth + 1):
            out = anp.dot(out, parameters[f"w{layer}"]) + parameters[f"b{layer}"]
            out = relu(out) if layer < depth else out
        return mean_cross_entropy(out, y)

    by_autograd = grad(cost)(floats)
    by_hand, by_step = reference(task)(**drawn(task, kind)), task.truth(X, y, parameters)
    np.testing.assert_allclose([by_hand[0], cost(floats)], by_step[0], rtol=1e-12)
    for derived, stepped in zip(by_hand[1:], by_step[1:], strict=True):
        assert derived.keys() == stepped.keys()
        for name, slope in stepped.items():
            np.testing.assert_allclose(derived[name], slope, **EXACT)
            np.testing.assert_allclose(by_autograd[name], slope, **EXACT)


def test_the_oracles_would_notice_a_factor_of_1_001():
    task = find_task("layers.affine_backward")
    arguments = drawn(task, "plain")
    dx, _, _ = reference(task)(**arguments)
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(1.001 * dx, task.truth(**arguments)[0], **EXACT)


def test_the_vast_truth_of_a_grade_agrees_with_central_differences_in_places():
    X, y, parameters = drawn(find_task("layers.network_loss"), "vast").values()
    _, gradients = solution.network_loss(X, y, parameters)
    assert sum(value.size for value in parameters.values()) > 1e5
    bias = central_difference(
        lambda b: solution.network_loss(X, y, {**parameters, "b3": b})[0], parameters["b3"]
    )
    np.testing.assert_allclose(gradients["b3"], bias, rtol=1e-6, atol=1e-9)


def test_hard_kinds_are_what_they_say():
    affine, network = find_task("layers.affine_backward"), find_task("layers.network_loss")
    assert drawn(affine, "one example")["x"].shape[0] == 1
    assert len(set(drawn(affine, "square")["w"].shape)) == 1
    assert all(v.dtype == np.float32 for v in drawn(affine, "float32").values())
    integer = drawn(affine, "integer")
    assert {integer[name].dtype.kind for name in "xwb"} == {"i"}
    assert integer["dout"].dtype.kind == "f"
    assert drawn(affine, "vast")["w"].size > 1e5
    assert drawn(find_task("layers.relu_backward"), "vast")["x"].size > 1e5
    assert 0 in drawn(find_task("layers.relu_backward"), "kink")["x"]
    deep = drawn(network, "eleven layers")["parameters"]
    # sorted by name, w10 comes before w2
    assert "w10" in deep and list(deep) != sorted(deep)
    shuffled = list(drawn(network, "shuffled")["parameters"])
    assert shuffled != list(drawn(network, "two layers")["parameters"])


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("kind", ["uneven", "five layers", "integer", "eleven layers"])
def test_no_relu_stands_at_its_kink(kind, seed):
    X, _, parameters = drawn(find_task("layers.network_loss"), kind, seed).values()
    out, depth = X, len(parameters) // 2
    for layer in range(1, depth):
        z = out @ parameters[f"w{layer}"] + parameters[f"b{layer}"]
        assert np.abs(z).min() > 10 * PRECISION["float64"][0]
        out = np.maximum(0, z)


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0])
def test_every_subgradient_at_the_kink_is_right_and_no_other(slope):
    def backward(dout, x):
        return dout * np.heaviside(x, slope)

    def steep(dout, x):
        return dout * np.heaviside(x, 1.5)

    assert grade("layers.relu_backward", solution.relu_forward, backward) == 2
    assert grade("layers.relu_backward", solution.relu_forward, steep) == 0


def test_the_cache_is_the_students_own_business():
    def forward(x):
        out = np.maximum(0, x)
        return out, lambda dout: np.where(out > 0, dout, 0)

    score = grade("layers.relu_backward", forward, lambda dout, cache: cache(dout))
    assert score == 2


def test_a_wrong_out_does_not_spoil_the_backward():
    def forward(x, w, b):
        x += 1
        return -(x @ w), (x - 1, w)

    assert check("layers.affine_forward", forward) == 0
    for judge in (check, grade):
        assert judge("layers.affine_backward", forward, solution.affine_backward) == 6


def test_a_backward_that_spoils_its_cache_is_found_by_its_second_call():
    def backward(dout, cache):
        cache *= 1 - cache
        return dout * cache

    score = check("layers.sigmoid_backward", solution.sigmoid_forward, backward)
    assert score == 0 and score.misconceptions == {"aliased-cache"}
    assert "second backward call on the same cache" in str(score)


def unwritten(*arguments):
    raise NotImplementedError


def test_what_is_not_written_is_said():
    both = check("layers.relu_backward", unwritten, unwritten)
    assert {finding.message for finding in both.findings} == {"Not written yet."}
    forward = check("layers.relu_backward", unwritten, solution.relu_backward)
    assert "`relu_forward` is not written yet" in str(forward)


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (None, "returned None; expected (out, cache)"),
        (np.ones((4, 3)), "returned an ndarray; expected (out, cache)"),
        ((1, 2, 3), "returned a tuple of 3; expected (out, cache)"),
    ],
)
def test_a_forward_without_out_and_cache_is_told_so(came, said):
    assert said in str(check("layers.relu_forward", lambda x: came))
    assert said in str(check("layers.relu_backward", lambda x: came, solution.relu_backward))


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (None, "returned None; expected (loss, gradients)"),
        (0.3, "returned a float; expected (loss, gradients)"),
        ((0.3, [1, 2]), "A list came; expected a dictionary of arrays"),
        ((0.3, {"dw1": 1.0}), "the key 'dw1'; expected those of the parameters"),
        ((0.3, {}), "0 arrays came; expected 2"),
        ((0.3, {3: 1.0}), "the key '3'"),
    ],
)
def test_other_answers_of_network_loss_are_told_what_is_wanted(came, said):
    score = check("layers.network_loss", lambda X, y, parameters: came)
    assert score == 0 and said in str(score)


def test_points_are_those_of_the_syllabus():
    assert {task.name: task.points for task in layers.TASKS} == {
        "affine_forward": 2,
        "affine_backward": 6,
        "sigmoid_forward": 1,
        "sigmoid_backward": 2,
        "relu_forward": 1,
        "relu_backward": 2,
        "softmax_loss": 4,
        "network_loss": 6,
    }


@pytest.mark.parametrize("task", layers.TASKS, ids=lambda task: task.id)
def test_the_references_earn_full_marks(task):
    for judge in (check, grade):
        assert judge(task.id, *handed_over(task)) == task.points


def test_a_sum_over_everything_is_named_though_it_is_a_single_number():
    def backward(dout, cache):
        dx, dw, _ = solution.affine_backward(dout, cache)
        return dx, dw, np.sum(dout)

    score = check("layers.affine_backward", solution.affine_forward, backward)
    assert float(score) == 4
    assert score.misconceptions == {"bias-sum-all"}


def test_a_check_tries_as_many_layers_as_sorting_the_keys_would_mix_up():
    def network_loss(X, y, parameters):
        names = sorted(parameters)
        half = len(names) // 2
        in_order = [f"{letter}{k}" for letter in "bw" for k in range(1, half + 1)]
        renamed = {new: parameters[old] for new, old in zip(in_order, names, strict=True)}
        loss, gradients = solution.network_loss(X, y, renamed)
        return loss, {old: gradients[new] for new, old in zip(in_order, names, strict=True)}

    assert float(check("layers.network_loss", network_loss)) == 0
