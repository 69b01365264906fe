"""Memory in pages of two megabytes, of which a fork copies one entry in place of five hundred."""

import gc

from . import kernel

_BITS = 21
_BEYOND_OBJECTS = 16
"""How many such pages below the end of the heap are tried, where large objects lie."""


def gather():
    """Put what Python's objects lie in into huge pages, as far as the kernel does so.

    It does from Linux 6.1 on, where huge pages are not switched off; else nothing happens. A page
    that a process writes to is divided again, for it alone.
    """
    last = kernel.end_of_heap() >> _BITS
    holding = {id(each) >> _BITS for each in gc.get_objects()}
    around = {page + beside for page in holding for beside in (-1, 1)}
    for page in holding | around | set(range(last - _BEYOND_OBJECTS, last)):
        kernel.collapse(page << _BITS, 1 << _BITS)
