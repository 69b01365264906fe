"""How a graded task is described: once, for its checks, its grades, its tests and reports."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from course.asked import Asked, AskedPart
from course.driving import drive_of
from course.stack import Stack, form


@dataclass(frozen=True)
class Part:
    """One quantity that a task asks for.

    name : the quantity, as the notebooks write it.
    points : what it earns.
    axes : what each axis of its array counts, such as ("hidden units", "inputs"); empty for a
        number.
    within : where given, the largest absolute difference that counts as right (for numbers
        entered by hand); otherwise the precision follows from the dtypes (see `comparing`).
    relative : where given, a relative difference that counts as rounding even in float64.
    many : "list" or "dict" where the part is several arrays, one a layer or by name.
    among : the words, one of which is the answer; empty for numbers.
    of : the argument whose gradient the part is; by default its name without the d.
    nearest : where several values are right, (came, true, **arguments) -> of those that are
        right, the one nearest to what came.
    amiss : where the values are drawn at random, (Evidence, Part, Trial) -> what is wrong with
        those that came, in words; "" where nothing is.
    partly : (Evidence, Part) -> the share of the points, 0 to 1, that values which are not
        right still earn.
    """

    name: str
    points: float
    axes: tuple[str, ...] = ()
    within: float | None = None
    relative: float = 0.0
    many: str = ""
    among: tuple[str, ...] = ()
    of: str = ""
    nearest: Callable | None = None
    amiss: Callable | None = None
    partly: Callable | None = None

    def right_value(self, came, true, case):
        """Return the right value to hold an array that came against: see `nearest`."""
        if self.nearest is None or form(came) != form(true):
            return true
        return self.nearest(came, true, **case.arguments)

    def value(self, came):
        """Return the part's true value as the array that answers are compared with.

        came : an array, a list or dictionary of arrays (see `many`), or a word (see `among`).
        """
        if self.many:
            return came if isinstance(came, Stack) else Stack.of(came)
        if isinstance(came, str):
            return np.asarray(float(self.among.index(came)))
        return np.asarray(came)


@dataclass(frozen=True)
class Case:
    """One set of arguments that a student's function is tried on.

    arguments : name -> value, in the order in which they are passed.
    says : what is special about it, in words that follow "on a case with".
    traits : what mistakes may want to know of it: "integers", "narrow" (floats of
        less than 64 bits), "extreme" (logits that overflow unshifted), "apart" (logits so far
        apart that the right class's p underflows), "rows differ", "vast" (so many parameters
        that only a backward pass comes back in time; no mistake is looked for in its values).
    """

    arguments: dict = field(default_factory=dict)
    says: str = ""
    traits: frozenset = frozenset()


@dataclass(frozen=True)
class Follow:
    """How a part follows from others that the same student computed before it.

    after : the names of those parts, of this task or of the one that it leans on.
    value : (arguments, *values of those parts) -> the value that follows from them.
    """

    after: tuple[str, ...]
    value: Callable


def _no_quantities(**arguments):
    return None


def _no_parts(quantities, arguments):
    return ()


@dataclass(frozen=True)
class Task:
    """One graded task.

    id : "unit.function".
    parts : what it returns, in order, with points.
    draw : (rng, kind) -> Case, a random case of that kind.
    truth : the true values of the parts, as a function of a case's arguments by name.
    check_kinds, grade_kinds : the kinds of case that the visible check and the grade draw.
    mistakes : ids of the plausible ones, the likelier first.
    quantities : arguments by name -> the true quantities that mistakes tamper with; none by
        default, for tasks that say themselves what a mistake makes (see `shows`, `sees`).
    read : (quantities, arguments) -> the parts as these quantities make them.
    follows : part name -> Follow, or a tuple of them for several ways, for parts that are
        computed from others.
    leans_on : the Task whose answer a student may use here; it may be handed over as a second
        object, so that its mistakes are not punished again.
    shows : id of a mistake -> function(arguments) that yields the parts, each time as a tuple,
        as that mistake makes them; for tasks whose quantities are no network.
    sees : id of a mistake -> function(Evidence, Part) that says whether what came shows it here,
        in place of the library's own `seen`.
    tampers : id of a mistake -> function(quantities) that yields them as that mistake makes them,
        for quantities that are no network; unlike what `shows` says, it goes with a second mistake.
    hints : id of a mistake -> (hint, where to look) in this task's own terms, where those of the
        library speak of a network.
    objects : the names of what is handed over together, where it is more than the task's own
        function; the drive then gets them as a tuple.
    wants : what the student hands over: "function", "dict" for several answers by name, or
        "value" for a single one.
    seconds : how long one call may take.
    """

    id: str
    parts: tuple[Part, ...]
    draw: Callable
    truth: Callable
    check_kinds: tuple[str, ...]
    grade_kinds: tuple[str, ...]
    mistakes: tuple[str, ...]
    quantities: Callable = _no_quantities
    read: Callable = _no_parts
    follows: dict = field(default_factory=dict)
    leans_on: "Task | None" = None
    shows: dict = field(default_factory=dict)
    sees: dict = field(default_factory=dict)
    tampers: dict = field(default_factory=dict)
    hints: dict = field(default_factory=dict)
    objects: tuple[str, ...] = ()
    wants: str = "function"
    seconds: float = 2.0

    @property
    def name(self):
        """The function's own name, the part of the id behind the dot."""
        return self.id.partition(".")[2]

    @property
    def points(self):
        """The points of all parts together."""
        return math.fsum(part.points for part in self.parts)

    def leans_with(self, count):
        """Whether so many objects handed over are more than the task's own."""
        return count > max(len(self.objects), 1)

    @property
    def drive(self):
        """How a student's object is driven: (object, arguments) -> what it says on a case."""
        return drive_of(self.id)

    @cached_property
    def asked(self):
        """What is needed of the task beside a student's objects, as an Asked."""
        return Asked(
            id=self.id,
            name=self.name,
            parts=tuple(AskedPart(p.name, p.axes, p.many, p.among) for p in self.parts),
            wants=self.wants,
            objects=self.objects,
            seconds=self.seconds,
            # looking slows a call, and only that mistake asks for it
            watch="numerical-gradient" in self.mistakes,
            leans_on=self.leans_on and replace(self.leans_on.asked, leans_on=None),
        )

    @cached_property
    def all_leaned_on(self):
        """The tasks that this one leans on: the one that it names, that one's, and so on."""
        one = self.leans_on
        return (one, *one.all_leaned_on) if one else ()

    def replaced_with(self, failed):
        """Return the tasks for which the true values stand in where they do: the one leaned on,
        and those that this leans on and whose names are among the failed."""
        return tuple(
            one for one in self.all_leaned_on if one is self.leans_on or one.name in failed
        )

    @cached_property
    def argument_names(self):
        """The names of the arguments that this task's function takes, in order."""
        return tuple(self.draw(np.random.default_rng(0), self.check_kinds[0]).arguments)

    def of_its_arguments(self, case):
        """Return the case with only those arguments that this task's function takes."""
        arguments = {name: case.arguments[name] for name in self.argument_names}
        return Case(arguments, case.says, case.traits)
