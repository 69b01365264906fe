"""The filter, run here instruction by instruction, over every call there is."""

import errno
import platform
import re
from pathlib import Path

import pytest

from autograder.inside import allowed_calls
from autograder.inside.seccomp import ALLOW, KILL_PROCESS, program, refuse
from autograder.inside.syscall_numbers import ARCHITECTURES, NUMBERS

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PID = 1
REFUSED = """
socket connect bind sendmsg sendmmsg recvmsg fork vfork execve execveat ptrace process_vm_readv
process_vm_writev pidfd_open pidfd_getfd pidfd_send_signal io_uring_setup bpf keyctl
perf_event_open userfaultfd memfd_secret memfd_create setns unshare mount umount2 chroot
pivot_root seccomp capset setuid setresuid tkill rt_sigqueueinfo open_by_handle_at
process_madvise kcmp personality mknodat
"""


def decide(instructions, machine, number, arguments=()):
    """Run classic BPF as the kernel does, over one call."""
    words = [number, machine, 0, 0]
    for argument in (*arguments, 0, 0, 0, 0, 0, 0)[:6]:
        words += [argument & 0xFFFFFFFF, (argument >> 32) & 0xFFFFFFFF]
    held, place = 0, 0
    while True:
        code, true, false, k = instructions[place]
        place += 1
        if code == 0x20:
            held = words[k // 4]
        elif code == 0x54:
            held &= k
        elif code in (0x15, 0x35):
            holds = held == k if code == 0x15 else held >= k
            place += true if holds else false
        elif code == 0x06:
            return k
        else:
            raise AssertionError(f"no such instruction: {code:#x}")


@pytest.fixture(params=ARCHITECTURES)
def machine(request):
    return request.param


def decided(machine, name, *arguments, processes=0):
    made = program(allowed_calls.rules(PID, processes), machine)
    return decide(made, AUDIT[machine], NUMBERS[machine][name], arguments)


def test_what_has_no_rule_is_no_call(machine):
    made = program(allowed_calls.rules(PID), machine)
    known = set(NUMBERS[machine].values())
    for number in set(range(600)) - known:
        assert decide(made, AUDIT[machine], number) == refuse(errno.ENOSYS)


def test_every_call_is_decided_as_its_rule_says(machine):
    rules = allowed_calls.rules(PID)
    made = program(rules, machine)
    for name, number in NUMBERS[machine].items():
        if isinstance(rules.get(name), int):
            assert decide(made, AUDIT[machine], number) == rules[name], name


@pytest.mark.parametrize("name", REFUSED.split())
def test_what_must_be_refused_is(machine, name):
    if name in NUMBERS[machine]:
        assert decided(machine, name) == refuse(errno.EPERM)


def test_another_architecture_is_death(machine):
    made = program(allowed_calls.rules(PID), machine)
    for audit in (0x40000003, 0x40000028, 0, *(set(AUDIT.values()) - {AUDIT[machine]})):
        assert decide(made, audit, NUMBERS[machine]["read"]) == KILL_PROCESS


def test_x32_is_death():
    made = program(allowed_calls.rules(PID), "x86_64")
    for number in (0x40000000, 0x40000001, 0x400001FF, 0xFFFFFFFF):
        assert decide(made, AUDIT["x86_64"], number) == KILL_PROCESS


@pytest.mark.parametrize(
    ("name", "arguments", "allowed"),
    [
        ("clone", [0x3D0F00], True),  # as a thread is made
        ("clone", [0x11], False),
        ("clone", [0x3D0F00 | 0x10000000], False),
        ("clone", [0x3D0F00 | 0x40000000], False),
        ("kill", [1, 9], True),
        ("kill", [2, 9], False),
        ("kill", [0, 9], False),
        ("kill", [2**64 - 1, 9], False),
        ("tgkill", [1, 2, 9], True),
        ("tgkill", [2, 2, 9], False),
        ("socketpair", [1, 1], True),
        ("socketpair", [1, 0x80801], True),
        ("socketpair", [1, 2], False),
        ("socketpair", [2, 1], False),
        ("sendto", [3, 0, 9, 0x4000], True),
        ("sendto", [3, 0, 9, 0x4001], False),
        ("recvfrom", [3, 0, 9, 0x40], True),
        ("recvfrom", [3, 0, 9, 1], False),
        ("ioctl", [0, 0x5421], True),
        ("ioctl", [0, 0x5412], False),
        ("ioctl", [0, 0x100005412], False),
        ("ioctl", [0, 0x541C], False),
        ("prctl", [15], True),
        ("prctl", [4, 1], False),
        ("prctl", [22, 2], False),
        ("prlimit64", [0, 7, 0, 1], True),
        ("prlimit64", [1, 7, 0, 1], True),
        ("prlimit64", [0, 7, 1, 0], False),
        ("prlimit64", [0, 7, 2**32, 0], False),
        ("prlimit64", [2, 7, 0, 1], False),
    ],
)
def test_arguments_are_looked_at(machine, name, arguments, allowed):
    assert decided(machine, name, *arguments) == (ALLOW if allowed else refuse(errno.EPERM))


def test_with_processes_namespaces_stay_refused(machine):
    assert decided(machine, "clone", 0x11, processes=3) == ALLOW
    assert decided(machine, "clone", 0x10000011, processes=3) == refuse(errno.EPERM)
    assert decided(machine, "execve", processes=3) == ALLOW
    assert decided(machine, "clone3", processes=3) == refuse(errno.ENOSYS)


def test_a_name_that_no_machine_knows_is_an_error():
    with pytest.raises(KeyError):
        program({"opne": ALLOW}, "x86_64")
    with pytest.raises(ValueError, match="riscv64"):
        program({}, "riscv64")


HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


def test_numbers_are_those_of_the_headers(machine):
    header = Path(HEADERS[machine])
    if not header.is_file():
        pytest.skip(f"{header} is not installed")
    text = header.read_text()
    listed = {
        name: int(number)
        for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", text, re.M)
    }
    for alias, name in re.findall(r"#define __NR_(\w+) __NR3264_(\w+)", text):
        listed[alias] = listed.get(name)
    for name, number in NUMBERS[machine].items():
        assert listed.get(name) in (number, None)
    assert len(set(listed) & set(NUMBERS[machine])) > 200


def test_this_machine_has_a_filter():
    assert platform.machine() in ARCHITECTURES
