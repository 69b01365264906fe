"""What a task asks for, in plain data: all that is needed beside a student's objects."""

from dataclasses import asdict, dataclass
from functools import cached_property


@dataclass(frozen=True)
class AskedPart:
    """One quantity that a task asks for; name, axes, many and among are those of its Part."""

    name: str
    axes: tuple[str, ...] = ()
    many: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A task without its cases and true values, to be driven and read by.

    id, name, wants, objects, seconds : those of the Task.
    parts : an AskedPart for each of its parts, in order.
    watch : whether calls are to be looked into for the perturbing of single parameters.
    leans_on : the Asked of the task whose answer may be used here, itself leaning on none.
    """

    id: str
    name: str
    parts: tuple[AskedPart, ...]
    wants: str = "function"
    objects: tuple[str, ...] = ()
    seconds: float = 2.0
    watch: bool = False
    leans_on: "Asked | None" = None

    def handed_over(self, objects):
        """Return what the drive takes of all the objects handed over, and the rest of them."""
        if not self.objects:
            return objects[0], tuple(objects[1:])
        count = len(self.objects)
        return tuple(objects[:count]), tuple(objects[count:])

    def as_data(self):
        """Return it as plain data, ready for JSON and not to be changed; see `from_data`."""
        return self._data

    @cached_property
    def _data(self):
        return asdict(self)

    @classmethod
    def from_data(cls, data):
        """Return the Asked that `as_data` described; raises KeyError or TypeError otherwise."""
        parts = tuple(
            AskedPart(**{**part, "axes": tuple(part["axes"]), "among": tuple(part["among"])})
            for part in data["parts"]
        )
        leans_on = data["leans_on"] and cls.from_data(data["leans_on"])
        read = {"parts": parts, "objects": tuple(data["objects"]), "leans_on": leans_on}
        return cls(**{**data, **read})
