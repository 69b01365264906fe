"""The zygote as the host sees it: a process to start, a socket to it, a process to end."""

import contextlib
import json
import os
import platform
import select
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from autograder.inside.lockdown import counts_by_namespace
from autograder.seal import bubblewrap, mends, visible
from autograder.seal.seal_error import SealError

START_SECONDS = 120
_MOST_PACKET = 65536
_SET_PDEATHSIG = 1
# two ids that the machine's own users do not have: the first is free everywhere but in a
# container that maps few, where there is still "nobody"
_NOBODIES = (2_000_000_001, 65534)


class ZygoteProcess:
    """One zygote, started and ready; see `autograder/inside/zygote.py` for what it understands.

    limits : Limits, for what it may see. sealed : whether it runs in bubblewrap.
    entry : "module:function", what its forks run; entry_folder : where that module is found.

    Attributes: control (the socket), facts (dict of what it said when it was ready), dead (for
    the sandbox to note that it is gone), counts_processes (whether the kernel keeps the limit on
    the number of a fork's processes).
    Raises SealError where it cannot be started, with the reason and the way out.
    """

    def __init__(self, limits, sealed, entry, entry_folder=None):
        self.sealed = sealed
        self.counts_processes = False
        # closed with the zygote
        self._complaints = open(os.memfd_create("complaints"), "rb", buffering=0)  # noqa: SIM115
        self._held = []
        self._folder = None
        self.dead = False
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        options = {"control": theirs.fileno(), "sealed": sealed, "entry": entry}
        try:
            if sealed:
                self._start_sealed(limits, options, entry_folder)
            else:
                self._start_unsealed(options, entry_folder)
            theirs.close()
            self.facts = self._hear_ready()
        except BaseException:
            self.close()
            raise
        finally:
            theirs.close()
            for descriptor in self._held:
                os.close(descriptor)

    def send(self, request, handed=()):
        """Send the zygote a request, with file descriptors; raises OSError where it is gone."""
        packet = json.dumps(request).encode()
        socket.send_fds(self.control, [packet], list(handed), socket.MSG_NOSIGNAL)

    def receive(self, seconds):
        """Return the zygote's next report, or None if none comes in time; raises EOFError."""
        if not self.wait(seconds):
            return None
        try:
            packet = self.control.recv(_MOST_PACKET)
        except OSError:
            packet = b""
        if not packet:
            raise EOFError
        return json.loads(packet)

    def wait(self, seconds):
        """Whether a report is there within some seconds; raises EOFError where none will come."""
        if self.dead:
            raise EOFError
        ready = select.poll()
        ready.register(self.control, select.POLLIN)
        return bool(ready.poll(max(0, seconds) * 1000))

    def complaints(self):
        """Return what the zygote wrote to standard error, its last 64 KiB."""
        if self._complaints.closed:
            return ""
        descriptor = self._complaints.fileno()
        size = os.fstat(descriptor).st_size
        return os.pread(descriptor, 65536, max(0, size - 65536)).decode(errors="replace")

    def close(self):
        """End the zygote and everything that was forked from it; waits until it is gone."""
        self.dead = True
        self.control.close()
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
            mapped = bool(said) and _map_ids(json.loads(said)["child-pid"], own_uid)
            if mapped:
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

    def _hear_ready(self):
        try:
            report = self.receive(START_SECONDS)
        except EOFError:
            self._gone.wait(5)
            report = None
        if report is None:
            said = self.complaints()
            error = SealError(mends.why_not(said, self.sealed))
            error.add_note(said)
            raise error
        return report["ready"]


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
    """Map bubblewrap's user id to ours, and a second one to nobody; whether that could be done."""
    for nobody in _NOBODIES:
        lines = f"{bubblewrap.UID} {os.geteuid()} 1\n{own_uid} {nobody} 1\n"
        groups = f"{bubblewrap.UID} {os.getegid()} 1\n{own_uid} {nobody} 1\n"
        with contextlib.suppress(OSError):
            Path(f"/proc/{pid}/uid_map").write_text(lines)
            Path(f"/proc/{pid}/gid_map").write_text(groups)
            return True
    return False
