"""An attacker who would signal, trace or outlive other processes."""

import os
from pathlib import Path

from .small import FULL

SIGNALS = """
import os, signal, ctypes
done = []
for pid in (-1, 0, 2, planted_pid, os.getppid(), -os.getpid()):
    for number in (0, signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
            done.append((pid, number))
        except OSError:
            pass
libc = ctypes.CDLL(None, use_errno=True)
# ptrace, process_vm_readv, pidfd_open, setsid, unshare, mount, chroot, bpf, io_uring, memfd, keyctl
for call in (101, 310, 434, 112, 272, 165, 161, 321, 425, 319, 250, 160, 308, 155, 323):
    for argument in (0, 1, 0x10000000):
        if libc.syscall(call, argument, planted_pid, 0, 0, 0) >= 0:
            done.append(call)
print('DONE', done)
"""

CHILDREN = """
import os, subprocess, multiprocessing
done = []
for start in (os.fork, os.forkpty, lambda: os.posix_spawn('/seal/python/bin/python3', ['x'], {}),
              lambda: subprocess.run(['/bin/sh', '-c', 'true']),
              lambda: os.system('true') and 1 / 0,
              lambda: os.execv('/seal/python/bin/python3.11', ['python'])):
    try:
        done.append(start())
    except (OSError, ZeroDivisionError, RuntimeError) as error:
        print(type(error).__name__)
print('DONE', [one for one in done if one])
"""


def test_no_process_is_signalled_or_traced(attack):
    came = attack(before=[f"planted_pid = {os.getpid()}\n{SIGNALS}"])
    assert came.points == FULL
    assert "DONE []" in came.shown


def test_no_process_is_started(attack):
    came = attack(before=[CHILDREN])
    assert came.points == FULL
    assert "DONE []" in came.shown


def test_a_thread_does_not_outlive_its_notebook(attack, planted):
    leaves = (
        "import threading, ctypes\n"
        f"ctypes.CDLL(None).prctl(15, {planted.attacker[-15:].encode()!r})\n"
        "threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=False).start()"
    )
    assert attack(after=[leaves]).points == FULL
    comms = [path.read_text() for path in Path("/proc").glob("[0-9]*/comm") if path.is_file()]
    assert not any(planted.attacker[-15:] in comm for comm in comms)
