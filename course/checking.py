"""The visible check of a graded cell: a few cases, the same at every run."""

import zlib
from operator import attrgetter

import numpy as np

from course.judging import judge
from course.reading import NOT_WRITTEN
from course.score import Score
from course.tasks import find_task
from course.trying import LocalAnswer

TRIED_ON = "Tried on {} cases. The grade tries more, and harder ones."
"""The sentence under a check's table."""


def check(task_id, answer, *leaned_on):
    """Return the Score of a student's answer to a task, tried on a few fixed cases.

    task_id : the task, such as "two_layer.backward".
    answer : what the student wrote: for most tasks a function.
    leaned_on : the student's own answer to the task that this one leans on, where there is one:
        what follows correctly from its mistakes is right here.

    The true values come from the task's own description, gradients by a complex step through
    the cost. Whatever the student wrote, this returns a Score whose findings say what was
    seen; it raises ValueError only for a task id that does not exist, naming the nearest.
    """
    task = find_task(task_id)
    handed_over = LocalAnswer(task.asked, (answer, *leaned_on))
    return score_on(task, handed_over, check_cases(task), attrgetter("truth"), TRIED_ON)


STANDS = "As the checks see it now. The grade tries more cases, and harder ones."
"""The sentence under the table of `progress`."""


def standings(answers):
    """Return the Scores that stand for tasks in the table of `progress`: their checks', in order.

    answers : for each task its id and what is handed over for it, as in `check`.
    """
    return [check(task_id, *handed_over) for task_id, *handed_over in answers]


def check_cases(task):
    """Return the Cases of a task's visible check, the same at every run."""
    # a rerun must say the same, so the seed depends on the task alone
    rng = np.random.default_rng(zlib.crc32(task.id.encode()))
    return [task.draw(rng, kind) for kind in task.check_kinds]


def score_on(task, answer, cases, truths, basis):
    """Return the Score of a student's answer, tried on the cases.

    answer, cases, truths : as in `judge`. basis : the sentence under the table, with {} for the
    number of cases; it is left out where that number says nothing.
    """
    findings = judge(task, answer, cases, truths)
    if len(cases) == 1 or all(finding.message == NOT_WRITTEN for finding in findings):
        return Score(task.id, findings)
    return Score(task.id, findings, basis.format(len(cases)))
