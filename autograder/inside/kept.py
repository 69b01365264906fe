"""What the next cell needs, kept from before the first one ran, and put back after each.

This is against accidents: a cell that replaces sys.stdout or deletes `len` must cost nothing
but itself. It is no seal.
"""

import os
import signal
import sys
import threading

from course.handlers import get_handler, set_handler


class Kept:
    """The streams, handlers and limits of this process as they are when it is made.

    names : the KeptNames, which are put back with them.
    """

    def __init__(self, names):
        self._put_back_names = names.put_back
        self._streams = sys.stdout, sys.stderr, sys.stdin, sys.displayhook, sys.excepthook
        self._limit = sys.getrecursionlimit()
        self._folder = os.getcwd()
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        self._signals = [
            (number, get_handler(number))
            for number in (signal.SIGINT, signal.SIGALRM, signal.SIGTERM, signal.SIGPIPE)
        ]
        # the calls themselves, should a cell replace them
        self._calls = (sys.settrace, sys.setprofile, sys.setrecursionlimit, sys.getrecursionlimit)
        self._os = os.getcwd, os.chdir
        self._mend = set_handler, signal.setitimer, signal.pthread_sigmask
        self._timer, self._set_mask = signal.ITIMER_REAL, signal.SIG_SETMASK

    def put_back(self):
        """Put back what a cell may have changed; names that it added stay, as in a notebook."""
        # no name of `builtins` before this line: it may be the one that was deleted
        self._put_back_names()
        settrace, setprofile, setrecursionlimit, getrecursionlimit = self._calls
        settrace(None)
        setprofile(None)
        sys.stdout, sys.stderr, sys.stdin, sys.displayhook, sys.excepthook = self._streams
        if getrecursionlimit() < self._limit:
            setrecursionlimit(self._limit)
        threading.settrace(None)
        threading.setprofile(None)
        set_handler, set_timer, set_mask = self._mend
        set_timer(self._timer, 0)
        for number, handler in self._signals:
            set_handler(number, handler)
        set_mask(self._set_mask, self._mask)
        getcwd, chdir = self._os
        try:
            getcwd()
        except OSError:  # the cell took its own folder away
            chdir(self._folder)
