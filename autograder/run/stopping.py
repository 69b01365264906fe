"""Ctrl-C and SIGTERM as a wish that a long run sees to in its own time."""

import logging
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


class Interrupted(KeyboardInterrupt):
    """Ctrl-C or a SIGTERM, for whoever sees to a KeyboardInterrupt.

    After a KeyboardInterrupt itself has come out of code that was made at run time, such as a
    dataclass's methods, `python -m` ends as if killed by it, caught or not, and whatever exit
    code it is asked for (run_eval_code_obj in CPython's Python/pythonrun.c).
    """


@contextmanager
def interrupted_by_signals():
    """Have Ctrl-C and SIGTERM raise Interrupted during a block, where it is just then.

    A library that cannot close a file or a connection for it, and logs that before it passes it
    on, is not heard where nothing else has been set up to hear it.
    """

    def interrupt(*_):
        raise Interrupted

    logging.lastResort.addFilter(_of_something_else)
    try:
        with _handling(interrupt):
            yield
    finally:
        logging.lastResort.removeFilter(_of_something_else)


def _of_something_else(record):
    return not (record.exc_info and isinstance(record.exc_info[1], Interrupted))


@contextmanager
def stop_on_signals(stop):
    """Have Ctrl-C and SIGTERM ask for a Stop during a block.

    A second one is not waited with: it raises Interrupted where the block is just then.
    """

    def ask(*_):
        if stop.asked:
            raise Interrupted
        stop.ask()

    with _handling(ask):
        yield


@contextmanager
def _handling(handler):
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
