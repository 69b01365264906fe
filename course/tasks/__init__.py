"""The graded tasks of the course, found by id; one module a unit."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType

UNITS = ("two_layer",)


@cache
def all_tasks():
    """Return every task of the course as a read-only mapping from id to Task."""
    units = [import_module(f"course.tasks.{unit}").TASKS for unit in UNITS]
    return MappingProxyType({task.id: task for tasks in units for task in tasks})


def find_task(task_id):
    """Return the Task of that id; raises ValueError, naming the nearest id, where none has it."""
    tasks = all_tasks()
    if isinstance(task_id, str) and task_id in tasks:
        return tasks[task_id]
    near = get_close_matches(str(task_id), tasks, n=1, cutoff=0)
    raise ValueError(
        f"Got the task id {task_id!r}, but no task has it. The nearest is {near[0]!r}."
    )
