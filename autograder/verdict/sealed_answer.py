"""A student's answer in another process, for the judge to speak with as if it were in this one.

What comes back is believed where lying does not pay. The parts are the answer itself: whoever
sends the right numbers in time has found them, by whatever way. All else that is told of a call
(that it changed its arguments, warned, printed, perturbed its parameters, handed out arrays that
change) can only cost points, and a process that hides it gains what the same code without that
habit would have earned anyway. What the cell's own time is, how long a call took, and whether it
came back at all, goes by the clock on this side.
"""

import math
import time
from dataclasses import replace

import numpy as np

from autograder.verdict.exchange import Lost
from course.called import Called, parts_from_data
from course.stack import Stack
from course.trying import NOT_BACK

PATIENCE = 2.0
"""Seconds past a task's own limit, which is kept inside, until a call counts as not come back."""

MOST_HOST_CALLS = 20_000
MOST_NUMBERS = 4_000_000
"""How many numbers the parts of one call may have."""

MOST_ARRAYS = 1_000
MOST_ENTRIES = 1_000

_STOPPED = Called(trouble=NOT_BACK, raised="TimeUp: (no message)")


class CellStopped(Exception):  # noqa: N818  (what happened, not what is wrong with the call)
    """The cell's time was up before its answer was judged."""


class BrokeOff(Exception):  # noqa: N818
    """What the student handed over raised past every guard: `output` is the error as it came."""

    def __init__(self, output):
        super().__init__("The answer broke off.")
        self.output = output


class SealedAnswer:
    """Speaks as `LocalAnswer` does, of objects held in a slot of the other process.

    exchange : the Exchange. asked : the Asked of the task. slot : where its objects are held.
    leans : whether something was handed over for the task that this one leans on. until : when
    the cell's time is up, as time.monotonic() tells it.

    Its methods raise Lost where the process is gone, CellStopped where the time is up, and
    BrokeOff for what the student's objects raise past every guard.
    """

    def __init__(self, exchange, asked, slot, leans, until):
        self._exchange, self._asked, self._until = exchange, asked, until
        self.leans = bool(asked.leans_on) and leans
        self._about = {"slot": slot, "asked": asked.as_data()}
        self._kept = []

    def unfit(self, names):
        """Say why the object cannot even be tried, or return ""; see `LocalAnswer`."""
        event, late = self._ask({"op": "unfit", "names": list(names)}, "said", self._asked)
        if late:
            return ""
        if not isinstance(event.get("is"), str):
            raise self._exchange.give_up("Its process said no word of what was asked.")
        return _line(event["is"][:2000])

    def call(self, arguments, watch=False, stand_in=None, keep=True):
        """Return what a call of the task's own object did, as a Called; see `LocalAnswer`."""
        called = self._call(
            self._asked,
            arguments,
            which="own",
            watch=watch,
            stand_in=stand_in,
            stand_in_name=self._asked.leans_on.name if stand_in else "",
            keep=keep,
        )
        if keep:
            self._kept.append(called)
        return called

    def call_leaned_on(self, arguments):
        """Return what a call of the object for the task leaned on did; see `LocalAnswer`."""
        return self._call(
            self._asked.leans_on,
            arguments,
            which="leaned_on",
            watch=False,
            stand_in=None,
            stand_in_name="",
            keep=False,
        )

    def parts_now(self):
        """Return the parts of each call that was kept, as they are by now; see `LocalAnswer`."""
        if self._exchange.lost:
            # killed over a call that did not end: what came before it stays as it came
            return [called.parts for called in self._kept]
        event, late = self._ask({"op": "parts_now"}, "parts", self._asked)
        came = [] if late else event.get("are")
        # a call that was interrupted was not kept on the other side
        expected = [called for called in self._kept if called is not _STOPPED]
        if late or not isinstance(came, list | tuple) or len(came) != len(expected):
            raise self._exchange.give_up("Its process lost the arrays that it had handed over.")
        read = iter([self._read(lambda one=one: self._parts(one)) for one in came])
        return [() if called is _STOPPED else next(read) for called in self._kept]

    def _call(self, asked, arguments, **how):
        if self._exchange.lost:
            raise self._exchange.lost
        op = {"op": "call", "arguments": arguments, **how}
        try:
            event, late = self._ask(op, "called", asked, _entries(arguments))
        except Lost as lost:
            if lost.in_time:
                raise
            return _STOPPED
        if late:
            return _STOPPED
        del event["event"]
        called = self._read(lambda: Called.from_data(event, asked, tuple(arguments)))
        self._read(lambda: _refuse_unbounded(called.parts))
        if not called.parts and not called.trouble:
            raise self._exchange.give_up("Its process told of a call without an end.")
        return _in_lines(called)

    def _parts(self, data):
        parts = parts_from_data(data, self._asked)
        _refuse_unbounded(parts)
        return parts

    def _read(self, reading):
        try:
            return reading()
        except ValueError as error:
            raise self._exchange.give_up(f"Its process told what no call does: {error}") from error

    def _ask(self, op, wanted, asked, entries=0):
        """Put an op to the other process; return (event, late), late where it was interrupted."""
        served = _HostCalls(self._exchange, entries)
        now = time.monotonic()
        if now >= self._until:
            raise CellStopped
        event, late = self._exchange.ask(
            {**self._about, **op},
            (wanted, "error"),
            min(now + asked.seconds + PATIENCE, self._until),
            {"call_host": served, "check": served.refuse, "tasks": served.refuse},
        )
        # it is told once: the slot keeps it
        self._about["asked"] = None
        if time.monotonic() >= self._until:
            raise CellStopped
        if event["event"] == "error" and not late:
            raise BrokeOff(event.get("output"))
        return event, late


