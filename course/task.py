"""How a graded task is described: once, for its checks, its grades, its tests and reports."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """One quantity that a task asks for.

    name : the quantity, as the notebooks write it.
    points : what it earns.
    axes : what each axis of its array counts, such as ("hidden units", "inputs"); empty for a
        number.
    within : where given, the largest absolute difference that counts as right (for numbers
        entered by hand); otherwise the precision follows from the dtypes (see `judging`).
    """

    name: str
    points: float
    axes: tuple[str, ...] = ()
    within: float | None = None


@dataclass(frozen=True)
class Case:
    """One set of arguments that a student's function is tried on.

    arguments : name -> value, in the order in which they are passed.
    says : what is special about it, in words that follow "on a case with".
    """

    arguments: dict = field(default_factory=dict)
    says: str = ""


def call(function, arguments):
    """Drive a student's function the plain way: call it, arguments in order."""
    return function(*arguments.values())


@dataclass(frozen=True)
class Task:
    """One graded task.

    id : "unit.function".
    parts : what it returns, in order, with points.
    draw : (rng, kind) -> Case, a random case of that kind.
    truth : the true values of the parts, as a function of a case's arguments by name.
    check_kinds, grade_kinds : the kinds of case that the visible check and the grade draw.
    drive : (student's object, arguments) -> what the student's object says on a case.
    wants : what the student hands over: "function", or "dict" for numbers entered by hand.
    """

    id: str
    parts: tuple[Part, ...]
    draw: Callable
    truth: Callable
    check_kinds: tuple[str, ...]
    grade_kinds: tuple[str, ...]
    drive: Callable = call
    wants: str = "function"

    @property
    def name(self):
        """The function's own name, the part of the id behind the dot."""
        return self.id.partition(".")[2]

    @property
    def points(self):
        """The points of all parts together."""
        return math.fsum(part.points for part in self.parts)
