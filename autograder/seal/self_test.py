"""Proof, each time a sandbox starts, that its forks reach nothing of the host."""

import os
import secrets
import socket
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from autograder.inside.wire import WireError
from autograder.seal import mends
from autograder.seal.seal_error import SealError

_ENTRY = "inside.self_test:main"
_SECONDS = 20


def self_test(sandbox):
    """Plant a file and listening sockets, and have a fork of the sandbox try to reach them.

    Raises SealError if the fork could do anything that it must not, or did not answer.
    """
    with ExitStack() as planted:
        folder = Path(planted.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "planted"
        file.write_text("not for sealed eyes")
        abstract = secrets.token_hex(8)
        _listening(planted, socket.AF_UNIX, str(folder / "socket"))
        _listening(planted, socket.AF_UNIX, f"\0{abstract}")
        port = _listening(planted, socket.AF_INET, ("127.0.0.1", 0)).getsockname()[1]
        with sandbox.fork(replace(sandbox.limits, processes=0), _ENTRY) as fork:
            try:
                fork.channel.send(
                    {
                        "file": str(file),
                        "path_socket": str(folder / "socket"),
                        "abstract_socket": abstract,
                        "port": port,
                        "host_pid": os.getpid(),
                    }
                )
                found = fork.channel.receive(time.monotonic() + _SECONDS)
            except (WireError, TimeoutError) as error:
                mend = mends.forbidden_by() or "grade on another machine"
                failed = SealError(
                    f"The seal cannot be tried from inside: {fork.died or error}: {mend}, "
                    f"{mends.UNSEALED}."
                )
                failed.add_note(fork.complaints())
                raise failed from error
    if found:
        raise SealError(
            f"The seal leaks: from inside, a process could {'; '.join(found)}. Nothing was "
            "graded; tell the maintainers, privately (autograder/SECURITY.md)."
        )


def _listening(planted, family, address):
    server = planted.enter_context(socket.socket(family, socket.SOCK_STREAM))
    server.bind(address)
    server.listen()
    return server
