"""The one way between the grader and a student's process: frames on a socket.

What comes is taken for forged: it is bounded in size and depth, it never makes code run, and
each breach of a rule is a WireError. See `values` for what a frame holds.
"""

import math
import select
import time
from os import writev

import numpy as np

from .unpacking import lay_out, plan, unpack
from .values import MOST_BYTES, MOST_HEADER, WireError, pack, pieces

__all__ = ["Channel", "ClosedError", "WireError", "pack", "unpack"]

_BUFFER = 64 * 1024
_MOST_PIECES = 1000  # the kernel takes at most 1,024 buffers in one call


class ClosedError(WireError):
    """The other end is closed, or gone."""


class Channel:
    """One end of a socket on which values go to and fro.

    sock : a connected stream socket; the channel owns it from now on.
    make_function : see `unpack`; only for an end that trusts the other.
    most, most_header : how many bytes a frame that comes, and its header, may have.

    After a WireError nothing more can be sent or received.
    """

    def __init__(self, sock, make_function=None, most=MOST_BYTES, most_header=MOST_HEADER):
        self.socket = sock
        self.most, self.most_header = most, most_header
        self.make_function = make_function
        sock.setblocking(False)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(sock, select.POLLIN)
        self._writable.register(sock, select.POLLOUT)
        self._buffer = memoryview(bytearray(_BUFFER))
        self._start = self._end = 0
        # a frame that came in part, and where its next bytes go: a later `receive` goes on there
        self._frame = self._wanted = None
        self._broken = ""

    def fileno(self):
        """Return the socket's file descriptor, for select and poll."""
        return self.socket.fileno()

    def close(self):
        """Close the socket; what is sent or received afterwards raises ClosedError."""
        self._broken = "The channel is closed."
        self.socket.close()

    def send(self, body, functions=None, deadline=None):
        """Send a value; see `pieces` for what it may hold, and for `functions`.

        deadline : a moment of time.monotonic(); None waits as long as it takes.
        Raises WireError for what cannot be sent, ClosedError where nobody is there, TimeoutError
        past the deadline; with a part of the value sent, the channel is of no further use then.
        """
        left = pieces(body, functions)
        self._still_whole()
        self._broken = "A message before this one was sent in part."
        while left:
            # not sendmsg, by which descriptors could go along: no fork may call it
            now = self.fileno(), left[:_MOST_PIECES]
            sent = self._now(self._writable, deadline, writev, now)
            while left and sent >= len(left[0]):
                sent -= len(left.pop(0))
            if sent:
                left[0] = memoryview(left[0])[sent:]
        self._broken = ""

    def receive(self, deadline=None, most=None):
        """Return the next value that comes.

        deadline : a moment of time.monotonic(); None waits as long as it takes.
        most : how many bytes its arrays may have, by default the channel's.
        Raises TimeoutError past the deadline, and nothing is lost by that: a later call goes on
        where this one stopped. Raises ClosedError where the other end closed, WireError for what
        breaks a rule.
        """
        self._still_whole()
        try:
            if self._frame is None:
                self._frame = self._read_frame(self.most if most is None else most)
                self._wanted = next(self._frame)
            while True:
                came = self._now(self._readable, deadline, self.socket.recv_into, [self._wanted])
                if not came:
                    raise ClosedError("The other end closed the channel.")
                self._wanted = self._frame.send(came)
        except StopIteration as whole:
            self._frame = self._wanted = None
            return whole.value
        except WireError as error:
            self._broken = str(error)
            raise

    def _still_whole(self):
        if self._broken:
            raise ClosedError(self._broken)

    def _now(self, ready, deadline, act, arguments):
        """Call a socket's method as soon as it can be; raises TimeoutError, ClosedError."""
        while True:
            try:
                return act(*arguments)
            except BlockingIOError:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError("The other end did not answer in time.") from None
                ready.poll(None if left is None else math.ceil(left * 1000))
            except OSError as error:
                raise ClosedError(f"The other end is gone: {error.strerror}.") from None

    def _read_frame(self, most):
        """Read one frame: yields buffers to be filled, takes how many bytes came, returns it."""
        length = bytearray(4)
        yield from self._fill(memoryview(length))
        size = int.from_bytes(length, "big")
        if size > self.most_header:
            raise WireError(f"Got a header of {size} bytes; at most {self.most_header} may come.")
        header = bytearray(size)
        yield from self._fill(memoryview(header))
        body, arrays, size = plan(header, most)
        whole = np.empty(size, np.uint8)
        yield from self._fill(whole.data)
        return unpack(body, lay_out(arrays, whole), self.make_function)

    def _fill(self, target):
        while len(target):
            came = min(self._end - self._start, len(target))
            if came:
                target[:came] = self._buffer[self._start : self._start + came]
                self._start += came
            elif len(target) >= _BUFFER:
                came = yield target
            else:
                self._start, self._end = 0, (yield self._buffer)
            target = target[came:]
