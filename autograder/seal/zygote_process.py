"""The zygote as the host sees it: a process to start, sockets to it, a process to end."""

import contextlib
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from autograder.inside.lockdown import counts_by_namespace
from autograder.seal import bubblewrap, mends, visible
from autograder.seal.font_list import font_lists
from autograder.seal.seal_error import SealError
from autograder.seal.zygote_line import ZygoteLine

# ids that the machine's own users do not have, and how many: the first are free everywhere but
# in a container that maps few, where there is still "nobody"
_NOBODIES = ((2_000_000_001, bubblewrap.SHARES), (65534, 1))


class ZygoteProcess(ZygoteLine):
    """One zygote, started, and ready after `wait_until_ready`.

    See `autograder/inside/zygote.py` for what it understands.

    limits : Limits, for what it may see. sealed : whether it runs in bubblewrap.
    entry : "module:function", what its forks run; entry_folder : where that module is found.

    Attributes: those of a ZygoteLine, and shares: how many hosts it can serve so that the
    threads of one's forks do not count among those of another's.
    Raises SealError where it cannot be started, with the reason and the way out.
    """

    def __init__(self, limits, sealed, entry, entry_folder=None):
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(control)
        self.sealed, self.shares = sealed, 1
        # closed with the zygote
        self._complaints = open(os.memfd_create("complaints"), "rb", buffering=0)  # noqa: SIM115
        self._held = []
        self._folder = None
        options = {"control": theirs.fileno(), "sealed": sealed, "entry": entry}
        try:
            if sealed:
                self._start_sealed(limits, options, entry_folder)
            else:
                self._start_unsealed(options, entry_folder)
        except BaseException:
            self.close()
            raise
        finally:
            theirs.close()
            for descriptor in self._held:
                os.close(descriptor)

    def wait_until_ready(self):
        """Wait until it can be asked for forks; raises SealError where that will never be."""
        try:
            super().wait_until_ready()
        except EOFError:
            self._gone.wait(5)
            said = self.complaints()
            self.close()
            error = SealError(mends.why_not(said, self.sealed))
            error.add_note(said)
            raise error from None

    def line(self, number, hosts):
        """Return a socket for another host's ZygoteLine, or None where it can serve no more.

        number : of the host, from 0; no two that are there at one time have the same. hosts : how
        many there will be. It may be asked for before the zygote is ready.
        """
        if number >= self.shares or self.dead:
            return None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            share = number, min(hosts, self.shares)
            about = {"counts_processes": self.counts_processes, "share": share}
            try:
                self.send({"serve": number, "about": about}, [theirs.fileno()])
            except OSError:
                ours.close()
                return None
        return ours

    def complaints(self):
        """Return what the zygote wrote to standard error, its last 64 KiB."""
        if self._complaints.closed:
            return ""
        descriptor = self._complaints.fileno()
        size = os.fstat(descriptor).st_size
        return os.pread(descriptor, 65536, max(0, size - 65536)).decode(errors="replace")

    def close(self):
        """End the zygote and everything that was forked from it; waits until it is gone."""
        self.leave()
        process = getattr(self, "_process", None)
        if process:
            if not self._gone.wait(0.5):
                process.kill()
                self._gone.wait(5)
            self._keeper.join(1)
        if self._folder:
            self._folder.cleanup()
        self._complaints.close()

    def _start_sealed(self, limits, options, entry_folder):
        own_uid = bubblewrap.NOBODY_INSIDE if os.geteuid() == 0 else None
        mapped = own_uid is not None and self._launch_mapped(limits, options, entry_folder, own_uid)
        self.counts_processes = counts_by_namespace(platform.release()) and (
            mapped or own_uid is None
        )
        if not mapped:
            command = self._command(limits, options | {"own_uid": None}, entry_folder)
            self._launch(command, options["control"])

    def _command(self, limits, options, entry_folder, more=()):
        """bwrap's command line, its long part in a file that bwrap reads."""
        arguments = bubblewrap.arguments(limits, entry_folder)
        for name, fonts in font_lists().items():
            file = str(self._readable(fonts))
            arguments += ["--file", file, f"{bubblewrap.MATPLOTLIB}/{name}"]
        text = "\0".join([*arguments, *more]) + "\0"
        sys_path = [bubblewrap.SITE] + ([bubblewrap.ENTRY] if entry_folder else [])
        program = [bubblewrap.python(), "-s", "-P", f"{bubblewrap.INSIDE}/start.py"]
        program.append(json.dumps(options | {"sys_path": sys_path}))
        return [bubblewrap.find(), "--args", str(self._readable(text)), "--", *program]

    def _readable(self, text):
        descriptor = os.memfd_create("for-bubblewrap")
        self._held.append(descriptor)
        os.write(descriptor, text.encode())
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def _launch_mapped(self, limits, options, entry_folder, own_uid):
        """As root: start with a second user id, nobody's on this machine, for the forks to take.

        Without it a student's process would be root's to the kernel, though without any
        privilege, and the kernel counts no threads of root's. Returns whether it could be done.
        """
        info, info_theirs = os.pipe()
        go_theirs, go = os.pipe()
        more = ["--info-fd", str(info_theirs), "--userns-block-fd", str(go_theirs)]
        command = self._command(limits, options | {"own_uid": own_uid}, entry_folder, more)
        try:
            self._launch(command, options["control"], info_theirs, go_theirs)
            os.close(info_theirs)
            info_theirs = None
            said = _read_object(info)
            mapped = _map_ids(json.loads(said)["child-pid"], own_uid) if said else 0
            if mapped:
                self.shares = mapped
                os.write(go, b"1")
                return True
            if not said:
                return True  # it failed before any ids mattered: its complaint is read later
            self._process.kill()
            self._gone.wait(5)
            return False
        finally:
            for descriptor in (info, info_theirs, go, go_theirs):
                if descriptor is not None:
                    os.close(descriptor)

    def _start_unsealed(self, options, entry_folder):
        self._folder = tempfile.TemporaryDirectory(prefix="unsealed-")
        environment = bubblewrap.environment() | {
            "HOME": self._folder.name,
            "MPLCONFIGDIR": f"{self._folder.name}/matplotlib",
            "PATH": os.environ.get("PATH", os.defpath),
            "TMPDIR": self._folder.name,
        }
        environment["LD_LIBRARY_PATH"] = os.environ.get("LD_LIBRARY_PATH", "")
        course = visible.course_folder().parent
        sys_path = [str(course)] + ([str(entry_folder)] if entry_folder else [])
        options = options | {"sys_path": sys_path, "own_uid": None}
        start = visible.inside_folder() / "start.py"
        command = [sys.executable, "-s", "-P", str(start), json.dumps(options)]
        self._launch(command, options["control"], environment=environment, folder=self._folder.name)

    def _launch(self, command, *passed, environment=None, folder="/"):
        """Start a command from a thread that lives as long as the process does.

        The kernel kills what asked to die with its parent when the *thread* that started it
        ends, so that thread must outlive whoever opens the sandbox.
        """
        started, self._gone = threading.Event(), threading.Event()
        failure = []

        def keep():
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._complaints,
                    pass_fds=[*passed, *self._held],
                    env=environment or {},
                    cwd=folder,
                    start_new_session=True,
                )
            except OSError as error:
                failure.append(error)
                self._gone.set()
                return
            finally:
                started.set()
            self._process.wait()
            self._gone.set()

        self._keeper = threading.Thread(target=keep, name="zygote's keeper", daemon=True)
        self._keeper.start()
        started.wait()
        if failure:
            raise SealError(f"{command[0]} cannot be started ({failure[0]}): {mends.REINSTALL}.")


def _read_object(descriptor):
    """Read a JSON object that comes in pieces; b"" where the writer ends without one."""
    said = b""
    while not said.rstrip().endswith(b"}"):
        piece = os.read(descriptor, 4096)
        if not piece:
            return b""
        said += piece
    return said


def _map_ids(pid, own_uid):
    """Map bubblewrap's user id to ours, and further ones to nobody; return how many those are."""
    for nobody, count in _NOBODIES:
        lines = f"{bubblewrap.UID} {os.geteuid()} 1\n{own_uid} {nobody} {count}\n"
        groups = f"{bubblewrap.UID} {os.getegid()} 1\n{own_uid} {nobody} {count}\n"
        with contextlib.suppress(OSError):
            Path(f"/proc/{pid}/uid_map").write_text(lines)
            Path(f"/proc/{pid}/gid_map").write_text(groups)
            return count
    return 0
