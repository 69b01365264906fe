"""A host for tests: it speaks the protocol with a forked session, and keeps nothing sealed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.inside.wire import Channel


class ForkServer:
    """The warmed process whose forks serve; `forked_session` makes one."""

    def __init__(self, folder):
        self.folder = folder
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        script = Path(__file__).with_name("fork_server.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        theirs.close()

    @contextmanager
    def forked_session(self, pictures=()):
        """Yield the Host of a session of its own; it is killed at the end of the block.

        pictures : those that it knows, [key, html, alt] each.
        """
        ours, theirs = socket.socketpair()
        file = self.folder.with_name("pictures.json") if pictures else ""
        if file:
            file.write_text(json.dumps(pictures))
        request = json.dumps({"folder": str(self.folder), "pictures": str(file)}).encode()
        with theirs:
            socket.send_fds(self._control, [request], [theirs.fileno()])
            said = self._control.recv(4)
        # 0 would be everybody in this group: the tests, and whoever started them
        assert said, f"the fork server is gone: exit code {self.process.poll()}"
        pid = int.from_bytes(said, "big")
        channel = Channel(ours)
        try:
            yield Host(channel, pid)
        finally:
            channel.close()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def close(self):
        """End the warmed process."""
        self._control.close()
        self.process.wait()


class Host:
    """The other end of a session's conversation. channel : the Channel; pid : the fork's."""

    def __init__(self, channel, pid):
        self.channel, self.pid = channel, pid

    def ask(self, body, seconds=60, functions=None):
        """Send an op and return the next event."""
        self.channel.send(body, functions)
        return self.channel.receive(time.monotonic() + seconds)

    def run(self, code, seconds=60, events=None, **limits):
        """Run a cell and return (its outputs, the event "done").

        events : event name -> function of the event that serves it, for checks in the cell.
        """
        event = self.ask({"op": "run", "code": code, "label": "cell", **limits}, seconds)
        outputs = []
        while event["event"] != "done":
            if event["event"] == "output":
                outputs.append(event["output"])
            else:
                events[event["event"]](event)
            event = self.channel.receive(time.monotonic() + seconds)
        return outputs + event.pop("outputs"), event

    def interrupt(self):
        """Send the fork what a stop button sends."""
        os.kill(self.pid, signal.SIGINT)
