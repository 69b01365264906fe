"""Unit 09: what trainings earn that start otherwise, or go astray."""

from itertools import pairwise

import numpy as np
import pytest

from autograder import grade
from autograder.solutions import training as solution
from course import check


def judged(judge, answer):
    """Return (points, mistakes named, all that is said) of a training."""
    score = judge("training.train", answer)
    return float(score), set(score.misconceptions), str(score)


def with_start(start):
    """Return a training like the reference's from other weights: start(rng, n_in, n_out)."""

    def train(X, y, sizes, epochs, rate, batch, rng):
        parameters = {}
        for layer, (n_in, n_out) in enumerate(pairwise(sizes), 1):
            parameters[f"w{layer}"] = start(rng, n_in, n_out)
            parameters[f"b{layer}"] = np.zeros(n_out)
        for _ in range(epochs):
            for rows, labels in solution.minibatches(X, y, batch, rng):
                _, gradients = solution.network_loss(rows, labels, parameters)
                parameters = solution.sgd_step(parameters, gradients, rate)
        return parameters

    return train


RIGHT_STARTS = {
    "he": lambda rng, n_in, n_out: rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in),
    "xavier": lambda rng, n_in, n_out: rng.normal(size=(n_in, n_out)) * (2 / (n_in + n_out)) ** 0.5,
    "lecun": lambda rng, n_in, n_out: rng.normal(size=(n_in, n_out)) / n_in**0.5,
    "uniform": lambda rng, n_in, n_out: rng.uniform(-1, 1, (n_in, n_out)) * np.sqrt(6 / n_in),
}
ALIKE = {
    "zeros": lambda rng, n_in, n_out: np.zeros((n_in, n_out)),
    "constant": lambda rng, n_in, n_out: np.full((n_in, n_out), 0.05),
    "one column": lambda rng, n_in, n_out: np.repeat(rng.normal(size=(n_in, 1)), n_out, axis=1),
}
UNSCALED = {
    "one": lambda rng, n_in, n_out: rng.normal(size=(n_in, n_out)),
    "tiny": lambda rng, n_in, n_out: 0.005 * rng.normal(size=(n_in, n_out)),
    "uniform from 0": lambda rng, n_in, n_out: rng.random((n_in, n_out)),
}


def judges_of(name):
    """Return who is to judge: the grade always, the check of one start of each kind."""
    return (check, grade) if name in ("he", "zeros", "one") else (grade,)


@pytest.mark.slow
@pytest.mark.parametrize("name", RIGHT_STARTS)
def test_every_usual_start_is_right(name):
    for judge in judges_of(name):
        score, _, text = judged(judge, with_start(RIGHT_STARTS[name]))
        assert score == 10, text


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ALIKE, *UNSCALED])
def test_a_start_that_cannot_work_is_named(name):
    start = {**ALIKE, **UNSCALED}[name]
    mistake = "symmetric" if name in ALIKE else "unscaled"
    for judge in judges_of(name):
        score, found, text = judged(judge, with_start(start))
        assert score < 10 and found == {f"{mistake}-initialisation"}, text


@pytest.mark.slow
def test_a_training_earns_part_of_the_points_by_its_accuracy():
    earned = []
    for epochs in (0, 1, 30):

        def train(X, y, sizes, epochs, rate, batch, rng, most=epochs):
            return solution.train(X, y, sizes, min(epochs, most), rate, batch, rng)

        earned.append(float(check("training.train", train)))
    assert earned[0] == 2 and earned[-1] == 10
    assert 2 <= earned[1] < 10


@pytest.mark.slow
def test_wrong_trainings_fall_short_and_no_start_is_blamed():
    def uphill(X, y, sizes, epochs, rate, batch, rng):
        return solution.train(X, y, sizes, epochs, -rate, batch, rng)

    def first_batch_only(X, y, sizes, epochs, rate, batch, rng):
        return solution.train(X[:batch], y[:batch], sizes, epochs, rate, batch, rng)

    def labels_adrift(X, y, sizes, epochs, rate, batch, rng):
        return solution.train(X, np.roll(y, 1), sizes, epochs, rate, batch, rng)

    def seeded_itself(X, y, sizes, epochs, rate, batch, rng):
        return solution.train(X, y, sizes, epochs, rate, batch, np.random.default_rng(0))

    for wrong in (uphill, first_batch_only, labels_adrift):
        for judge in (check, grade):
            score, found, text = judged(judge, wrong)
            assert 2 <= score < 10 and not found, text
    score, found, text = judged(grade, seeded_itself)
    assert (score, found) == (8, set())
    assert "Two different rngs" in text


def test_parameters_that_come_to_no_number_are_neither_a_start_nor_an_end():
    """Finite ones may overflow on the way to a loss, and nan compares as neither more nor less."""

    def starts(X, y, sizes, epochs, rate, batch, rng):
        huge = solution.initialise(sizes, rng)
        return {name: value * 1e300 for name, value in huge.items()}

    score = grade("training.train", starts)
    assert score == 0
    assert "loss before training is nan" in score.findings[0].message

    trained = []

    def ends(X, y, sizes, rng):
        parameters = solution.overfit(X, y, sizes, rng)
        trained.append(X.tobytes())
        if trained[0] == trained[-1]:
            return parameters
        return {name: np.where(value == 0, 1, value) * 1e300 for name, value in parameters.items()}

    assert grade("training.overfit", ends) == 0
