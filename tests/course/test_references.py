"""The reference solution of every task: full marks, by a check that is quick."""

import time

import numpy as np
import pytest

from autograder import grade
from course import check
from course.arguments import entries_of, fresh
from course.running import SECONDS
from course.tasks import all_tasks
from course.trying import FEW
from tests.proof.planting import objects, unit_module

TRAINS = "training.train"
each_task = pytest.mark.parametrize(
    "task_id",
    [
        pytest.param(task_id, marks=[pytest.mark.slow] if task_id == TRAINS else [])
        for task_id in all_tasks()
    ],
)


def references(task):
    """Return what a notebook with the unit's reference solutions hands to a check of the task."""
    return objects(task, vars(unit_module(task.id.partition(".")[0])))


@each_task
@pytest.mark.parametrize("judge", [check, grade])
def test_the_reference_earns_full_marks(judge, task_id):
    task = all_tasks()[task_id]
    score = judge(task_id, *references(task))
    assert score == score.possible == task.points
    assert score.findings
    assert not [finding for finding in score.findings if not finding.right]


@each_task
def test_a_call_on_few_numbers_brings_few(task_id):
    """Such a call is stopped soon, so a slow machine must be done with its plain loops by then."""
    task = all_tasks()[task_id]
    if task.seconds != SECONDS:
        return
    rng = np.random.default_rng(1)
    for kind in {*task.check_kinds, *task.grade_kinds}:
        arguments = task.draw(rng, kind).arguments
        if entries_of(arguments) <= FEW:
            assert entries_of(task.truth(**fresh(arguments))) <= 5 * FEW


@each_task
def test_a_check_is_quick(task_id):
    task = all_tasks()[task_id]
    # a task whose call may take longer trains a network, or builds a deep graph
    limit = 0.1 if task.seconds <= SECONDS else task.seconds / 10
    # the first check warms up, so it may be a later one that is quick
    for _ in range(5):
        started = time.process_time()
        check(task_id, *references(task))
        seconds = time.process_time() - started
        if seconds < limit:
            return
    pytest.fail(f"five checks took over {limit:g} s each, the last {seconds:.3f} s")
