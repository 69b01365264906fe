"""A folder put in the place of another one, so that nobody ever sees half of either."""

import ctypes
import os

AT_FDCWD = -100
RENAME_EXCHANGE = 2


def put_in_place(new, place, aside):
    """Move the folder `new` to `place`; what was there before goes to `aside`, if anything was.

    All three on one file system; aside does not exist yet. Where the system can (Linux, on
    most file systems), the two change places in one step; elsewhere there is a moment in which
    nothing is in place. Raises OSError.
    """
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(place):
        new.rename(place)
    elif _exchange(new, place):
        new.rename(aside)
    else:
        place.rename(aside)
        new.rename(place)


def _exchange(one, other):
    """Let two paths change places; return whether the system could."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0
