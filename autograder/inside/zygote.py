"""The process that every student's process is a fork of; it never runs a student's code.

What is slow has been done in it already (see `preparing`). It does what its hosts ask for, each
on a control socket of its own, one JSON object a packet:
    {"fork": n, "limits": …, "entry": "module:function"} with the fork's end of its channel
    {"signal": n, "number": 2}
    {"will_keep": true}, which the other hosts are told, too: it is drawing pictures
    {"keep": m} with a file of m bytes: pictures that every later fork has, as JSON
    {"begin": n, "size": m} with a control socket and a file of m bytes, {"cells": […], "tasks": …}
        as JSON: a fork that runs these cells and is then the zygote of notebooks that begin with
        them (see `opening`), with whom the host speaks on that socket; where there is one, that one
and says {"ready": …} once, {"ended": n, "status": …, "cpu": …, "peak": …, "unsealed": …} for each
fork, and {"kept": m} with a file of pictures that another host had kept. The first host may say
    {"serve": k, "about": {…}} with a control socket: from now on there is another host
Forks are their host's: others can name none of them, and they die when it closes its socket. The
zygote ends when the first one does, or is gone; one that runs cells, when all others are gone.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from functools import partial

from . import address_space, huge_pages, kernel, landlock, open_files, opening, preparing
from .forks import Fork, live
from .hosts import Host
from .lockdown import Sealed, Unsealed

_MOST_PACKET = 65536
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


def serve_opening(control, text, sealed, own_uid, files):
    """Run cells, and serve forks that go on from there to hosts, who are told what came of it.

    control : the socket to the zygote that this is a fork of, its first host. text : what that one
    was given of the cells. sealed, own_uid : see `serve`. files : those read so far.
    """
    told = opening.told(**json.loads(text)).encode("utf-8", "replace")
    gc.collect()
    files = files | open_files.files_read()
    huge_pages.gather()
    # after this it would not be found
    gc.freeze()
    zygote = Zygote(control, sealed, own_uid, files)
    file = os.memfd_create("opening")
    os.write(file, told)
    zygote.greet_with({"opened": len(told)}, [file])
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
        self._lockdowns, self._kept, self._openings = {}, [], {}
        self._greeting = {}, []
        self._ready = select.poll()
        self._first = self._add_host(control, 0)
        if sealed:
            self._own_pid = os.pidfd_open(os.getpid())

    def facts(self):
        """Return what a host may want to know of the machine as it looks from in here."""
        return {
            "landlock": landlock.abi(),
            "address_space": self.address_space,
            "python": sys.version.split()[0],
        }

    def greet_with(self, more, files):
        """Tell each further host, when this is ready, some more, with files; it is an opening."""
        self._greeting = more, files

    def serve(self):
        """Do what the hosts ask for until the first is gone; what was forked dies then."""
        while True:
            for descriptor, _ in self._ready.poll():
                if descriptor in self.hosts:
                    host = self.hosts[descriptor]
                    if not self._hear(host) and self._leave(host):
                        return
                elif descriptor in self.forks:
                    self._bury(self.forks[descriptor])

    def _add_host(self, control, number):
        own_uid = None if self.own_uid is None else self.own_uid + number
        host = Host(control, number, own_uid)
        self.hosts[control.fileno()] = host
        self._ready.register(control, select.POLLIN)
        return host

    def _hear(self, host):
        """Do the next thing that a host asks for; False where it is gone."""
        try:
            packet, handed, *_ = socket.recv_fds(host.control, _MOST_PACKET, 2)
        except ConnectionError:
            return False
        if packet:
            self._follow(host, json.loads(packet), handed)
        return bool(packet)

    def _follow(self, host, request, handed):
        if "fork" in request:
            lockdown = self._lockdown(request["limits"], host.own_uid)
            run = partial(live, request["entry"], lockdown, self.files)
            self._fork(host, request["fork"], run, *handed)
        elif "begin" in request:
            self._open(host, request["begin"], request["size"], *handed)
        elif "signal" in request:
            fork = host.forks.get(request["signal"])
            if fork:
                # until it is buried the id is its own, even if it has ended
                os.kill(fork.pid, request["number"])
        elif "will_keep" in request:
            self._tell_others(host, {"will_keep": True})
        elif "keep" in request:
            self._keep(host, request["keep"], *handed)
        elif "serve" in request and host is self._first:
            new = self._add_host(socket.socket(fileno=handed[0]), request["serve"])
            more, files = self._greeting
            self._say(new, {"ready": self.facts() | request["about"]} | more, files)
            for size, file in self._kept:
                self._say(new, {"kept": size}, [file])

    def _open(self, host, number, size, control, file):
        """Have an opening serve a host: the one with these cells, or a new one, a fork of it."""
        text = os.pread(file, size, 0)
        os.close(file)
        # one that was begun before more pictures were known does not know them
        key = text, len(self._kept)
        try:
            if not self._serve_from(key, host, control):
                line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                begin = partial(self._begin, text)
                fork = self._fork(host, number, begin, theirs.detach())
                if fork:
                    fork.opens = self._openings[key] = line
                    self._serve_from(key, host, control)
        finally:
            os.close(control)

    def _serve_from(self, key, host, control):
        """Have an opening serve a host on a socket; False where there is none, or it is gone."""
        if key not in self._openings:
            return False
        serve = json.dumps({"serve": host.number, "about": {}}).encode()
        try:
            socket.send_fds(self._openings[key], [serve], [control], socket.MSG_NOSIGNAL)
        except OSError:
            # it has ended, and is not buried yet
            del self._openings[key]
            return False
        return True

    def _keep(self, host, size, file):
        preparing.keep(json.loads(os.pread(file, size, 0)))
        # or a collection in a fork would write to all of it
        gc.freeze()
        # none of it is a notebook's own
        self.address_space = address_space.mapped()
        self._lockdowns.clear()
        self._kept.append((size, file))
        self._tell_others(host, {"kept": size}, [file])

    def _tell_others(self, host, report, handed=()):
        for other in self.hosts.values():
            if other is not host and other is not self._first:
                self._say(other, report, handed)

    def _leave(self, host):
        """Forget a host that is gone, and kill its forks; whether there is nobody left to serve."""
        self._ready.unregister(host.control)
        del self.hosts[host.control.fileno()]
        host.control.close()
        for fork in host.forks.values():
            os.kill(fork.pid, signal.SIGKILL)
        # an opening's first host asks for nothing itself
        _, is_opening = self._greeting
        return host is self._first or (bool(is_opening) and len(self.hosts) == 1)

    def _lockdown(self, limits, own_uid):
        known = own_uid, json.dumps(limits, sort_keys=True)
        if known not in self._lockdowns:
            if self.sealed:
                made = Sealed(limits, self.address_space, own_uid)
            else:
                made = Unsealed(limits, self.address_space)
            self._lockdowns[known] = made
        return self._lockdowns[known]

    def _fork(self, host, number, run, channel):
        """Make a fork of a host's that calls run(channel, trouble, folder) and ends.

        Returns what is kept of it; None where there is none, which the host is told.
        """
        folder = "" if self.sealed else tempfile.mkdtemp(prefix="unsealed-")
        reading, writing = os.pipe()
        try:
            if self.sealed:
                kernel.unshare("pid")
            try:
                pid = os.fork()
                if pid == 0:
                    run(channel, writing, folder)
            finally:
                # also where there is no fork, or none could be made any more
                if self.sealed:
                    kernel.enter_pid_namespace(self._own_pid)
        except OSError as error:
            os.close(reading)
            why = f"no process could be started: {error}"
            self._say(host, {"ended": number, "unsealed": why})
            return None
        finally:
            os.close(channel)
            os.close(writing)
        made = Fork(host, number, pid, reading, folder)
        host.forks[number] = self.forks[made.pidfd] = made
        self._ready.register(made.pidfd, select.POLLIN)
        return made

    def _begin(self, text, control, trouble, folder):
        """Be the zygote of notebooks that begin with the same cells. Never returns."""
        code = _BROKE
        try:
            open_files.close_all_but([control, *self.files])
            open_files.open_anew(self.files)
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
            line = socket.socket(fileno=control)
            serve_opening(line, text, self.sealed, self.own_uid, self.files)
            code = 0
        finally:
            os._exit(code)

    def _bury(self, ended):
        del self.forks[ended.pidfd], ended.host.forks[ended.number]
        if ended.opens:
            self._openings = {k: o for k, o in self._openings.items() if o is not ended.opens}
            ended.opens.close()
        self._ready.unregister(ended.pidfd)
        self._say(ended.host, ended.bury(self.sealed))

    def _say(self, host, report, handed=()):
        # one that is gone says so itself, by the end of what it asks for
        with suppress(OSError):
            socket.send_fds(host.control, [json.dumps(report).encode()], handed)
