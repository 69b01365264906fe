"""The process that every student's process is a fork of; it never runs a student's code.

What is slow has been done in it already (see `preparing`). It does what its hosts ask for, each
on a control socket of its own, one JSON object a packet:
    {"fork": n, "limits": …, "entry": "module:function"} with the fork's end of its channel
    {"signal": n, "number": 2}
    {"keep": m} with a file of m bytes: pictures that every later fork has, as JSON
    {"begin": n} with a control socket, on which {"cells": […], "tasks": …} comes: a fork that runs
        these cells and is then the zygote of notebooks that begin with them (see `opening`)
and says {"ready": …} once, {"ended": n, "status": …, "cpu": …, "peak": …, "unsealed": …} for each
fork, and {"kept": m} with a file of pictures that another host had kept. The first host may say
    {"serve": k, "about": {…}} with a control socket: from now on there is another host
Forks are their host's: others can name none of them, and they die when it closes its socket. The
zygote ends when the first one does, or is gone.
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
from contextlib import suppress
from functools import partial

from . import address_space, kernel, landlock, open_files, opening, preparing
from .hosts import Fork, Host
from .lockdown import Sealed, Unsealed
from .wire import Channel

_MOST_PACKET = 65536
_COULD_NOT_SEAL = 71
_BROKE = 70
_LAST_WORDS = 5.0


def serve(options):
    """Get ready, say so, and serve the host until it is gone.

    options : dict with control (a file descriptor), entry ("module:function"), sealed, and
        own_uid (see `Sealed`), of the first host and of the one with k = 0; others add their k.
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
    files = open_files.files_read()
    open_files.close_all_but([control.fileno(), *files])
    zygote = Zygote(control, options["sealed"], options["own_uid"], files)
    # also the little that is garbage by now: to look for it takes longer than to leave it
    gc.freeze()
    gc.enable()
    control.send(json.dumps({"ready": zygote.facts()}).encode())
    zygote.serve()


def serve_opening(control, sealed, own_uid, files):
    """Run the cells that a host tells, say what came of it, and serve forks that go on from there.

    control : the socket to the host; sealed, own_uid : see `serve`. files : those read so far.
    """
    told, can_serve = opening.told(**json.loads(control.recv(_MOST_PACKET)))
    gc.collect()
    files = files | open_files.files_read()
    # after this it would not be found
    gc.freeze()
    zygote = Zygote(control, sealed, own_uid, files)
    file = os.memfd_create("opening")
    os.write(file, told.encode("utf-8", "replace"))
    ready = {"ready": zygote.facts(), "opened": os.fstat(file).st_size}
    socket.send_fds(control, [json.dumps(ready).encode()], [file])
    os.close(file)
    if can_serve:
        zygote.serve()


