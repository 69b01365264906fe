"""A student's process, as the host sees it."""

import contextlib
import select
import time

from autograder.inside.wire import Channel
from autograder.seal import deaths

INTERRUPT, KILL = 2, 9
_GRACE_SECONDS = 2.0


class Fork:
    """One student's process, as the host sees it.

    channel : the Channel to it. A fork that is left (`with`) or closed is killed.
    """

    def __init__(self, sandbox, zygote, number, ours, limits):
        self.channel = Channel(ours)
        self.limits = limits
        self._sandbox, self._zygote, self._number = sandbox, zygote, number
        self._hung_up = select.poll()
        self._hung_up.register(ours, select.POLLRDHUP)
        self._asked_to_die = False
        self._report = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def interrupt(self):
        """Send SIGINT, which Python turns into KeyboardInterrupt; nothing if it has ended."""
        self._signal(INTERRUPT)

    def kill(self):
        """End the process at once, with all that it started; it can be called twice."""
        if not self._heard(0):
            self._asked_to_die = True
            self._signal(KILL)

    @property
    def died(self):
        """None while it lives; else why it ended, in words (see `deaths.in_words`).

        A process that closed its channel is given a moment to end, and is killed then.
        """
        if self.channel.fileno() == -1 or self._hung_up.poll(0):
            if not self._heard(_GRACE_SECONDS):
                self.kill()
                if not self._heard(_GRACE_SECONDS):
                    return "the process closed its channel"
        elif not self._heard(0):
            return None
        return deaths.in_words(self._report, self.limits, self._asked_to_die)

    @property
    def report(self):
        """What the zygote said of its end, or None: status, cpu (seconds), peak (bytes)."""
        return self._report if self._heard(0) else None

    def complaints(self):
        """Return what the zygote wrote to standard error, for whoever looks for a fault."""
        return self._zygote.complaints()

    def close(self):
        """Kill it if it lives, close its channel, and wait until it is gone."""
        self.kill()
        self.channel.close()
        self._heard(_GRACE_SECONDS)

    def _signal(self, number):
        try:
            self._zygote.send({"signal": self._number, "number": number})
        except OSError:
            return  # the zygote is gone, and its forks with it

    def _heard(self, seconds):
        """Whether the zygote reported its end, waiting up to some seconds for that."""
        if self._report:
            return True
        until = time.monotonic() + seconds
        while True:
            with self._sandbox._lock:
                if self._sandbox._zygote is self._zygote:
                    self._sandbox._hear(0)
                self._report = self._sandbox._ended.pop(self._number, None)
                if self._report is None and self._zygote.dead:
                    # nothing that a notebook does is known to bring it about
                    self._report = {"zygote": "died", "unsealed": "its zygote is gone"}
            left = until - time.monotonic()
            if self._report or left <= 0:
                return bool(self._report)
            with contextlib.suppress(EOFError):
                # not for long: another thread may take the report in
                self._zygote.wait(min(left, 0.05))
