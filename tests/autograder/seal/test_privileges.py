"""A sealed process holds no privilege, gains none, and reaches no other process."""

import os

import pytest


def test_it_is_alone_in_its_namespace(run):
    code = "import os; result = [os.getpid(), os.getppid(), os.getsid(0)]"
    assert run(code) == {"result": [1, 0, 1]}


def test_two_forks_cannot_see_each_other(forked):
    with forked() as one, forked() as other:
        assert one("import os; open('/tmp/mine', 'w'); result = os.getpid()") == {"result": 1}
        assert other("import os; result = os.path.exists('/tmp/mine')") == {"result": False}
        for number in (2, 3, os.getpid()):
            assert one(f"import os; os.kill({number}, 9)")["raised"] == "PermissionError"
        assert other("result = 'alive'") == {"result": "alive"}


@pytest.mark.parametrize("code", ["os.kill(-1, 9)", "os.kill(0, 9)", "os.killpg(0, 9)"])
def test_it_cannot_signal_a_group(run, code):
    assert run(f"import os; {code}")["raised"] == "PermissionError"


def test_it_can_signal_itself(run):
    code = """
        import os, signal
        heard = []
        signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
        os.kill(os.getpid(), signal.SIGUSR1); signal.raise_signal(signal.SIGUSR1)
        result = heard
    """
    assert run(code) == {"result": [1, 1]}


def test_it_holds_no_capability_and_cannot_gain_any(run):
    code = """
        from inside.capabilities import held_capabilities
        from inside import kernel
        result = [any(held_capabilities()), kernel.prctl(39), kernel.prctl(3), kernel.prctl(21)]
        result.append([kernel.prctl(23, number) for number in range(38)] == [0] * 38)
    """
    # no_new_privs is set, it is not dumpable, a seccomp filter is in force, nothing is bounded
    assert run(code) == {"result": [False, 1, 0, 2, True]}


CALLS = {
    "fork": "os.fork()",
    "programs": "os.execv('/seal/python/bin/python3', ['python3'])",
    "subprocess": "import subprocess; subprocess.run(['/seal/python/bin/python3', '-V'])",
    "spawn": "import os; os.posix_spawn('/seal/python/bin/python3', ['x'], {})",
    "clone": "failing(libc.syscall(NR['clone'], 17, 0, 0, 0, 0))",
    "a user namespace by clone": "failing(libc.syscall(NR['clone'], 0x10000011, 0, 0, 0, 0))",
    "clone3": "failing(libc.syscall(NR['clone3'], 0, 0))",
    "unshare": "failing(libc.unshare(0x10000000))",
    "setns": "failing(libc.setns(3, 0))",
    "mount": "failing(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))",
    "umount": "failing(libc.umount2(b'/tmp', 2))",
    "chroot": "os.chroot('/tmp')",
    "setuid": "os.setuid(0)",
    "setgroups": "os.setgroups([0])",
    "ptrace": "failing(libc.ptrace(0, 0, 0, 0))",
    "being traced": "failing(libc.prctl(4, 1, 0, 0, 0))",
    "another filter": "failing(libc.prctl(22, 2, 0, 0, 0))",
    "living on": "failing(libc.prctl(1, 0, 0, 0, 0))",
    "memfd": "os.memfd_create('x')",
    "pidfd": "os.pidfd_open(1)",
    "io_uring": "failing(libc.syscall(NR['io_uring_setup'], 8, 0))",
    "bpf": "failing(libc.syscall(NR['bpf'], 0, 0, 0))",
    "perf": "failing(libc.syscall(NR['perf_event_open'], 0, 0, 0, 0, 0))",
    "keys": "failing(libc.syscall(NR['keyctl'], 0, 0, 0, 0, 0))",
    "userfaultfd": "failing(libc.syscall(NR['userfaultfd'], 0))",
    "shared memory": "failing(libc.shmget(0, 4096, 0o1600))",
    "a terminal's input": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "a bigger pipe": "import fcntl; fcntl.fcntl(os.pipe()[0], 1031, 2**20)",
    "signals by a file": "import fcntl; fcntl.fcntl(channel.fileno(), 8, 1)",
    "higher limits": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "a kinder scheduler": "os.nice(-1)",
    "a processor of its own": "os.sched_setaffinity(0, {0})",
}
PRELUDE = """
import ctypes, os
from inside.syscall_numbers import NUMBERS
import platform
libc = ctypes.CDLL(None, use_errno=True)
NR = NUMBERS[platform.machine()]
def failing(number):
    if number == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    result = number
"""


@pytest.mark.parametrize("what", CALLS)
def test_what_it_must_not_do_is_refused(run, what):
    said = run(PRELUDE + CALLS[what])
    assert said.get("raised") in ("PermissionError", "OSError", "ValueError"), said
