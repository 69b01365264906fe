"""The seal, tried from inside: what this process could do that it must not."""

import os
import socket
from pathlib import Path

from . import kernel
from .capabilities import held_capabilities

_SECCOMP_FILTER = 2


def main(channel):
    """Take what the host planted from the channel, try to reach it, and send what was reached."""
    planted = channel.receive()
    channel.send(breaches(**planted))


def breaches(file, path_socket, abstract_socket, port, host_pid):
    """Return a sentence for each thing that this process could do though it must not."""
    attempts = {
        "read a file of the host": lambda: Path(file).read_bytes(),
        "write beside its own folder": lambda: Path("/seal/planted").write_text("x"),
        "write over the interpreter": lambda: os.open(os.__file__, os.O_WRONLY),
        "change a device of the host": lambda: os.chmod("/dev/null", 0o666),
        "connect to a socket in a folder": lambda: _connect(socket.AF_UNIX, path_socket),
        "connect to an abstract socket": lambda: _connect(socket.AF_UNIX, f"\0{abstract_socket}"),
        "connect to a port": lambda: _connect(socket.AF_INET, ("127.0.0.1", port)),
        "signal a process of the host": lambda: os.kill(host_pid, 0),
        "signal all processes": lambda: os.kill(-1, 0),
        "see processes": lambda: os.listdir("/proc/1"),
        "start a process": _fork,
        "become root": lambda: os.setuid(0),
        "make namespaces": lambda: kernel.unshare("mnt"),
        "be traced": lambda: kernel.prctl(kernel.PR_SET_DUMPABLE, 1),
    }
    found = [what for what, attempt in attempts.items() if _succeeds(attempt)]
    states = {
        "it is not the first process of its namespace": os.getpid() == 1 and os.getppid() == 0,
        "it holds capabilities": not any(held_capabilities()),
        "it could gain privileges": kernel.prctl(kernel.PR_GET_NO_NEW_PRIVS) == 1,
        "no filter of system calls is in force": kernel.prctl(kernel.PR_GET_SECCOMP)
        == _SECCOMP_FILTER,
        "it can be traced": kernel.prctl(kernel.PR_GET_DUMPABLE) == 0,
    }
    return found + [what for what, holds in states.items() if not holds]


def _connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(1)
        client.connect(address)


def _fork():
    if os.fork() == 0:
        os._exit(0)


def _succeeds(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
