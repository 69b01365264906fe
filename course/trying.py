"""Trying what a student wrote, and bringing home plain facts about it.

Everything that touches the student's objects happens here, in `driving`, in `running` and in
`reading`. What comes back holds arrays, numbers and strings only; no true value is known here,
so all of it can lie in a process of its own.
"""

import inspect
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

import numpy as np

from course.arguments import changed, entries_of, fresh, same
from course.called import NOT_BACK, Called
from course.driving import drive_of
from course.driving.calling import call
from course.reading import NOT_WRITTEN, UnreadableError, as_parts, in_words, kind
from course.running import SECONDS, TimeUp, run

_MOST_LAYERS = 5
"""How deep in wrappers of other kinds than functools.wraps a function is looked for."""

FEW = 1000
"""Numbers in the arguments of a call that takes milliseconds, however it is written."""


@dataclass(frozen=True, eq=False)
class Ask:
    """One call that an answer is asked for.

    arguments : by name; the call gets copies of its own. leaned_on : whether the object for the
    task leaned on is called, and not the task's own. watch : whether to look for single entries
    of the arguments moved, which slows the call. stand_ins : by name, functions to be found
    where the object calls what the notebook has by these names. keep : the number by which
    `changed_later` is to tell of what came; None where it is not to look at it once more.
    """

    arguments: dict
    leaned_on: bool = False
    watch: bool = False
    stand_ins: dict = field(default_factory=dict)
    keep: int | None = None

    def as_data(self):
        """Return it as a dictionary, with no more in it than `Ask(**data)` needs."""
        told = {name: value for name, value in vars(self).items() if value}
        return told | {"arguments": self.arguments, "keep": self.keep}


class LocalAnswer:
    """A student's answer to a task, in this process.

    asked : the Asked of the task; objects : what the student handed over, the task's own first.
    leans : whether something was handed over for the task that this one leans on. proven : names
    of that task's parts which are known to come right where it is judged itself: none, here.
    deadly : whether that is thought to end the process where it is called: never, here. failed :
    names of tasks that this one leans on and that earned nothing where they were judged
    themselves: not known, here.
    """

    proven, deadly, failed = frozenset(), False, frozenset()

    def __init__(self, asked, objects):
        self._asked, self._leaned_on = asked, asked.leans_on
        self._own, self._rest = asked.handed_over(objects)
        self.leans = bool(asked.leans_on and self._rest)
        self._kept = {}

    def calls(self, asks, names=()):
        """Return a Called for the first Ask, or for as many as are to be had at once, in order.

        names : those of the arguments of the longest case, with the first asks of all: nothing
        is called that cannot be called with them, and the one Called that comes says so.
        Where the last one `ends` them, none was made after it.
        """
        return list(self.in_turn(asks, 0.0, names))

    def in_turn(self, asks, seconds, names=()):
        """Yield a Called for each Ask, until one `ends` them.

        seconds : after these no further call is begun; there is always one. names : see `calls`.
        """
        until = time.monotonic() + seconds
        reason = unfit(self._asked, self._own, names) if names else ""
        if reason:
            yield Called(unfit=reason)
            return
        for ask in asks:
            called = self._call(ask)
            yield called
            if called.ends or time.monotonic() >= until:
                return

    def _call(self, ask):
        if ask.leaned_on:
            return try_once(self._leaned_on, self._rest[0], ask.arguments)[0]
        with standing_in(self._own, ask.stand_ins) if ask.stand_ins else nullcontext():
            called, returned = try_once(self._asked, self._own, ask.arguments, ask.watch)
        if ask.keep is not None:
            self._kept[ask.keep] = called.parts, returned
        return called

    def changed_later(self):
        """Return which parts of what the kept calls returned are not any more what came.

        A set of indices for each number by which one was kept, for the last one kept by it. An
        array that was handed back may have been written to since.
        """
        returned = {number: came for number, (parts, came) in self._kept.items() if parts}
        # under one guard; where one of them breaks it, each has its own
        all_now = run(
            lambda: {n: as_parts(self._asked, came) for n, came in returned.items()}
        ).value
        if all_now is None:
            all_now = {n: parts_now(self._asked, came) for n, came in returned.items()}
        return {
            number: _changed(parts, all_now[number]) if parts else frozenset()
            for number, (parts, _) in self._kept.items()
        }


