"""Which files are open in this process, and which of them a fork gets."""

import gc
import io
import os

_STANDARD = 2
_MOST = 65536


def files_read():
    """Return {descriptor: path} of the files that Python objects of this process read from.

    These are fonts that matplotlib keeps open; a fork whose fonts were closed could not draw.
    """
    found = {}
    for each in gc.get_objects():
        reads = isinstance(each, io.FileIO) and not each.closed and each.mode == "rb"
        # a file that Python got as a bare number has no path
        if reads and isinstance(each.name, str) and each.fileno() > _STANDARD:
            found[each.fileno()] = each.name
    return found


def stand_on_nothing():
    """Have the standard streams lead to a /dev/null that this process opened itself.

    One that came with a fork has flags and locks that all other forks see, also later ones; one
    that was opened before devices were mounted anew lets its owner change the device's mode.
    """
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for standard in range(_STANDARD + 1):
        os.dup2(nothing, standard)
    os.close(nothing)


def close_all_but(kept):
    """Close every descriptor from 3 on that is not among those given."""
    start = 3
    for descriptor in sorted({*kept, _MOST}):
        if descriptor > start:
            os.closerange(start, descriptor)
        start = descriptor + 1


def open_anew(files):
    """Open files anew under the descriptors they have.

    files : what `files_read` returned. A descriptor that came with a fork shares its place in
    the file with all other forks; one opened anew does not.
    """
    for descriptor, path in files.items():
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        os.dup2(opened, descriptor, inheritable=False)
        os.close(opened)
