"""Unit 09: the data, the oracles, and what other than right answers earn."""

import numpy as np
import pytest
from autograd import grad
from autograd import numpy as anp

import course
from autograder import grade
from autograder.solutions import training as solution
from course import check, complex_step_gradient
from course.handwriting import all_digits
from course.tasks import find_task, tasks_of
from course.tasks.training import truth
from course.tasks.training.cases import BATCHES, NETWORKS, draw_labelled, draw_training
from tests.course.mistakes.plausible import trouble_with_list


def drawn(name, kind, seed=0):
    return find_task(f"training.{name}").draw(np.random.default_rng(seed), kind).arguments


def misconceptions(judge, name, answer):
    score = judge(f"training.{name}", answer)
    return float(score), set(score.misconceptions), str(score)


def test_the_digits_are_what_their_docstring_says():
    X, y, X_unseen, y_unseen = course.digits()
    assert (X.shape, y.shape) == ((1347, 64), (1347,))
    assert (X_unseen.shape, y_unseen.shape) == ((450, 64), (450,))
    assert X.dtype == float and y.dtype.kind == "i"
    assert X.min() == 0 and X.max() == 16
    assert np.array_equal(X, np.round(X))
    assert set(y) == set(y_unseen) == set(range(10))


def test_the_split_is_the_same_each_time_and_no_digit_is_in_both_parts():
    X, y, X_unseen, y_unseen = course.digits()
    again = course.digits()
    assert all(map(np.array_equal, (X, y, X_unseen, y_unseen), again))
    rows = {row.tobytes() for row in X}
    unseen = {row.tobytes() for row in X_unseen}
    assert not rows & unseen
    everything, _ = all_digits()
    assert rows | unseen == {row.tobytes() for row in everything}


