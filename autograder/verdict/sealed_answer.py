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
from autograder.verdict.host_calls import ONLY_CELLS_ASK, HostCalls
from course.arguments import entries_of
from course.called import NOT_BACK, Called
from course.running import STARVED
from course.stack import Stack

PATIENCE = 2.0
"""Seconds past a task's own limit, which is kept inside, until a call counts as not come back."""

TOGETHER, TOGETHER_SECONDS = 20_000, 1.0
"""Calls whose arguments have so many numbers at the most go over in one message, and are
answered in one as far as they are done by then; a larger one goes alone, and by its own clock."""

MOST_NUMBERS, MOST_IN_ALL = 4_000_000, 16_000_000
"""How many numbers the parts of one call may have, and those of all calls together, which are
kept until they are judged."""

MOST_ARRAYS = 1_000

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
    leans, proven, deadly, failed : as in `LocalAnswer`. until : when the cell's time is up, as
    time.monotonic() tells it. hold : the expressions by which the objects are to be found first;
    none where the slot holds them already.

    Its methods raise Lost where the process is gone, CellStopped where the time is up, and
    BrokeOff for what the student's objects raise past every guard.
    """

    def __init__(
        self,
        exchange,
        asked,
        slot,
        leans,
        until,
        hold=(),
        *,
        proven=frozenset(),
        deadly=False,
        failed=frozenset(),
    ):
        self._exchange, self._asked, self._until = exchange, asked, until
        self.proven, self.deadly, self.failed = proven, deadly, failed
        self._leans = bool(asked.leans_on) and leans
        self._about = {"slot": slot, "asked": asked.as_data()}
        if hold:
            self._about["hold"] = list(hold)
        self._kept, self._changed = {}, None
        self._room = MOST_IN_ALL

    @property
    def leans(self):
        """As in `LocalAnswer`, while there is a process to be asked."""
        return self._leans and not self._exchange.lost

    def calls(self, asks, names=()):
        """Return a Called for each of the first few Asks, one or more; see `LocalAnswer`."""
        if self._exchange.lost:
            raise self._exchange.lost
        some = _that_go_together(asks)
        came = self._calls(some, {"names": list(names), "last": len(some) == len(asks)})
        for called, ask in zip(came, some, strict=False):
            if ask.keep is not None:
                # over the one that was kept by that number, where it was asked for again
                self._kept[ask.keep] = called.parts
        return came

    def changed_later(self):
        """Return which parts of each kept call are not any more what came; see `LocalAnswer`."""
        if self._exchange.lost or not self._kept:
            # killed over a call that did not end: what came before it stays as it came
            return {}
        told = self._changed
        if told is None:
            op = {"op": "changed_later"}
            event, late = self._ask(op, "changed", self._asked.seconds)
            told = {} if late else event.get("are")
        if not isinstance(told, dict) or not all(map(_are_indices, told.values())):
            raise self._exchange.give_up("Its process did not say which arrays it changed.")
        return {
            number: frozenset(told.get(number, ())) & frozenset(range(len(parts)))
            for number, parts in self._kept.items()
        }

    def _calls(self, asks, beside):
        """Return the Called of as many of these asks as were done together, one or more."""
        # one alone may take the time that a call may take, and no more
        together = TOGETHER_SECONDS if len(asks) > 1 else 0.0
        told = [ask.as_data() for ask in asks]
        op = {"op": "calls", "asks": told, "seconds": together, **beside}
        seconds = max(self._asked_of(ask).seconds for ask in asks) + together
        so_far = []

        def keep(event):
            if so_far:
                raise self._exchange.give_up("Its process told twice what was done so far.")
            so_far.append(event)

        try:
            event, late = self._ask(op, "called", seconds, asks, {"so_far": keep})
        except Lost as lost:
            if lost.in_time:
                raise
            late = True
        if not late:
            self._changed = event.get("changed")
            return self._read(event.get("are"), asks)
        self._changed = None
        # the one under way was stopped, and others may have been done before it
        told = so_far[0].get("are") if so_far else []
        if isinstance(told, list):
            told = told[: len(asks) - 1]
        done = self._read(told, asks) if told else []
        return done if done and done[-1].ends else [*done, _STOPPED]

    def _asked_of(self, ask):
        return self._asked.leans_on if ask.leaned_on else self._asked

    def _read(self, told, asks):
        """Return the Calleds that were told of these asks, or of the first of them."""
        if not isinstance(told, list) or not 0 < len(told) <= len(asks):
            raise self._exchange.give_up("Its process told of calls that it was not asked for.")
        came = [
            self._called(one, self._asked_of(ask), ask)
            for one, ask in zip(told, asks, strict=False)
        ]
        if any(called.ends for called in came[:-1]):
            raise self._exchange.give_up("Its process told of calls after one that ends them.")
        return came

    def _called(self, told, asked, ask):
        try:
            called = Called.from_data(told, asked, tuple(ask.arguments))
            self._room -= _count_bounded(called.parts)
            if self._room < 0:
                raise ValueError(f"more than {MOST_IN_ALL:,} numbers came back in all.")
        except ValueError as error:
            raise self._exchange.give_up(f"Its process told what no call does: {error}") from error
        if not (called.parts or called.trouble or called.unfit):
            raise self._exchange.give_up("Its process told of a call without an end.")
        return _in_lines(called)

    def _ask(self, op, wanted, seconds, asks=(), serve=None):
        """Put an op to the other process; return (event, late), late where it was interrupted."""
        served = HostCalls(self._exchange, asks)
        now = time.monotonic()
        if now >= self._until:
            raise CellStopped
        event, late = self._exchange.ask(
            {**self._about, **op},
            (wanted, "error"),
            min(now + STARVED * seconds + PATIENCE, self._until),
            {"call_host": served, **dict.fromkeys(ONLY_CELLS_ASK, served.refuse), **(serve or {})},
        )
        # it is told once: the slot keeps it
        self._about = {"slot": self._about["slot"]}
        if time.monotonic() >= self._until:
            raise CellStopped
        if event["event"] == "error" and not late:
            raise BrokeOff(event.get("output"))
        return event, late


def _that_go_together(asks):
    """Return the first of some Asks, and those after it that are small enough to go with it."""
    some, left = [], TOGETHER
    for ask in asks:
        left -= entries_of(ask.arguments)
        if some and left < 0:
            break
        some.append(ask)
    return some


def _are_indices(told):
    return isinstance(told, list) and all(type(index) is int for index in told)


def _count_bounded(parts):
    """Return how many numbers parts have; raises ValueError where they are too large to judge."""
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    sizes = [math.prod(shape) for array in arrays for _, shape in getattr(array, "shapes", ())]
    numbers = sum(array.size for array in arrays)
    if numbers > MOST_NUMBERS or max(sizes, default=0) > MOST_NUMBERS:
        raise ValueError(f"more than {MOST_NUMBERS:,} numbers came back.")
    if any(isinstance(one, Stack) and len(one.shapes) > MOST_ARRAYS for one in arrays):
        raise ValueError(f"more than {MOST_ARRAYS:,} arrays came back for one part.")
    return numbers


def _in_lines(called):
    """Return a Called whose sentences are each one line of letters that can be printed."""
    said = called.trouble or called.unfit or called.raised or called.warned or called.kept
    # most say nothing at all
    if not said and not any(isinstance(part, str) for part in called.parts):
        return called
    return replace(
        called,
        parts=tuple(_line(part) if isinstance(part, str) else part for part in called.parts),
        trouble=_line(called.trouble),
        unfit=_line(called.unfit),
        raised=_line(called.raised),
        warned=tuple(map(_line, called.warned)),
        kept=_line(called.kept, "\n\t"),
    )


def _line(text, kept=""):
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in kept else " " for one in text)
