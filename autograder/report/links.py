"""Paths from the report to other files, as a path and as the address of a link."""

import os
from pathlib import Path
from urllib.parse import quote


def relative(path, folder):
    """Return the path of a file as seen from a folder, with slashes on every system."""
    return Path(os.path.relpath(path, folder)).as_posix()


def address(path, folder):
    """Return the address of a file for a page in a folder, whatever its name holds."""
    # fsencode: a name need not be text; safe leaves the slashes of the path
    return quote(os.fsencode(relative(path, folder)), safe="/")
