"""Right solutions rewritten at random keep full marks: no right answer is refused."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import grade
from course import check
from course.tasks import UNITS, all_tasks
from tests.proof.planting import loaded, objects, solutions, tasks_of


def known(unit):
    """Return what the proof knows of a unit's solutions."""
    return import_module(f"tests.proof.units.{unit}")


SHARE = 6
"""Of so many rewritings one is tried, where not all are asked for."""


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_rewritten_solutions_earn_full_marks(unit, request):
    tried = set()
    share = 1 if request.config.getoption("--all-mutants") else SHARE

    @settings(
        max_examples=max(10, known(unit).REWRITINGS // share),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(known(unit).rewritten(), st.text(max_size=8))
    def earn_full_marks(sources, seed):
        namespace = loaded({**solutions(unit), **sources})
        for task in tasks_of(unit, sources):
            tried.add(task.name)
            given_objects = objects(task, namespace)
            for score in (
                check(task.id, *given_objects),
                grade(task.id, *given_objects, seed=seed),
            ):
                assert score == task.points, f"{score}\n\n{sources[task.name]}"
                assert not score.misconceptions

    earn_full_marks()
    assert tried >= {task.name for task in tasks_of(unit, solutions(unit))}


@pytest.mark.parametrize("dtype", [np.float32, np.longdouble])
@pytest.mark.parametrize("name", ["forward", "loss", "backward", "train_step"])
def test_other_floating_types_pass(dtype, name):
    from autograder.solutions import two_layer

    def in_another_type(*arguments):
        values = [np.asarray(value, dtype=dtype) for value in arguments]
        result = getattr(two_layer, name)(*values)
        return result

    task = all_tasks()[f"two_layer.{name}"]
    score = grade(task.id, in_another_type)
    assert score == task.points, str(score)
