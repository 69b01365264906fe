"""A sandbox for one worker, in which it has forks made: one for each notebook."""

import contextlib
import os
import socket
import threading
import time
from itertools import count

from autograder.seal.fork import KILL, Fork
from autograder.seal.limits import Limits
from autograder.seal.seal_error import SealError
from autograder.seal.self_test import self_test
from autograder.seal.zygote_line import ZygoteLine
from autograder.seal.zygote_process import ZygoteProcess

ENTRY = "inside.session:main"

_DRAWING = 3.0
"""Seconds that others are given for their pictures."""


class Sandbox:
    """Runs notebooks' code in processes that can reach nothing; one zygote serves many forks.

        with Sandbox(limits) as sandbox, sandbox.fork() as fork:
            fork.channel.send(…)

    limits : Limits of every fork.
    sealed : False runs the same without bubblewrap and without any lockdown but the limits.
    entry : "module:function", called in each fork with its Channel. In the sandbox
        `autograder.inside` is the package `inside`; `inside.preparing.prepare` is called once,
        before any fork.
    entry_folder : a folder from which that module can be imported inside, read only, or None.
    line : a socket to a zygote that serves others too (see `ZygoteProcess.line`), or None for one
        of its own. Where that one has died, it starts its own.

    Several forks may live at one time, and threads may share a sandbox. After os.fork, and when
    its zygote has died, a sandbox starts a new zygote for the next fork.
    Raises SealError where nothing can be sealed, or where the seal, tried from inside, leaks.
    """

    def __init__(self, limits=None, sealed=True, entry=ENTRY, entry_folder=None, line=None):
        self._set_up(limits or Limits(), sealed, entry)
        self._entry_folder = entry_folder
        self._start(line)

    def _set_up(self, limits, sealed, entry):
        """Be a sandbox that has no zygote yet, and has made no forks."""
        self.limits, self.sealed, self._entry = limits, sealed, entry
        self._lock = threading.RLock()
        self._pid, self._closed = os.getpid(), False
        self._numbers, self._ended = count(1), {}
        self._zygote = None
        self._pictures, self._openings = {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def facts(self):
        """What the zygote found: landlock (its ABI, 0: none), address_space, python.

        And share, (k, n), where this is the k-th, from 0, of n that it serves.
        """
        return self._zygote.facts

    def fork(self, limits=None, entry=None):
        """Return a new Fork, which runs the sandbox's entry under its limits, or others.

        Raises SealError where the zygote has died and no new one can be started, and for limits
        that cannot be kept here.
        """
        limits = limits or self.limits
        with self._lock:
            if self._closed:
                raise SealError("This sandbox is closed: make another one.")
            if self._pid != os.getpid():
                self._zygote = None  # another process's; its socket is not ours to close
                self._start()
            self._hear(0)
            if self._zygote.dead:
                self._start()
            if self.sealed:
                self._refuse_uncounted(limits)
            ours, theirs = socket.socketpair()
            number = next(self._numbers)
            request = {"fork": number, "limits": limits.as_data(), "entry": entry or self._entry}
            try:
                self._ask(request, theirs)
            except BaseException:
                ours.close()
                raise
            finally:
                theirs.close()
            return Fork(self, self._zygote, number, ours, limits)

    @property
    def pictures(self):
        """What all forks know that are made from now on: a tuple of (key, html, alt).

        Those that this sandbox was given to keep, and those of others on the same zygote.
        """
        with self._lock:
            self._hear(0)
            self._take_pictures(self._zygote.pictures)
            return tuple((key, *known) for key, known in self._pictures.items())

    def will_keep(self):
        """Let others on the same zygote know that pictures are being drawn here, for `keep`."""
        with self._lock, contextlib.suppress(OSError):
            self._zygote.will_keep()

    def keep(self, pictures):
        """Have all forks from now on know pictures that a fork drew: (key, html, alt) each.

        Raises SealError where the zygote has died and no new one can be started.
        """
        with self._lock:
            self._take_pictures(pictures)
            try:
                self._zygote.keep(pictures)
            except OSError:
                self._start()

    def opening(self, cells, seconds, later=()):
        """Return an Opening, whose forks go on after cells that have run in it once for all.

        cells : a tuple of texts, those that a notebook opens with. seconds : how long all of them
        may take. later : those of cells that its forks are likely to run. It may open with the
        first few only; None where no fork can go on from any.
        It is made when first asked for, and anew where more pictures are known than it knows: so
        those that others on the same zygote are drawing just now are waited for.
        """
        from autograder.seal.opening import open_with  # it is a sandbox, too

        if not (self.sealed and cells):
            return None
        with self._lock:
            self._hear(0)
            until = time.monotonic() + _DRAWING
            while self._zygote.drawing and not self._zygote.dead and time.monotonic() < until:
                self._hear(until - time.monotonic())
            # who has not kept any by now may be gone, and is not waited for again
            self._zygote.drawing = 0
            known = len(self.pictures)
            before, made = self._openings.get(cells, (-1, None))
            if before != known or (made and made.dead):
                if made:
                    made.close()
                made = open_with(self, cells, seconds, later)
                self._openings[cells] = known, made
            return made

    def _begin(self, control, text):
        """Have an opening with these cells speak on this socket; return what ends one made for it.

        Another one that has begun with the same cells for others serves them all.
        """
        with self._lock, open(os.memfd_create("cells"), "wb", buffering=0) as file:
            file.write(text)
            number = next(self._numbers)
            self._ask({"begin": number, "size": len(text)}, control, file)
            zygote = self._zygote

        def end():
            with contextlib.suppress(OSError):
                zygote.send({"signal": number, "number": KILL})

        return end

    def _take_pictures(self, pictures):
        self._pictures |= {key: (html, alt) for key, html, alt in pictures}

    def close(self):
        """End its forks, and a zygote of its own, which is waited for. It can be called twice."""
        with self._lock:
            self._closed = True
            for _, opening in self._openings.values():
                if opening and self._pid == os.getpid():
                    opening.close()
            if self._zygote and self._pid == os.getpid():
                self._zygote.close()

    def _start(self, line=None):
        if self._zygote:
            self._take_pictures(self._zygote.pictures)
            self._zygote.close()
        self._pid = os.getpid()
        self._zygote = self._ready(line)
        if self._pictures:
            self._zygote.keep([(key, *known) for key, known in self._pictures.items()])
        if self.sealed:
            try:
                self._refuse_uncounted(self.limits)
                self_test(self)
            except BaseException:
                self.close()
                raise

    def _ready(self, line):
        """Return a zygote that is ready: at the other end of a line, or else a new one."""
        if line:
            shared = ZygoteLine(line)
            try:
                shared.wait_until_ready()
                return shared
            except EOFError:
                shared.close()  # if it cannot be started, one of our own will say why
        own = ZygoteProcess(self.limits, self.sealed, self._entry, self._entry_folder)
        own.wait_until_ready()
        return own

    def _refuse_uncounted(self, limits):
        if limits.processes and not self._zygote.counts_processes:
            raise SealError(
                f"Got c.Seal.processes = {limits.processes}, but the kernel does not count the "
                "processes of a notebook here (it does from Linux 5.14 on, for root only where "
                "it may map a second user id): leave c.Seal.processes at 0."
            )

    def _ask(self, request, *handed):
        """Send a request to the zygote, to a new one if it has just died."""
        descriptors = [one.fileno() for one in handed]
        try:
            self._zygote.send(request, descriptors)
        except OSError:
            self._start()
            self._zygote.send(request, descriptors)

    def _hear(self, seconds):
        """Take in what the zygote reports, waiting up to some seconds for a first report."""
        with self._lock:
            while not self._zygote.dead:
                try:
                    report = self._zygote.receive(seconds)
                except EOFError:
                    self._zygote.dead = True
                    return
                if report is None:
                    return
                if "ended" in report:
                    self._ended[report["ended"]] = report
                seconds = 0
