"""Unit 00: the reference, the truth and plain sums agree."""

import numpy as np
import pytest

from autograder.grading import reference
from course import check
from course.tasks import find_task
from course.tasks.start import KINDS, TASKS

TASK = find_task("start.affine")


@pytest.mark.parametrize("kind", KINDS)
def test_reference_truth_and_plain_sums_agree(kind):
    case = TASK.draw(np.random.default_rng(4), kind)
    W, a, b = case.arguments.values()
    sums = [sum(W[j, i] * a[i] for i in range(len(a))) + b[j] for j in range(len(b))]
    rtol = 1e-5 if kind == "float32" else 1e-12
    for value in (*TASK.truth(**case.arguments), *reference(TASK)(**case.arguments)):
        np.testing.assert_allclose(value, sums, rtol=rtol, atol=rtol)


def test_hard_kinds_are_what_they_say():
    drawn = {kind: TASK.draw(np.random.default_rng(0), kind) for kind in KINDS}
    assert drawn["square"].arguments["W"].shape == (3, 3)
    assert drawn["one unit"].arguments["W"].shape == (1, 4)
    assert drawn["float32"].arguments["W"].dtype == np.float32
    assert drawn["integer"].arguments["b"].dtype.kind == "i"


def test_points_are_those_of_the_syllabus():
    assert {task.id: task.points for task in TASKS} == {"start.affine": 2}


def test_the_first_failing_check_of_the_course_has_a_hint():
    score = check("start.affine", lambda W, a, b: W @ a)
    assert score == 0
    assert score.misconceptions == {"bias-missing"}