def _changed(parts, now):
    return frozenset(
        index
        for index, (before, after) in enumerate(zip(parts, now, strict=False))
        if not isinstance(before, str)
        and not (not isinstance(after, str) and _equal(before, after))
    )


def _equal(before, after):
    # the first is by far the quickest, and tells nearly always
    return same(after, before) or np.array_equal(before, after, equal_nan=True)


def unfit(asked, student, names):
    """Say why a student's object cannot even be tried, or return "".

    asked : the Asked of the task. names : those of the arguments of its longest case.
    """
    # guarded like a call: the object may have ideas of its own about its signature
    return run(_unfit, asked, student, names).value or ""


def _unfit(asked, student, names):
    if asked.wants == "dict":
        if isinstance(student, dict):
            return ""
        return f"`{asked.name}` should be a dictionary; this is {kind(student)}."
    if asked.wants == "value":
        return ""
    together = student if asked.objects else (student,)
    for name, one in zip(asked.objects or (asked.name,), together, strict=False):
        if not callable(one):
            wanted = "class" if name[0].isupper() else "function"
            return f"`{name}` should be a {wanted}; this is {kind(one)}."
    if len(together) < len(asked.objects):
        return f"This is checked with {' and '.join(f'`{n}`' for n in asked.objects)} together."
    if drive_of(asked.id) is not call:
        return ""
    signature = inspect.signature(student)
    try:
        signature.bind(*names)
    except TypeError:
        if _takes_by_name(signature, names):
            return ""
        takes = list(signature.parameters)
        return (
            f"`{asked.name}` is called with {len(names)} arguments ({', '.join(names)}), "
            f"but yours takes {len(takes)} ({', '.join(takes)})."
        )
    return ""


def _takes_by_name(signature, names):
    try:
        signature.bind(**dict.fromkeys(names))
    except TypeError:
        return False
    return True


def _namespace(one):
    """Return the namespace in which an object's own code looks for what it calls, or None."""
    for _ in range(_MOST_LAYERS):
        one = inspect.unwrap(one)
        names = getattr(one, "__globals__", None)
        if names is not None:
            return names
        # np.vectorize, functools.partial, an object that can be called
        inner = [getattr(one, name, None) for name in ("pyfunc", "func")]
        one = next(filter(callable, inner), type(one).__call__)
    return None


@contextmanager
def standing_in(student, functions):
    """Let a student's object find functions where it calls what the notebook has by their names."""
    one = student[-1] if isinstance(student, tuple) else student
    # guarded like a call: the object may have ideas of its own
    names = run(_namespace, one).value or {}
    before = {name: names[name] for name in functions if name in names}
    names.update((name, functions[name]) for name in before)
    try:
        yield
    finally:
        names.update(before)


def try_once(asked, student, arguments, watch=False):
    """Return the Called of one call, and what it returned, untouched, or None.

    arguments : by name; the call gets copies of its own. watch : whether to look for single
    entries of them moved, which slows the call.
    """
    given = fresh(arguments)
    held = []

    def drive():
        held.append(drive_of(asked.id)(student, given))
        return as_parts(asked, held[0])

    outcome = run(
        drive,
        seconds=asked.seconds,
        watched=arguments if watch else None,
        # a task that says how long its calls may take means it
        few=(lambda: entries_of(arguments) <= FEW) if asked.seconds == SECONDS else None,
    )
    called = Called(
        parts=tuple(outcome.value or ()),
        trouble=_trouble(outcome),
        raised="" if outcome.error is None else in_words(outcome.error),
        changed=tuple(changed(given, arguments)),
        warned=outcome.warned,
        calls=outcome.calls,
        printed=outcome.printed,
        kept=outcome.kept,
        changed_settings=outcome.changed_settings,
    )
    return called, held[0] if held else None


def parts_now(asked, returned):
    """Return the parts of what a call returned as they are by now; () where they are none."""
    return tuple(run(as_parts, asked, returned).value or ())


def _trouble(outcome):
    """Say what kept a call from returning parts at all, or return ""."""
    error = outcome.error
    if error is None:
        return ""
    # IPython's for input() is a kind of it, and whoever gives a reason has one
    if type(error) is NotImplementedError and not error.args:
        return NOT_WRITTEN
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, TimeUp):
        return NOT_BACK
    at = f" at `{outcome.where}`" if outcome.where else ""
    name, _, said = in_words(error).partition(": ")
    return f"The call raised {name}{at}: {said}"
