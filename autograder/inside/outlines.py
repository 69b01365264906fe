"""The outlines of the tasks: names, parts and points, as the notebooks themselves show them.

The host tells them when first asked; no truth is in them.
"""

from dataclasses import dataclass, field


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