class Zygote:
    """Makes forks on request, and says how each of them ended.

    control : the socket to the first host; sealed, own_uid : see `serve`.
    files : see `open_files.files_read`.
    """

    def __init__(self, control, sealed, own_uid, files):
        self.sealed = sealed
        self.own_uid = own_uid
        self.address_space = address_space.mapped()
        self.files = files
        self.hosts, self.forks = {}, {}
        self._lockdowns, self._kept = {}, []
        self._ready = select.poll()
        self._first = self._add_host(control, own_uid)
        if sealed:
            self._own_pid = os.pidfd_open(os.getpid())

    def facts(self):
        """Return what a host may want to know of the machine as it looks from in here."""
        return {
            "landlock": landlock.abi(),
            "address_space": self.address_space,
            "python": sys.version.split()[0],
        }

    def serve(self):
        """Do what the hosts ask for until the first is gone; what was forked dies then."""
        while True:
            for descriptor, _ in self._ready.poll():
                if descriptor in self.hosts:
                    host = self.hosts[descriptor]
                    if not self._hear(host):
                        if host is self._first:
                            return
                        self._leave(host)
                elif descriptor in self.forks:
                    self._bury(self.forks[descriptor])

    def _add_host(self, control, own_uid):
        host = Host(control, own_uid)
        self.hosts[control.fileno()] = host
        self._ready.register(control, select.POLLIN)
        return host

    def _hear(self, host):
        """Do the next thing that a host asks for; False where it is gone."""
        try:
            packet, handed, *_ = socket.recv_fds(host.control, _MOST_PACKET, 1)
        except ConnectionError:
            return False
        if packet:
            self._follow(host, json.loads(packet), handed)
        return bool(packet)

    def _follow(self, host, request, handed):
        if "fork" in request:
            lockdown = self._lockdown(request["limits"], host.own_uid)
            live = partial(self._live, request["entry"], lockdown)
            self._fork(host, request["fork"], live, *handed)
        elif "begin" in request:
            self._fork(host, request["begin"], self._begin, *handed)
        elif "signal" in request:
            fork = host.forks.get(request["signal"])
            if fork:
                # until it is buried the id is its own, even if it has ended
                os.kill(fork.pid, request["number"])
        elif "keep" in request:
            self._keep(host, request["keep"], *handed)
        elif "serve" in request and host is self._first:
            own_uid = None if self.own_uid is None else self.own_uid + request["serve"]
            new = self._add_host(socket.socket(fileno=handed[0]), own_uid)
            self._say(new, {"ready": self.facts() | request["about"]})
            for size, file in self._kept:
                self._say(new, {"kept": size}, [file])

    def _keep(self, host, size, file):
        preparing.keep(json.loads(os.pread(file, size, 0)))
        # or a collection in a fork would write to all of it
        gc.freeze()
        # none of it is a notebook's own
        self.address_space = address_space.mapped()
        self._lockdowns.clear()
        self._kept.append((size, file))
        for other in self.hosts.values():
            if other is not host and other is not self._first:
                self._say(other, {"kept": size}, [file])

    def _leave(self, host):
        """Forget a host that is gone, and kill its forks."""
        self._ready.unregister(host.control)
        del self.hosts[host.control.fileno()]
        host.control.close()
        for fork in host.forks.values():
            os.kill(fork.pid, signal.SIGKILL)

    def _lockdown(self, limits, own_uid):
        known = own_uid, json.dumps(limits, sort_keys=True)
        if known not in self._lockdowns:
            if self.sealed:
                made = Sealed(limits, self.address_space, own_uid)
            else:
                made = Unsealed(limits, self.address_space)
            self._lockdowns[known] = made
        return self._lockdowns[known]

    def _fork(self, host, number, live, channel):
        """Make a fork of a host's that calls live(host, channel, writing, folder) and ends."""
        folder = "" if self.sealed else tempfile.mkdtemp(prefix="unsealed-")
        reading, writing = os.pipe()
        try:
            if self.sealed:
                kernel.unshare("pid")
            try:
                pid = os.fork()
                if pid == 0:
                    live(host, channel, writing, folder)
            finally:
                # also where there is no fork, or none could be made any more
                if self.sealed:
                    kernel.enter_pid_namespace(self._own_pid)
        except OSError as error:
            os.close(reading)
            why = f"no process could be started: {error}"
            self._say(host, {"ended": number, "unsealed": why})
            return
        finally:
            os.close(channel)
            os.close(writing)
        made = Fork(host, number, pid, os.pidfd_open(pid), reading, folder)
        host.forks[number] = self.forks[made.pidfd] = made
        self._ready.register(made.pidfd, select.POLLIN)

    def _begin(self, host, control, writing, folder):
        """Be the zygote of notebooks that begin with the same cells. Never returns."""
        code = _BROKE
        try:
            open_files.close_all_but([control, *self.files])
            open_files.open_anew(self.files)
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
            serve_opening(socket.socket(fileno=control), self.sealed, host.own_uid, self.files)
            code = 0
        finally:
            os._exit(code)

    def _live(self, entry, lockdown, host, channel, writing, folder):
        """Be the fork: lock down, run the entry, end. Never returns."""
        code = _COULD_NOT_SEAL
        try:
            try:
                open_files.close_all_but([channel, writing, *self.files])
                open_files.open_anew(self.files)
                if folder:
                    os.chdir(folder)
                    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
                lockdown.apply()
                open_files.stand_on_nothing()
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

    def _bury(self, ended):
        del self.forks[ended.pidfd], ended.host.forks[ended.number]
        self._ready.unregister(ended.pidfd)
        os.close(ended.pidfd)
        if not self.sealed:
            _kill_group(ended.pid)
        _, status, usage = os.wait4(ended.pid, 0)
        unsealed = os.read(ended.trouble, 1000).decode(errors="replace")
        os.close(ended.trouble)
        if ended.folder:
            shutil.rmtree(ended.folder, ignore_errors=True)
        self._say(
            ended.host,
            {
                "ended": ended.number,
                "status": os.waitstatus_to_exitcode(status),
                "cpu": usage.ru_utime + usage.ru_stime,
                "peak": usage.ru_maxrss * 1024,
                "unsealed": unsealed,
            },
        )

    def _say(self, host, report, handed=()):
        # one that is gone says so itself, by the end of what it asks for
        with suppress(OSError):
            socket.send_fds(host.control, [json.dumps(report).encode()], handed)


def _kill_group(pid):
    """Kill what an unsealed fork left behind; a sealed one's die with its pid namespace."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
