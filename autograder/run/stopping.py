"""Ctrl-C and SIGTERM as a wish that a long run sees to in its own time."""

import logging
import signal
import sys
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


class _Interrupt:
    """The handler that raises Interrupted; `asked` tells whether it ever has.

    What it raises may be lost: Python passes over whatever comes out of the callback of a weak
    reference, and each import has one (importlib's locks).
    """

    asked = False

    def __call__(self, *_):
        self.asked = True
        raise Interrupted


@contextmanager
def interrupted_by_signals():
    """Have Ctrl-C and SIGTERM raise Interrupted during a block, where it is just then.

    A library that cannot close a file or a connection for it, and logs that before it passes it
    on, is not heard where nothing else has been set up to hear it; nor is Python's word of one
    that it passed over.
    """
    lost = sys.unraisablehook

    def passed_over(about):
        if not isinstance(about.exc_value, Interrupted):
            lost(about)

    logging.lastResort.addFilter(_of_something_else)
    sys.unraisablehook = passed_over
    try:
        with _handling(_Interrupt()):
            yield
    finally:
        sys.unraisablehook = lost
        logging.lastResort.removeFilter(_of_something_else)


def _of_something_else(record):
    return not (record.exc_info and isinstance(record.exc_info[1], Interrupted))


@contextmanager
def stop_on_signals(stop):
    """Have Ctrl-C and SIGTERM ask for a Stop during a block.

    One that was lost before the block, on its way through `interrupted_by_signals`, asks for it
    as well. A second one is not waited with: it raises Interrupted where the block is just then.
    """

    def ask(*_):
        if stop.asked:
            raise Interrupted
        stop.ask()

    with _handling(ask) as before:
        if any(getattr(handler, "asked", False) for handler in before):
            stop.ask()
        yield


@contextmanager
def _handling(handler):
    """Handle both signals by a function during a block, which gets those that did before."""
    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield before.values()
    finally:
        for number, old in before.items():
            signal.signal(number, old)
