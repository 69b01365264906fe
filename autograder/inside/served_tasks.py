"""What a sealed notebook finds as `course.tasks`: the outlines of the tasks, and no truth.

In the sandbox this module is `sys.modules["course.tasks"]`. `progress()` goes by it: names,
parts and points, as the notebooks themselves show them. The host tells them when first asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from IPython import get_ipython


@dataclass(frozen=True)
class PartOutline:
    """A part's name and points."""

    name: str
    points: float


@dataclass(frozen=True)
class TaskOutline:
    """A task's id, parts, and which names of the notebook are checked together."""

    id: str
    parts: tuple[PartOutline, ...]
    objects: tuple[str, ...]
    leans_on: "TaskOutline | None" = None
    hints: dict = field(default_factory=dict)

    @property
    def name(self):
        """The function's own name, the part of the id behind the dot."""
        return self.id.partition(".")[2]


class Outlines:
    """The outlines of a course, as the host tells them: see `outlines_as_data`.

    Attributes: tasks (TaskOutlines by id), of_unit (those of each unit, in their order) and units
    (unit -> the folder of its notebook, in the order of the course).
    """

    def __init__(self, told):
        self.units, self.tasks, self.of_unit = dict(told["units"]), {}, {}
        for one in told["tasks"]:
            parts = tuple(PartOutline(name, points) for name, points in one["parts"])
            leans_on = self.tasks.get(one["leans_on"])
            made = TaskOutline(one["id"], parts, tuple(one["objects"]), leans_on)
            self.tasks[made.id] = made
            self.of_unit.setdefault(made.id.partition(".")[0], []).append(made)


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


def outlines_as_data(tasks, units):
    """Return tasks and units as the host tells them: the answer to {"event": "tasks"}.

    tasks : Tasks of the course, each after the one that it leans on. units : name -> folder.
    """
    told = [
        {
            "id": task.id,
            "parts": [[part.name, part.points] for part in task.parts],
            "objects": list(task.objects),
            "leans_on": task.leans_on.id if task.leans_on else "",
        }
        for task in tasks
    ]
    return {"op": "tasks", "tasks": told, "units": dict(units)}


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
