"""The graded tasks of the course, found by id; one module a unit."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType

UNITS = {
    "start": "00_start_here",
    "chain": "01_chain_rule",
    "nodes": "02_node_by_node",
    "matrix": "03_matrix_form",
    "softmax": "04_softmax_cross_entropy",
    "two_layer": "05_two_layer",
    "deep": "06_L_layers",
    "activations": "07_activations",
    "layers": "08_layers_with_caches",
    "training": "09_training",
    "bugs": "10_find_the_bug",
    "autodiff": "11_autodiff",
}
"""Unit, as task ids begin -> the folder of its notebook, in the order of the course."""


@cache
def all_tasks():
    """Return every task of the course as a read-only mapping from id to Task."""
    units = [import_module(f"course.tasks.{unit}").TASKS for unit in UNITS]
    return MappingProxyType({task.id: task for tasks in units for task in tasks})


def tasks_of(unit):
    """Return the tasks of a unit, such as "two_layer", in their order."""
    return [task for task in all_tasks().values() if task.id.partition(".")[0] == unit]


def unit_of(folder):
    """Return the unit whose notebook lies in that folder; raises ValueError, naming the nearest."""
    for unit, its_folder in UNITS.items():
        if its_folder == folder:
            return unit
    near = get_close_matches(str(folder), UNITS.values(), n=1, cutoff=0)
    raise ValueError(
        f"Got the folder {folder!r}, but no unit of the course lies there. The nearest is "
        f"{near[0]!r}."
    )


def find_task(task_id):
    """Return the Task of that id; raises ValueError, naming the nearest id, where none has it."""
    tasks = all_tasks()
    if isinstance(task_id, str) and task_id in tasks:
        return tasks[task_id]
    near = get_close_matches(str(task_id), tasks, n=1, cutoff=0)
    raise ValueError(
        f"Got the task id {task_id!r}, but no task has it. The nearest is {near[0]!r}."
    )
