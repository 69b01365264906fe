"""Reading what a student handed in: regular files of a bounded size, and no links.

The folder was filled by a student. A link in it may lead to the gradebook, a pipe may never
come to its end, and a file may be larger than memory.
"""

import errno
import os
import stat
from fnmatch import fnmatch
from pathlib import Path


def read_regular(path, most, folder=None):
    """Return the bytes of a regular file, at most `most` of them; raises OSError for all else.

    folder : an open folder's descriptor, where path is a name in it. The error's strerror says
    why in words: a link, no file, more than `most` bytes, for which its errno is EFBIG.
    """
    try:
        # O_NONBLOCK: a pipe without a writer would hold up whoever opens it
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(error.errno, "is a link, and links are not followed") from error
        raise
    with open(opened, "rb") as file:
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(0, "is no regular file")
        data = file.read(most + 1)
    if len(data) > most:
        held = f"holds {_in_words(about.st_size)}, and {_in_words(most)} are read"
        raise OSError(errno.EFBIG, held)
    return data


def data_files(folder, ignore, most):
    """Return the files of a folder that a notebook in it may read, and what was passed over.

    folder : a path; where there is none, nothing is returned. ignore : patterns of names, of
    files and of folders. most : bytes of all files together.

    Returns (path relative to the folder, with slashes -> bytes, in the order of the paths;
    list of sentences on those that were passed over). Notebooks are no data files.
    """
    files, passed_over, left = {}, [], most
    for path in _walk(Path(folder), (*ignore, "*.ipynb")):
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = read_regular(path, left)
        except OSError as error:
            passed_over.append(f"Passed over {name[:200]}, which {error.strerror}.")
        else:
            left -= len(files[name])
    return files, passed_over


def _walk(folder, ignore):
    """Yield the paths of a folder's files, those in folders of it too, sorted."""
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _ignored(name, ignore)]
        links = [name for name in folders if Path(where, name).is_symlink()]
        found += [Path(where, name) for name in [*names, *links] if not _ignored(name, ignore)]
    return sorted(found)


def _ignored(name, ignore):
    return any(fnmatch(name, pattern) for pattern in ignore)


def _in_words(size):
    return f"{size / 2**20:.3g} MB" if size >= 2**20 else f"{size} bytes"
