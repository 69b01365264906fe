"""A seccomp filter, put together here and handed to the kernel: what is not allowed is refused.

The program is classic BPF over `struct seccomp_data` (include/uapi/linux/seccomp.h): the call's
number at offset 0, the architecture at 4, six arguments of 64 bits from 16 on, low word first.
"""

import ctypes
import errno
import platform
from dataclasses import dataclass

from . import kernel
from .syscall_numbers import ARCHITECTURES, NUMBERS

ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # numbers from here on are the 32-bit calls of x86_64
_MODE_FILTER = 2


def refuse(number):
    """Return the action that makes a call fail with an errno."""
    return 0x00050000 | number


@dataclass(frozen=True)
class Argument:
    """A condition on one argument of a call: `argument & mask == value`.

    Only 32 bits are looked at: the low word, or the high one where `high` is set.
    """

    place: int
    value: int
    mask: int = 0xFFFFFFFF
    high: bool = False


@dataclass(frozen=True)
class Rule:
    """When a call is allowed: when all conditions of one of `cases` hold; else `otherwise`."""

    cases: tuple = ()
    otherwise: int = refuse(errno.EPERM)


def program(rules, machine, default=None):
    """Return a filter as a list of instructions (code, jump if true, jump if false, k).

    rules : dict of a call's name to ALLOW, another action, or a Rule.
    machine : "x86_64" or "aarch64"; calls in the name of any other kill the process.
    default : the action for every call without a rule; ENOSYS, as a kernel that lacks it says,
        so that the C library falls back on what it used before.
    Raises ValueError for another machine, KeyError for a name that no machine knows.
    """
    if machine not in ARCHITECTURES:
        raise ValueError(f"Got the machine {machine!r}, but only {ARCHITECTURES} are known.")
    made = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        made += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, KILL_PROCESS)]
    for name, rule in rules.items():
        number = NUMBERS[machine].get(name)
        if number is None:
            if not any(name in known for known in NUMBERS.values()):
                raise KeyError(name)
            continue
        block = _block(rule) if isinstance(rule, Rule) else [(_RETURN, 0, 0, rule)]
        made += [(_EQUAL, 0, len(block), number), *block]
    made.append((_RETURN, 0, 0, refuse(errno.ENOSYS) if default is None else default))
    return made


def _block(rule):
    made = []
    for case in rule.cases:
        tests = [_test(argument) for argument in case]
        left = sum(map(len, tests)) + 1
        for test in tests:
            left -= len(test)
            *before, (code, _, _, value) = test
            made += [*before, (code, 0, left, value)]
        made.append((_RETURN, 0, 0, ALLOW))
    return [*made, (_RETURN, 0, 0, rule.otherwise)]


def _test(argument):
    offset = _ARGUMENTS + 8 * argument.place + (4 if argument.high else 0)
    mask = [] if argument.mask == 0xFFFFFFFF else [(_AND, 0, 0, argument.mask)]
    return [(_LOAD, 0, 0, offset), *mask, (_EQUAL, 0, 0, argument.value)]


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jump_true", ctypes.c_uint8),
        ("jump_false", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


class Filter:
    """A filter in the form that the kernel takes, made once and installed in many forks."""

    def __init__(self, rules, machine=None):
        made = program(rules, machine or platform.machine())
        self._instructions = (_Instruction * len(made))(*made)
        self._program = _Program(len(made), self._instructions)

    def install(self):
        """Hold this process, and all that it starts, to the filter; there is no way back."""
        kernel.prctl_pointer(kernel.PR_SET_SECCOMP, _MODE_FILTER, self._program)
