"""Files on the host that hold a marker, and sockets that hear whoever calls."""

import hashlib
import os
import secrets
import socket
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

NAMES = ("home/secret.txt", "beside.txt", ".grader_key", "gradebook.db", "submitted/eve/a.ipynb")


@dataclass(frozen=True)
class Planted:
    """What an attacker is told: where everything is, and how to call it.

    marker : text that is in every file. attacker : text that attackers leave wherever they can.
    """

    folder: Path
    marker: str
    attacker: str
    digests: dict
    listening: dict
    open_folder: Path

    @property
    def told(self):
        """A line of Python that gives an attack's cell the addresses, in a dict `planted`."""
        files = [str(self.folder / name) for name in NAMES]
        addresses = {
            "tcp": self.listening["tcp"].getsockname(),
            "udp": self.listening["udp"].getsockname(),
            "abstract": self.listening["abstract"].getsockname(),
            "path": self.listening["path"].getsockname(),
            "datagram": self.listening["datagram"].getsockname(),
        }
        told = {"files": files, "folder": str(self.folder), "open": str(self.open_folder)}
        return f"planted = {told | addresses | {'mark': self.attacker}!r}\n"

    def assert_untouched(self):
        """Assert that the files are as they were, and that no socket was spoken to."""
        assert digests(self.folder) == self.digests
        assert sorted(path.name for path in self.open_folder.iterdir()) == ["datagram", "path"]
        for name, listening in self.listening.items():
            with_nobody = listening.recv if name in ("udp", "datagram") else listening.accept
            try:
                heard = with_nobody(*([1000] if name in ("udp", "datagram") else []))
            except BlockingIOError:
                continue
            raise AssertionError(f"The socket {name} heard {heard!r}.")


def digests(folder):
    """Return path -> (mode, digest) of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mode,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextmanager
def plant(folder):
    """Plant files in a folder and sockets around it; yields the Planted."""
    marker = f"planted-{secrets.token_hex(8)}"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{marker}\n")
    with ExitStack() as opened:
        # short, for a socket's path may have 108 bytes, and open to everybody
        shared = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="open-")))
        os.chmod(shared, 0o777)
        addresses = {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0called-{secrets.token_hex(8)}"),
            "path": (socket.AF_UNIX, socket.SOCK_STREAM, f"{shared}/path"),
            "datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, f"{shared}/datagram"),
        }
        listening = {}
        for name, (family, kind, address) in addresses.items():
            made = listening[name] = opened.enter_context(socket.socket(family, kind))
            made.setblocking(False)
            made.bind(address)
            if kind == socket.SOCK_STREAM:
                made.listen()
        for name in ("path", "datagram"):
            os.chmod(shared / name, 0o777)
        yield Planted(folder, marker, f"attacker-{marker[8:]}", digests(folder), listening, shared)
