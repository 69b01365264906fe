"""The files that a notebook may read, put beside it before its first cell runs."""

from contextlib import suppress
from pathlib import Path


def place(path, data):
    """Write a file below the working folder.

    path : relative, with slashes. data : an array of bytes. What cannot be written, for want of
    room or because the path leads elsewhere, is passed over: the cell that reads it says so.
    """
    target = Path(path)
    if target.is_absolute() or ".." in target.parts or "\0" in path:
        return
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.tobytes())
