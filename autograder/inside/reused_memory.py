"""Memory that large arrays lay in, used again for the next ones instead of being given back."""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3

_MAPPED = 32 * 2**20
"""Bytes from which an array is mapped for itself, and given back when it goes: glibc's largest."""

_SPARE = 256 * 2**20
"""Bytes at the end of the heap that may lie unused."""


def reuse_memory():
    """Let this process and its later forks keep what they free; see mallopt(3).

    Else arrays of more than 128 kB are mapped, at first, and what lies unused at the end of the
    heap is given back once it is more than two of them: each time at the cost of a page fault for
    each four kB. A C library that has no such settings keeps its ways.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_M_MMAP_THRESHOLD, _MAPPED)
        mallopt(_M_TRIM_THRESHOLD, _SPARE)
