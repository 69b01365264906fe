"""A host's line to a zygote: what it asks for, and what it is told."""

import json
import os
import select
import socket

START_SECONDS = 120
_MOST_PACKET = 65536


class ZygoteLine:
    """A socket on which one host speaks with a zygote, which it may share with others.

    control : the socket. See `autograder/inside/zygote.py` for what is said on it.

    Attributes: facts (dict of what the zygote said when it was ready), dead (for the sandbox to
    note that it is gone), counts_processes (whether the kernel keeps the limit on the number of
    a fork's processes), pictures (those that other hosts had it keep, [key, html, alt] each),
    drawing (how many hosts have said that they will have it keep more, and have not yet).
    """

    def __init__(self, control):
        self.control = control
        self.dead = False
        self.facts, self.counts_processes = {}, False
        self.pictures, self.drawing = [], 0

    def wait_until_ready(self):
        """Wait until the zygote can be asked for forks; raises EOFError where it never will be."""
        report = self.receive(START_SECONDS)
        if report is None:
            raise EOFError
        self.facts = report["ready"]
        self.counts_processes = self.facts.get("counts_processes", self.counts_processes)

    def send(self, request, handed=()):
        """Send the zygote a request, with file descriptors; raises OSError where it is gone."""
        packet = json.dumps(request).encode()
        socket.send_fds(self.control, [packet], list(handed), socket.MSG_NOSIGNAL)

    def receive(self, seconds):
        """Return the zygote's next report, or None if none comes in time; raises EOFError."""
        if not self.wait(seconds):
            return None
        try:
            packet, handed, *_ = socket.recv_fds(self.control, _MOST_PACKET, 1)
        except OSError:
            packet, handed = b"", []
        if not packet:
            raise EOFError
        report = json.loads(packet)
        self.drawing += "will_keep" in report
        for file in handed:
            self.drawing = max(0, self.drawing - 1)
            with open(file, "rb") as kept:
                self.pictures += json.loads(os.pread(kept.fileno(), report["kept"], 0))
        return report

    def wait(self, seconds):
        """Whether a report is there within some seconds; raises EOFError where none will come."""
        if self.dead:
            raise EOFError
        ready = select.poll()
        ready.register(self.control, select.POLLIN)
        return bool(ready.poll(max(0, seconds) * 1000))

    def will_keep(self):
        """Say that pictures are being drawn for `keep`; raises OSError."""
        self.send({"will_keep": True})

    def keep(self, pictures):
        """Have every fork from now on know pictures, [key, html, alt] each; raises OSError."""
        text = json.dumps(pictures).encode()
        with open(os.memfd_create("pictures"), "wb", buffering=0) as file:
            file.write(text)
            self.send({"keep": len(text)}, [file.fileno()])

    def complaints(self):
        """Return what the zygote wrote to standard error, as far as it is known here."""
        return ""

    def leave(self):
        """Leave the zygote, which ends what was forked for this host."""
        self.dead = True
        self.control.close()

    def close(self):
        """Be done with the zygote: leave it and, where it is one's own, wait until it is gone."""
        self.leave()
