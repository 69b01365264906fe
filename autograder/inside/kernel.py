"""System calls that Python's `os` does not offer, by way of the C library."""

import ctypes
import os

NEW_NAMESPACES = {
    "mnt": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "pid": 0x20000000,
}
MS_RDONLY, MS_REMOUNT, MS_BIND = 1, 32, 4096
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 16384, 1 << 18

PR_SET_PDEATHSIG = 1
PR_GET_DUMPABLE = 3
PR_SET_DUMPABLE = 4
PR_GET_SECCOMP = 21
PR_SET_SECCOMP = 22
PR_CAPBSET_READ = 23
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

MADV_COLLAPSE = 25

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_LIBC.sbrk.restype = ctypes.c_void_p


def _checked(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{os.strerror(number)}, in {what}")
    return result


def prctl(operation, *arguments):
    """Return what prctl(2) does, called with up to four unsigned longs; raises OSError."""
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_LIBC.prctl(operation, *padded), f"prctl {operation}")


def prctl_pointer(operation, first, structure):
    """Call prctl(2) with a number and the address of a ctypes structure; raises OSError."""
    address = ctypes.addressof(structure)
    return prctl(operation, first, address)


def syscall(number, *arguments):
    """Return what a system call does, by its number; raises OSError."""
    longs = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return _checked(_LIBC.syscall(ctypes.c_long(number), *longs), f"system call {number}")


def unshare(*namespaces):
    """Give this process namespaces of its own ("pid": its next children); raises OSError."""
    flags = sum(NEW_NAMESPACES[name] for name in namespaces)
    _checked(_LIBC.unshare(flags), f"unshare of {', '.join(namespaces)}")


def enter_pid_namespace(pidfd):
    """Let further children be born in the pid namespace of a process; raises OSError."""
    _checked(_LIBC.setns(pidfd, NEW_NAMESPACES["pid"]), "setns of pid (Linux 5.8 or later)")


def mount(source, target, kind, flags, options=""):
    """Mount a file system; raises OSError."""
    result = _LIBC.mount(
        source.encode(),
        target.encode(),
        kind.encode(),
        ctypes.c_ulong(flags),
        options.encode(),
    )
    _checked(result, f"mount on {target}")


def capset(header, sets):
    """Set this process's capabilities from ctypes structures; raises OSError."""
    _checked(_LIBC.capset(ctypes.byref(header), sets), "capset")


def capget(header, sets):
    """Read this process's capabilities into ctypes structures; raises OSError."""
    _checked(_LIBC.capget(ctypes.byref(header), sets), "capget")


def end_of_heap():
    """Return the address up to which the C library's heap reaches."""
    return _LIBC.sbrk(ctypes.c_ssize_t(0))


def collapse(address, size):
    """Put a range of memory into huge pages; return whether it could be done."""
    return not _LIBC.madvise(ctypes.c_void_p(address), ctypes.c_size_t(size), MADV_COLLAPSE)
