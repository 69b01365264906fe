"""Copying a folder that is still its student's: they may change it while it is read."""

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.handed_in.files import read_regular

MOST_FILES = 1000
DEEPEST = 10


@dataclass(frozen=True)
class Owned:
    """A folder as it was looked at: its owner's user id, and which folder it was."""

    uid: int
    device: int
    inode: int

    @classmethod
    def of(cls, about):
        """Return the Owned of an os.stat_result."""
        return cls(about.st_uid, about.st_dev, about.st_ino)


def copy_regular_files(source, target, most, expected=None):
    """Copy a folder's regular files, those in folders of it too; links are never followed.

    source : the folder; target : one that is not there yet. most : bytes of all files together.
    expected : the Owned that source has to be still.

    Returns a list of sentences on what was passed over. Raises OSError, with the reason as its
    strerror, where the folder is another or a link, or holds too many files or folders.
    """
    opened = os.open(source, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if expected not in (None, Owned.of(os.fstat(opened))):
            raise OSError(0, "was exchanged for another while it was looked at")
        return _copy(opened, Path(target), most)
    finally:
        os.close(opened)


def _copy(opened, target, most):
    passed_over, left, files = [], most, 0
    # names are looked up in folders that are held open: no link put in their place is followed
    for where, folders, names, folder in os.fwalk(".", dir_fd=opened, follow_symlinks=False):
        if len(Path(where).parts) >= DEEPEST:
            raise OSError(0, f"holds folders within folders, more than {DEEPEST} deep")
        files += len(names) + len(folders)
        if files > MOST_FILES:
            raise OSError(0, f"holds more than {MOST_FILES} files")
        (target / where).mkdir(mode=0o700)
        for name in sorted(names):
            try:
                data = read_regular(name, left, folder)
            except OSError as error:
                passed_over.append(f"Passed over {name[:200]!r}, which {error.strerror}.")
            else:
                left -= len(data)
                (target / where / name).write_bytes(data)
    return passed_over
