"""The grade of a graded cell: more and harder cases, against the reference solution."""

import hashlib
from importlib import import_module
from pathlib import Path

import numpy as np

from course.checking import score_on
from course.tasks import find_task
from course.trying import LocalAnswer

GRADED_ON = "Graded on {} cases."
"""The sentence under a grade's table."""

# taken once, so that a cell that goes elsewhere does not change the cases of the next
_FOLDER = Path.cwd()


def grade(task_id, answer, *leaned_on, seed=None):
    """Return the Score of a student's answer to a task, tried on the grade's cases.

    task_id : the task, such as "two_layer.backward".
    answer, leaned_on : what the student wrote, as in `course.check`.
    seed : text from which the cases are drawn. By default it is made from the folder in which
        nbgrader runs the notebook, .../autograded/STUDENT/ASSIGNMENT, and from the task: a
        second grading of the same work draws the same cases.

    Returns a Score whatever the student wrote; raises ValueError for an unknown task id,
    naming the nearest.
    """
    task = find_task(task_id)
    if seed is None:
        seed = "/".join(_FOLDER.parts[-2:])
    digest = hashlib.sha256(f"{seed}/{task.id}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest, "big"))
    cases = [task.draw(rng, kind) for kind in task.grade_kinds]
    handed_over = LocalAnswer(task.asked, (answer, *leaned_on))
    return score_on(task, handed_over, cases, reference, GRADED_ON)


def reference(task):
    """Return a function from a case's arguments to the reference solution's parts."""
    if all(part.amiss for part in task.parts):
        # no one answer to compare with: the task's own truth shows the shapes, and costs less
        return task.truth
    unit = import_module(f"autograder.solutions.{task.id.partition('.')[0]}")
    solutions = [getattr(unit, name) for name in task.objects or (task.name,)]
    solution, _ = task.asked.handed_over(solutions)

    def parts(**arguments):
        value = task.drive(solution, arguments)
        return value if len(task.parts) > 1 or task.wants == "dict" else (value,)

    return parts