class _HostCalls:
    """Answers calls of the functions that go over with one op: arguments of a case, stand-ins.

    It is made before the op is sent: those that went over earlier are not answered any more.
    entries : how many numbers go over with it; about as many may come in a call, so that none
    takes longer than the case itself.
    """

    def __init__(self, exchange, entries):
        self._exchange, self._first = exchange, len(exchange.functions)
        self._most = MOST_ENTRIES + 2 * entries
        self._left = MOST_HOST_CALLS

    def __call__(self, event):
        self._left -= 1
        if self._left < 0:
            raise self._exchange.give_up(f"It called the grader {MOST_HOST_CALLS} times.")
        try:
            function = self._function(event.get("n"))
            arguments = list(map(self._meant, event.get("arguments")))
            if _entries(arguments) > self._most:
                raise ValueError(f"More than {self._most} numbers were handed over here.")
            with np.errstate(all="ignore"):
                value = function(*arguments)
        except Exception as error:  # the arguments are the student's
            known = [kind for kind in type(error).__mro__ if kind.__module__ == "builtins"]
            self._raise(known[0].__name__, str(error)[:300])
        else:
            self._exchange.tell({"op": "value", "is": value})

    def _function(self, number):
        functions = self._exchange.functions
        if type(number) is not int or not self._first <= number < len(functions):
            raise ValueError("This function belongs to a call that is over.")
        return functions[number]

    def _meant(self, argument):
        """Return an argument as it was meant; one of the host's functions comes as its number."""
        if isinstance(argument, dict) and argument.keys() == {"host_function"}:
            return self._function(argument["host_function"])
        if not _is_plain(argument, 4):
            raise TypeError("Only numbers and arrays can be handed over here.")
        return argument

    def _raise(self, kind, said):
        self._exchange.tell({"op": "raise", "type": kind, "said": said})

    def refuse(self, event):
        """Refuse what only a cell may ask for."""
        self._raise("RuntimeError", "This cannot be asked by an answer that is being judged.")


def _is_plain(value, levels):
    """Whether a value is made of numbers, real arrays, lists and dictionaries, not too deeply."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "bfiuc"
    if isinstance(value, list | tuple):
        return levels > 0 and all(_is_plain(entry, levels - 1) for entry in value)
    if isinstance(value, dict):
        return levels > 0 and all(_is_plain(entry, levels - 1) for entry in value.values())
    if type(value) is int:
        return abs(value) < 2**63
    return value is None or type(value) in (bool, float)


def _entries(value):
    """Return how many numbers a value holds, in arrays and lists and dictionaries of them."""
    if isinstance(value, dict):
        return sum(map(_entries, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_entries, value))
    return value.size if isinstance(value, np.ndarray) else 1


def _refuse_unbounded(parts):
    """Raise ValueError for parts that are too large to be judged."""
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    sizes = [math.prod(shape) for array in arrays for _, shape in getattr(array, "shapes", ())]
    if sum(array.size for array in arrays) > MOST_NUMBERS or max(sizes, default=0) > MOST_NUMBERS:
        raise ValueError(f"more than {MOST_NUMBERS:,} numbers came back.")
    if any(isinstance(one, Stack) and len(one.shapes) > MOST_ARRAYS for one in arrays):
        raise ValueError(f"more than {MOST_ARRAYS:,} arrays came back for one part.")


def _in_lines(called):
    """Return a Called whose sentences are each one line of letters that can be printed."""
    return replace(
        called,
        parts=tuple(_line(part) if isinstance(part, str) else part for part in called.parts),
        trouble=_line(called.trouble),
        raised=_line(called.raised),
        warned=tuple(_line(warning) for warning in called.warned),
        kept=_line(called.kept, "\n\t"),
    )


def _line(text, kept=""):
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in kept else " " for one in text)
