"""Right solutions rewritten at random keep full marks: no right answer is refused."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import grade
from course import check
from course.tasks import all_tasks
from tests.proof.planting import loaded, objects
from tests.proof.rewritten import solutions

FUNCTIONS = ("forward", "loss", "backward", "train_step")


@pytest.mark.slow
@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(solutions(), st.text(max_size=8))
def test_rewritten_solutions_earn_full_marks(sources, seed):
    namespace = loaded(sources)
    for name in FUNCTIONS:
        task = all_tasks()[f"two_layer.{name}"]
        given_objects = objects(task, namespace)
        for score in (check(task.id, *given_objects), grade(task.id, *given_objects, seed=seed)):
            assert score == task.points, f"{score}\n\n{sources[name]}"
            assert not score.misconceptions


@pytest.mark.parametrize("dtype", [np.float32, np.longdouble])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_other_floating_types_pass(dtype, name):
    from autograder.solutions import two_layer

    def in_another_type(*arguments):
        values = [np.asarray(value, dtype=dtype) for value in arguments]
        result = getattr(two_layer, name)(*values)
        return result

    task = all_tasks()[f"two_layer.{name}"]
    score = grade(task.id, in_another_type)
    assert score == task.points, str(score)
