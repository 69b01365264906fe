"""What a sealed notebook finds as `course.tasks`: the outlines of the tasks, and no truth.

In the sandbox this module is `sys.modules["course.tasks"]`. `progress()` goes by it.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from IPython import get_ipython


def _outlines():
    return get_ipython().session.outlines()


class _Units(Mapping):
    """Unit -> the folder of its notebook, in the order of the course, as the host tells it."""

    def __getitem__(self, unit):
        return _outlines().units[unit]

    def __iter__(self):
        return iter(_outlines().units)

    def __len__(self):
        return len(_outlines().units)


UNITS = _Units()


def all_tasks():
    """Return the outline of every task of the course, by id."""
    return dict(_outlines().tasks)


def tasks_of(unit):
    """Return the outlines of a unit's tasks, such as "two_layer", in their order."""
    return list(_outlines().of_unit.get(unit, ()))


def find_task(task_id):
    """Return the outline of that id; raises ValueError, naming the nearest, where none has it."""
    tasks = _outlines().tasks
    if isinstance(task_id, str) and task_id in tasks:
        return tasks[task_id]
    near = get_close_matches(str(task_id), tasks, n=1, cutoff=0)
    raise ValueError(
        f"Got the task id {task_id!r}, but no task has it. The nearest is {near[0]!r}."
    )
