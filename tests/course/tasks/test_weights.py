"""The weights that cases draw: as ever, and of wide layers such that nothing saturates."""

import numpy as np
import pytest

from autograder.grading import reference
from course.tasks import find_task
from course.tasks.weights import draw_weights


def test_those_of_most_cases_are_standard_normal():
    one, other = np.random.default_rng(1), np.random.default_rng(1)
    assert np.array_equal(draw_weights("plain")(one, 3, 4), other.normal(size=(3, 4)))


def test_those_of_wide_layers_keep_the_variance_of_what_comes_in():
    rng = np.random.default_rng(1)
    W = draw_weights("vast")(rng, 300, 320)
    z = W @ rng.normal(size=(320, 200))
    assert W.shape == (300, 320)
    assert z.var() == pytest.approx(1, abs=0.05)
    assert z.mean() == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("task", ["two_layer.backward", "matrix.backward", "deep.backward"])
def test_no_gradient_of_a_vast_case_vanishes(task):
    task = find_task(task)
    values = reference(task)(**task.draw(np.random.default_rng(1), "vast").arguments)
    for part, value in zip(task.parts, values, strict=True):
        assert np.abs(part.value(value)).max() > 1e-3, part.name
