"""Speaking with the process that a notebook runs in, so that it can neither lie low nor lie big.

Every wait has an end on this side's clock: an interrupt first, a kill after a grace.
"""

import time
from contextlib import contextmanager

from autograder.inside.wire import ClosedError, WireError
from autograder.seal import SealError
from autograder.verdict.outputs import Forged

GRACE = 2.0
"""Seconds between the interrupt and the kill."""

SENDING = 10.0
"""Seconds in which an op must be taken in; the process has nothing else to do then."""


class Lost(Exception):  # noqa: N818  (what happened, not what is wrong with the call)
    """The process is gone, or is not spoken with any more; the message says why, as a sentence.

    in_time : False where it had to be killed for not ending when it was interrupted.
    """

    def __init__(self, why, in_time=True):
        super().__init__(why)
        self.in_time = in_time


class Exchange:
    """The host's end of a conversation with one Fork.

    Attributes: lost, the Lost that ended it, or None; functions, all of the host's that went over
    so far, so that each has a number of its own.
    """

    def __init__(self, fork):
        self._fork, self._channel = fork, fork.channel
        self.lost = None
        self.functions = []

    def tell(self, op):
        """Send an op that is not answered; raises Lost."""
        if self.lost:
            raise self.lost
        try:
            # a process that does not read holds nobody up
            self._channel.send(op, self.functions, time.monotonic() + SENDING)
        except (WireError, TimeoutError) as error:
            raise self._end(error) from error

    def ask(self, op, wanted, until, serve):
        """Send an op and return (event, late): what it is answered with, and whether in time.

        wanted : names of the events that answer it. until : a moment of time.monotonic(); past
        it the process is interrupted, and past a grace killed. serve : name of an event that may
        come before -> function of the event.

        Raises Lost where nothing more is to be had from the process.
        """
        self.tell(op)
        late = False
        while True:
            event = self._hear(until)
            if event is None:
                if late:
                    raise self.give_up(
                        "It did not end when it was interrupted, and was killed.", in_time=False
                    )
                late, until = True, time.monotonic() + GRACE
                self._fork.interrupt()
                continue
            name = event["event"]
            if name in wanted:
                return event, late
            if name not in serve:
                raise self.give_up(f"Its process said {name[:40]!r} out of turn.")
            serve[name](event)

    def give_up(self, why, in_time=True):
        """Kill the process; return the Lost that says why, for the caller to raise."""
        self._fork.kill()
        self.lost = self.lost or Lost(why, in_time)
        return self.lost

    @contextmanager
    def held_to_rules(self):
        """Run a block that takes what came; what is Forged ends the process, and Lost is raised."""
        try:
            yield
        except Forged as forged:
            raise self.give_up(f"Its process broke the rules: {forged}") from forged

    def _hear(self, until):
        """Return the next event, or None where none came in time; raises Lost."""
        if self.lost:
            raise self.lost
        # what floods the channel is late all the same
        if time.monotonic() >= until:
            return None
        try:
            event = self._channel.receive(until)
        except TimeoutError:
            return None
        except WireError as error:
            raise self._end(error) from error
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            raise self.give_up("Its process sent what is no message.")
        return event

    def _end(self, error):
        """Return the Lost that follows from an error of the channel."""
        if isinstance(error, ClosedError):
            died = self._fork.died
            if (self._fork.report or {}).get("unsealed"):
                # no student's doing: nothing may be made of it
                raise SealError(f"A notebook's process was not sealed: {died}.") from error
            why = f"Its process came to an end: {died or 'it closed its channel'}."
        elif isinstance(error, TimeoutError):
            why = "Its process took in nothing any more."
        else:
            why = f"Its process sent what cannot be taken: {error}"
        return self.give_up(why)
