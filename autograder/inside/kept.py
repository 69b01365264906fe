"""What the next cell needs, kept from before the first one ran, and put back after each.

This is against accidents: a cell that replaces sys.stdout or deletes `len` must cost nothing
but itself. It is no seal.
"""

import builtins
import contextlib
import functools
import getpass
import inspect
import io
import json
import linecache
import os
import re
import signal
import struct
import sys
import threading
import time
import tokenize
import traceback

from course.handlers import get_handler, set_handler

# what the session and IPython work with; a notebook that gives one of them another function
# has it for one cell
_MODULES = (contextlib, functools, getpass, inspect, io, json, json.decoder)
_MODULES += (json.encoder, linecache, re, signal, struct, time, tokenize, traceback)


class Kept:
    """The names, streams, handlers and limits of this process as they are when it is made."""

    def __init__(self):
        # no more than functions and classes of most: each of these objects lies in a page of
        # memory that the fork has to copy
        self._modules = [(vars(builtins), dict(vars(builtins)))]
        for module in _MODULES:
            called = {name: one for name, one in vars(module).items() if callable(one)}
            self._modules.append((vars(module), called))
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
        # no name of `builtins` before these lines: it may be the one that was deleted
        for names, before in self._modules:
            names.update(before)
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
