"""Landlock: from here on, this process may write below one folder and nowhere else.

Numbers and structures are those of the kernel's include/uapi/linux/landlock.h.
"""

import ctypes
import os

from . import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_REMOVE_DIR, _REMOVE_FILE, _MAKE_CHAR, _MAKE_DIR = 16, 32, 64, 128
_MAKE_REG, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK = 256, 512, 1024, 2048
_MAKE_SYM, _REFER, _TRUNCATE, _IOCTL_DEV = 4096, 8192, 16384, 32768

_READ = _READ_FILE | _READ_DIR
_WORK = (_READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM) | (
    _REFER | _TRUNCATE
)

_NET_BIND_CONNECT = 3
_LOG_NOTHING = 1  # or a notebook could fill the machine's audit log with its refusals
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi():
    """Return the version of Landlock that the kernel speaks, 0 where it has none."""
    try:
        return kernel.syscall(_CREATE_RULESET, 0, 0, 1)
    except OSError:
        return 0


def handled(version):
    """Return what a ruleset of a version governs: (rights on files, on TCP, scopes)."""
    bits = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    net = _NET_BIND_CONNECT if version >= 4 else 0
    scoped = _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    return (1 << bits) - 1, net, scoped


def restrict(version, work, execute=False):
    """Forbid this process, and all that it starts, what the seal does not grant.

    version : what `abi` returned; 0 does nothing.
    work : the folder below which it may write; everything that it can see it may read.
    execute : whether it may start programs.
    Raises OSError; `prctl(PR_SET_NO_NEW_PRIVS)` must come first.
    """
    if version < 1:
        return
    files, net, scoped = handled(version)
    attributes = _Ruleset(files, net, scoped)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = kernel.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    grants = [
        ("/", _READ | (_EXECUTE if execute else 0)),
        (work, _WORK & files),
        ("/dev/null", (_READ_FILE | _WRITE_FILE | _TRUNCATE) & files),
    ]
    for path, rights in grants:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = _PathBeneath(rights, opened)
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(opened)
    kernel.syscall(_RESTRICT_SELF, ruleset, _LOG_NOTHING if version >= 7 else 0)
    os.close(ruleset)
