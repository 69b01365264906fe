"""The process that every student's process is a fork of; it never runs a student's code.

What is slow has been done in it already (see `preparing`). It does what the host asks for on
the control socket, one JSON object a packet:
    {"fork": n, "limits": …, "entry": "module:function"} with the fork's end of its channel
    {"signal": n, "number": 2}
and says {"ready": …} once, {"ended": n, "status": …, "cpu": …, "peak": …, "unsealed": …} for each
fork. It ends when the host closes the control socket, or is gone.
"""

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading

from . import address_space, kernel, landlock, open_files
from .lockdown import Sealed, Unsealed
from .wire import Channel

_MOST_PACKET = 65536
_COULD_NOT_SEAL = 71
_BROKE = 70
_LAST_WORDS = 5.0


def serve(options):
    """Get ready, say so, and serve the host until it is gone.

    options : dict with control (a file descriptor), entry ("module:function"), sealed, and
        own_uid (see `Sealed`).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    control = socket.socket(fileno=options["control"])
    module, _ = options["entry"].split(":")
    importlib.import_module(module)
    # such as the timer by which matplotlib says that it looks for fonts: over, but not yet gone
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_LAST_WORDS)
    if threading.active_count() > 1:
        raise RuntimeError(f"Got the threads {threading.enumerate()}, but a fork takes one only.")
    gc.collect()
    files = open_files.files_read()
    open_files.close_all_but([control.fileno(), *files])
    zygote = Zygote(control, options["sealed"], options["own_uid"], files)
    gc.freeze()
    gc.enable()
    control.send(json.dumps({"ready": zygote.facts()}).encode())
    zygote.serve()


class Zygote:
    """Makes forks on request, and says how each of them ended.

    control : the socket to the host; sealed, own_uid : see `serve`.
    files : see `open_files.files_read`.
    """

    def __init__(self, control, sealed, own_uid, files):
        self.control = control
        self.sealed = sealed
        self.own_uid = own_uid
        self.address_space = address_space.mapped()
        self.files = files
        self.nothing = os.open(os.devnull, os.O_RDWR)
        self.forks = {}
        self._lockdowns = {}
        self._ready = select.poll()
        self._ready.register(control, select.POLLIN)
        if sealed:
            self._own_pid = os.pidfd_open(os.getpid())

    def facts(self):
        """Return what the host may want to know of the machine as it looks from in here."""
        return {
            "landlock": landlock.abi(),
            "address_space": self.address_space,
            "python": sys.version.split()[0],
        }

    def serve(self):
        """Do what the host asks for until it is gone; what was forked dies then."""
        while True:
            for descriptor, _ in self._ready.poll():
                if descriptor == self.control.fileno():
                    packet, handed, *_ = socket.recv_fds(self.control, _MOST_PACKET, 1)
                    if not packet:
                        return
                    self._follow(json.loads(packet), handed)
                else:
                    self._bury(descriptor)

    def _follow(self, request, handed):
        if "fork" in request:
            self._fork(request, *handed)
        elif request["signal"] in self.forks:
            # until it is buried the id is its own, even if it has ended
            os.kill(self.forks[request["signal"]].pid, request["number"])

    def _lockdown(self, limits):
        known = json.dumps(limits, sort_keys=True)
        if known not in self._lockdowns:
            if self.sealed:
                made = Sealed(limits, self.address_space, self.own_uid)
            else:
                made = Unsealed(limits, self.address_space)
            self._lockdowns[known] = made
        return self._lockdowns[known]

    def _fork(self, request, channel):
        number = request["fork"]
        folder = "" if self.sealed else tempfile.mkdtemp(prefix="unsealed-")
        reading, writing = os.pipe()
        try:
            lockdown = self._lockdown(request["limits"])
            if self.sealed:
                kernel.unshare("pid")
            pid = os.fork()
            if pid == 0:
                self._live(channel, writing, lockdown, request["entry"], folder)
            if self.sealed:
                kernel.enter_pid_namespace(self._own_pid)
        except OSError as error:
            os.close(reading)
            self._say({"ended": number, "unsealed": f"no process could be started: {error}"})
            return
        finally:
            os.close(channel)
            os.close(writing)
        made = _Fork(number, pid, os.pidfd_open(pid), reading, folder)
        self.forks[number] = made
        self._ready.register(made.pidfd, select.POLLIN)

    def _live(self, channel, writing, lockdown, entry, folder):
        """Be the fork: lock down, run the entry, end. Never returns."""
        code = _COULD_NOT_SEAL
        try:
            try:
                for standard in range(3):
                    os.dup2(self.nothing, standard)
                open_files.close_all_but([channel, writing, *self.files])
                open_files.open_anew(self.files)
                if folder:
                    os.chdir(folder)
                    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
                lockdown.apply()
            except BaseException as error:
                os.write(writing, f"{type(error).__name__}: {error}"[:1000].encode())
                raise
            code = _BROKE
            os.close(writing)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            module, function = entry.split(":")
            run = getattr(importlib.import_module(module), function)
            run(Channel(socket.socket(fileno=channel)))
            code = 0
        finally:
            os._exit(code)

    def _bury(self, pidfd):
        ended = next(fork for fork in self.forks.values() if fork.pidfd == pidfd)
        del self.forks[ended.number]
        self._ready.unregister(pidfd)
        os.close(pidfd)
        if not self.sealed:
            _kill_group(ended.pid)
        _, status, usage = os.wait4(ended.pid, 0)
        unsealed = os.read(ended.trouble, 1000).decode(errors="replace")
        os.close(ended.trouble)
        if ended.folder:
            shutil.rmtree(ended.folder, ignore_errors=True)
        self._say(
            {
                "ended": ended.number,
                "status": os.waitstatus_to_exitcode(status),
                "cpu": usage.ru_utime + usage.ru_stime,
                "peak": usage.ru_maxrss * 1024,
                "unsealed": unsealed,
            }
        )

    def _say(self, report):
        try:
            self.control.send(json.dumps(report).encode())
        except OSError:
            sys.exit()


class _Fork:
    """What the zygote keeps of a fork: its number, where it is, where it would complain."""

    def __init__(self, number, pid, pidfd, trouble, folder):
        self.number = number
        self.pid = pid
        self.pidfd = pidfd
        self.trouble = trouble
        self.folder = folder


def _kill_group(pid):
    """Kill what an unsealed fork left behind; a sealed one's die with its pid namespace."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
