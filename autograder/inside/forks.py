"""A student's process as the zygote has it: how it begins to live, and what is said of its end."""

import importlib
import os
import shutil
import signal
import socket
import tempfile
from contextlib import suppress

from . import open_files
from .wire import Channel

_COULD_NOT_SEAL = 71
_BROKE = 70


class Fork:
    """What the zygote keeps of a fork: whose it is, where it is, where it would complain.

    opens : where it is an opening, the socket to it.
    """

    def __init__(self, host, number, pid, trouble, folder):
        self.host = host
        self.number = number
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.trouble = trouble
        self.folder = folder
        self.opens = None

    def bury(self, sealed):
        """Take away what is left of it when it has ended; return how it ended."""
        os.close(self.pidfd)
        if not sealed:
            # what a sealed one leaves behind dies with its pid namespace
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        unsealed = os.read(self.trouble, 1000).decode(errors="replace")
        os.close(self.trouble)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        return {
            "ended": self.number,
            "status": os.waitstatus_to_exitcode(status),
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak": usage.ru_maxrss * 1024,
            "unsealed": unsealed,
        }


def live(entry, lockdown, files, channel, trouble, folder):
    """Be the fork: lock down, run the entry with its Channel, end. Never returns.

    entry : "module:function". lockdown : Sealed or Unsealed. files : those that stay open, see
    `open_files`. channel, trouble : descriptors to speak on, and to say on that it is not sealed.
    folder : its own, where it has no file system of its own, or "".
    """
    code = _COULD_NOT_SEAL
    try:
        try:
            open_files.close_all_but([channel, trouble, *files])
            open_files.open_anew(files)
            if folder:
                os.chdir(folder)
                os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
            lockdown.apply()
            open_files.stand_on_nothing()
        except BaseException as error:
            os.write(trouble, f"{type(error).__name__}: {error}"[:1000].encode())
            raise
        code = _BROKE
        os.close(trouble)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        module, function = entry.split(":")
        run = getattr(importlib.import_module(module), function)
        run(Channel(socket.socket(fileno=channel)))
        code = 0
    finally:
        os._exit(code)
