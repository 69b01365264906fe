"""One zygote for all worker processes of a machine, which may start before they do."""

import os
from threading import Lock

from autograder.seal.limits import Limits
from autograder.seal.seal_error import SealError
from autograder.seal.zygote_process import ZygoteProcess

ENTRY = "inside.session:main"


class SharedZygote:
    """Gives each worker process a line to one sealed zygote, as far as that can serve them.

        with SharedZygote() as zygote:
            zygote.start(Limits())
            ...
            line = zygote.line(0, 2, limits)

    A worker gets None where there is nothing to share: where the zygote cannot be started, has
    died, or has no user id left to tell its forks from others'. It starts one of its own then,
    and says why if it cannot.
    """

    def __init__(self):
        self._process, self._visible = None, None
        self._lock = Lock()
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def can_be_shared(self):
        """Whether there are user ids to tell the forks of several workers apart: only for root."""
        return os.geteuid() == 0

    @property
    def is_there(self):
        """Whether there is a zygote, ready or not."""
        return self._process is not None

    def start(self, limits=None):
        """Start the zygote, and do not wait until it is ready.

        limits : what may be seen in it, by default what a course grants that says nothing of it.
        """
        with self._lock:
            self._start(limits or Limits())

    def line(self, number, hosts, limits):
        """Return a socket for the `Sandbox` of a worker process, or None for it to start its own.

        number : of the worker, from 0, the same for one that takes its place; hosts : how many
        there are. limits : theirs. Starts the zygote if there is none that has just these limits.
        """
        with self._lock:
            if self._closed:
                return None
            if self._visible != _visible(limits):
                self._start(limits)
            return self._process.line(number, hosts) if self._process else None

    def let_go(self):
        """Have the zygote end, with all of its forks, and do not wait; there is no other one."""
        with self._lock:
            self._closed = True
            if self._process:
                self._process.leave()

    def close(self):
        """End the zygote, if there is one, with all of its forks; waits until it is gone."""
        with self._lock:
            self._closed = True
            self._end()

    def _start(self, limits):
        self._end()
        self._visible = _visible(limits)
        try:
            self._process = ZygoteProcess(limits, True, ENTRY)
        except SealError:
            return

    def _end(self):
        process, self._process = self._process, None
        if process:
            process.close()


def _visible(limits):
    return limits.packages, limits.paths
