"""Ctrl-C and SIGTERM as a wish that a long run sees to in its own time."""

import signal
import threading
from contextlib import contextmanager

STOPPED = 130
"""The exit code of who was stopped, as a shell has it for Ctrl-C."""


class Stop:
    """Whether somebody asked to stop; a run looks at `asked` every so often.

    then : a function to be called, in a thread of its own, when it is asked for.
    """

    def __init__(self, then=None):
        self.asked, self.then = False, then

    def ask(self):
        """Ask for it; may be called where a signal is handled."""
        self.asked = True
        if self.then:
            # not here: a signal may come while a lock is held that it needs
            threading.Thread(target=self.then, daemon=True).start()


@contextmanager
def stop_on_signals(stop):
    """Have Ctrl-C and SIGTERM ask for a Stop during a block.

    A second one is not waited with: it raises KeyboardInterrupt where the block is just then.
    """

    def ask(*_):
        if stop.asked:
            raise KeyboardInterrupt
        stop.ask()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
