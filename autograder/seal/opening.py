"""A zygote of notebooks that open with the same cells, which have run in it once for all."""

import json
import os
import socket
from functools import cache

from autograder.inside.outlines import outlines_as_data
from autograder.seal.sandbox import Sandbox
from autograder.seal.seal_error import SealError
from autograder.seal.self_test import self_test
from autograder.seal.zygote_line import ZygoteLine
from course.tasks import UNITS, all_tasks

_MOST_PACKET = 60_000


class Opening(Sandbox):
    """Makes forks of a sandbox's zygote in which the cells of a notebook's opening have run.

    sandbox : the Sandbox. cells : their texts. seconds : how long all of them may take. later :
    the texts of cells that forks are likely to run, none of them secret.

    Attributes: cells; outputs, those of each cell, as nbformat has them, as they came.
    Raises OpeningRefusedError where forks cannot go on from these cells, and SealError where the
    zygote has died. It is closed with its sandbox, or before.
    """

    def __init__(self, sandbox, cells, seconds, later=()):
        self._set_up(sandbox.limits, sandbox.sealed, sandbox._entry)
        self.cells = tuple(cells)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._zygote = _OpeningLine(ours)
        self._zygote.counts_processes = sandbox._zygote.counts_processes
        text = json.dumps({"cells": self.cells, "later": later, "tasks": _outlines()})
        with theirs:
            end = sandbox._begin(theirs, text.encode())
        try:
            self.outputs = self._zygote.shown(seconds)
        except BaseException:
            self.close()
            # what it runs may go on for ever
            end()
            raise
        try:
            self_test(self)
        except BaseException:
            self.close()
            raise

    @property
    def dead(self):
        """Whether no fork is to be had any more."""
        self._hear(0)
        return self._closed or self._zygote.dead or self._pid != os.getpid()

    def _start(self, line=None):
        raise SealError("The process in which a notebook's first cells had run is gone.")


def open_with(sandbox, cells, seconds, later=()):
    """Return an Opening with these cells, or with as many of the first as can be; None for none."""
    while cells:
        try:
            return Opening(sandbox, cells, seconds, later)
        except OpeningRefusedError as refused:
            cells = cells[: refused.ran]
    return None


@cache
def _outlines():
    # the same as any notebook is told that asks for them
    return outlines_as_data(all_tasks().values(), UNITS)


class OpeningRefusedError(Exception):
    """Forks cannot go on from these cells. ran : how many of them they could go on from."""

    def __init__(self, ran, why):
        super().__init__(why)
        self.ran = ran


class _OpeningLine(ZygoteLine):
    """The line to a zygote that runs cells before it is ready."""

    def shown(self, seconds):
        """Return the outputs of each cell, once they have run; raises OpeningRefusedError."""
        try:
            if not self.wait(seconds):
                raise OpeningRefusedError(0, f"They took more than {seconds:g} s.")
            packet, handed, *_ = socket.recv_fds(self.control, _MOST_PACKET, 1)
        except OSError as error:
            raise OpeningRefusedError(0, f"Their process ended: {error.strerror}.") from None
        if not packet:
            raise OpeningRefusedError(0, "Their process ended.")
        report = json.loads(packet)
        self.facts = report["ready"]
        with open(handed[0], "rb") as file:
            told = json.loads(os.pread(file.fileno(), report["opened"], 0))
        if "outputs" not in told:
            raise OpeningRefusedError(told["ran"], told["why"])
        return told["outputs"]