def test_reference_complex_step_and_autograd_agree_on_the_gradients():
    arguments = draw_labelled(np.random.default_rng(1), "four layers").arguments
    X, y, parameters = arguments.values()

    def cost_in(library, parameters):
        out = X
        for layer in range(1, 5):
            out = library.dot(out, parameters[f"w{layer}"]) + parameters[f"b{layer}"]
            if layer < 4:
                out = out * (library.real(out) > 0)
        raised = library.exp(out - np.max(np.real(truth.scores(X, arguments["parameters"]))))
        p = raised / library.sum(raised, axis=1)[:, None]
        return -library.mean(library.log(p[np.arange(len(y)), y]))

    loss, by_hand = solution.network_loss(X, y, parameters)
    assert loss == pytest.approx(truth.loss(X, y, parameters), rel=1e-12)
    by_autograd = grad(lambda p: cost_in(anp, p))(parameters)
    for name, value in parameters.items():
        stepped = complex_step_gradient(
            lambda v, name=name: cost_in(np, {**parameters, name: v}), value
        )
        np.testing.assert_allclose(by_hand[name], stepped, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(by_autograd[name], stepped, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", NETWORKS)
def test_the_reference_and_the_course_see_the_same_accuracy(kind):
    arguments = drawn("accuracy", kind)
    measured = solution.accuracy(**arguments)
    assert measured == pytest.approx(truth.accuracy(**arguments), rel=1e-12)
    assert 0 < measured < 1


def test_hard_kinds_are_what_they_say():
    lasts = {kind: m % size for kind, (m, size) in BATCHES.items()}
    assert lasts["even"] == 0 and lasts["last of one"] == 1 and lasts["short"] > 1
    assert drawn("minibatches", "larger than all")["size"] > 14
    assert drawn("sgd_step", "float32")["parameters"]["w1"].dtype == np.float32
    assert drawn("sgd_step", "integer")["gradients"]["b2"].dtype.kind == "i"
    negative = drawn("accuracy", "negative scores")
    assert truth.scores(negative["X"], negative["parameters"]).max() < 0
    last = drawn("train", "short last batch")
    assert 8 <= len(last["y"]) % last["batch"] < last["batch"]


def test_nothing_kept_from_the_notebooks_digits_fits_those_of_the_grade():
    """A network that knows the digits as they are is no better than chance on the renumbered."""
    X, y, X_unseen, y_unseen = course.digits()
    known = solution.train(X / 16, y, [64, 64, 10], 20, 0.5, 16, np.random.default_rng(0))
    assert truth.accuracy(X_unseen / 16, y_unseen, known) > 0.95
    for seed in range(3):
        case = draw_training(np.random.default_rng(seed), "digits")
        assert truth.accuracy(*case.unseen, known) < 0.4
        seen = {np.sort(row).tobytes() for row in case.arguments["X"]}
        assert len(seen) > 1000 and len(case.unseen[1]) == 485


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_reference_passes_with_any_seed(seed):
    for name in ("overfit", "train"):
        task = find_task(f"training.{name}")
        score = grade(task.id, getattr(solution, name), seed=str(seed))
        assert score == task.points, str(score)


def test_overfit_earns_half_for_half_the_way():
    def too_short(X, y, sizes, rng):
        parameters = solution.initialise(sizes, rng)
        while solution.network_loss(X, y, parameters)[0] > 0.05:
            _, gradients = solution.network_loss(X, y, parameters)
            parameters = solution.sgd_step(parameters, gradients, 0.2)
        return parameters

    for judge in (check, grade):
        score, found, text = misconceptions(judge, "overfit", too_short)
        assert (score, found) == (2, set())
        assert "expected less than 0.01" in text


def test_batches_that_are_not_right_are_told_why():
    def unshuffled(X, y, size, rng):
        for k in range(0, len(y), size):
            yield X[k : k + size], y[k : k + size]

    def batches_shuffled(X, y, size, rng):
        for k in rng.permutation(range(0, len(y) - len(y) % size, size)):
            yield X[k : k + size], y[k : k + size]
        if len(y) % size:
            yield X[-(len(y) % size) :], y[-(len(y) % size) :]

    def with_replacement(X, y, size, rng):
        order = rng.integers(len(y), size=len(y))
        yield from solution_of(X, y, size, order, order)

    def torn_apart(X, y, size, rng):
        yield from solution_of(X, y, size, rng.permutation(len(y)), rng.permutation(len(y)))

    def own_seed(X, y, size, rng):
        order = np.random.default_rng(3).permutation(len(y))
        yield from solution_of(X, y, size, order, order)

    def no_seed(X, y, size, rng):
        order = np.random.default_rng().permutation(len(y))
        yield from solution_of(X, y, size, order, order)

    def solution_of(X, y, size, order, others):
        for k in range(0, len(y), size):
            yield X[order[k : k + size]], y[others[k : k + size]]

    said = {
        unshuffled: "in the order in which they lie",
        batches_shuffled: "Each batch holds neighbours",
        with_replacement: "expected each once",
        torn_apart: "one order for X and y together",
        own_seed: "Two different rngs",
        no_seed: "Two calls with the rng in the same state",
        lambda X, y, size, rng: None: "Is there a `yield`",
        lambda X, y, size, rng: iter([X]): "two things separated by a comma",
    }
    for wrong, words in said.items():
        for judge in (check, grade):
            score, found, text = misconceptions(judge, "minibatches", wrong)
            assert score < 4 and words in text, text
            assert not found
    # an endless generator must not hang the check
    endless = check("training.minibatches", lambda X, y, size, rng: iter(lambda: (X, y), None))
    assert endless == 0


def test_what_is_called_but_not_written_yet_is_said():
    def train(X, y, sizes, epochs, rate, batch, rng):
        return network_loss(X, y, {})

    def network_loss(X, y, parameters):
        raise NotImplementedError

    def stub(X, y, sizes, rng):
        raise NotImplementedError

    assert "calls a function that is not written yet" in str(check("training.train", train))
    assert "Not written yet." in str(check("training.overfit", stub))
    assert "Not written yet." in str(check("training.train", course.to_be_written))


@pytest.mark.parametrize(
    ("answer", "mistake"), [(-2.3026, "wrong-sign"), (0.2303, "mean-over-classes")]
)
def test_a_wrong_initial_loss_is_named(answer, mistake):
    for judge in (check, grade):
        score, found, _ = misconceptions(judge, "initial_loss", answer)
        assert (score, found) == (0, {mistake})
    assert check("training.initial_loss", np.log(10)) == 2
    assert check("training.initial_loss", 3.3219) == 0
    assert check("training.initial_loss", None) == 0


def test_the_answer_is_the_loss_of_a_network_that_knows_nothing():
    X, y, *_ = course.digits()
    nothing = {"w1": np.zeros((64, 10)), "b1": np.zeros(10)}
    assert solution.initial_loss == pytest.approx(solution.network_loss(X, y, nothing)[0], abs=5e-5)


@pytest.mark.parametrize("task", tasks_of("training"), ids=lambda task: task.name)
def test_the_lists_of_mistakes_can_do_their_work(task):
    assert trouble_with_list(task) == []


def test_points_are_those_of_the_syllabus():
    assert {task.name: task.points for task in tasks_of("training")} == {
        "minibatches": 4,
        "sgd_step": 2,
        "accuracy": 2,
        "initial_loss": 2,
        "overfit": 4,
        "train": 10,
    }
