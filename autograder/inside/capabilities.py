"""Giving up every privilege that the zygote held, for good."""

import ctypes

from . import kernel

# SECBIT_NOROOT, SECBIT_NO_SETUID_FIXUP, SECBIT_NO_CAP_AMBIENT_RAISE, each with its lock, and
# the lock of SECBIT_KEEP_CAPS (include/uapi/linux/securebits.h)
_SECURE_BITS = 0b11101111
_VERSION_3 = 0x20080522  # of the structures of capset(2): two of them, 32 capabilities each


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


def drop_capabilities():
    """Empty the bounding, ambient, effective, permitted and inheritable sets; raises OSError."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_READ, capability)
        except OSError:
            break  # the kernel knows no capability from here on
        kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
    kernel.prctl(kernel.PR_SET_SECUREBITS, _SECURE_BITS)
    kernel.capset(_Header(_VERSION_3, 0), (_Sets * 2)())


def held_capabilities():
    """Return what this process holds: six words, all 0 where it holds nothing."""
    sets = (_Sets * 2)()
    kernel.capget(_Header(_VERSION_3, 0), sets)
    return [getattr(half, name) for half in sets for name, _ in _Sets._fields_]
