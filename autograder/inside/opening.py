"""The cells that a notebook opens with, run once for all whose notebook opens with them.

What stands above a student's first cell is the course's own, and the same for everybody. A fork of
the zygote runs it, tells what it showed, and is from then on the zygote of these notebooks: each of
its forks goes on where it stopped. It is as trusted as the source it comes from.
"""

import gc
import io
import json
import os
import random
import tempfile
import threading

import numpy as np

from .kept import Kept
from .outlines import Outlines
from .outputs import CellOutputs
from .preparing import forget_fonts
from .shell import Shell


class CannotOpenError(Exception):
    """A cell that forks cannot be made after. ran : how many cells before it they can."""

    def __init__(self, ran, why):
        super().__init__(why)
        self.ran = ran


def open_with(cells):
    """Run cells as the first ones of a notebook; return the outputs of each, as nbformat has them.

    cells : their texts. Raises CannotOpenError where a cell fails, asks the host for something,
    or leaves what a fork would not have: a file, a thread, a task, a folder that it works in, a
    place in a stream of numbers that every fork draws anew.
    """
    shell = Shell.instance()
    os.chdir(tempfile.mkdtemp(prefix="opening-"))
    np.random.seed()
    shell.begin()
    shown, kept = [], Kept(shell.kept_names)
    before = _what_forks_lack(shell)
    drawn = _drawn_numbers()
    for code in cells:
        outputs = CellOutputs()
        ran = shell.run(code, outputs, str(len(shown)))
        kept.put_back()
        if not ran or outputs.dropped:
            raise CannotOpenError(len(shown), "It does not run to its end here.")
        if _what_forks_lack(shell) != before:
            raise CannotOpenError(len(shown), "It leaves files, tasks or random numbers.")
        shown.append(outputs.as_list())
    shell.end_loop()
    forget_fonts()
    # where the cells have drawn numbers, or said which ones are to come, forks go on from there
    shell.numbers_drawn = _drawn_numbers() != drawn
    return shown


def _what_forks_lack(shell):
    """Return what there is of this process that its forks would not have as it is here."""
    files = sorted(
        os.path.join(folder, name)
        for folder, folders, names in os.walk(tempfile.gettempdir())
        for name in (*folders, *names)
    )
    written = sorted(
        str(each.name)
        for each in gc.get_objects()
        if isinstance(each, io.FileIO) and not each.closed and each.mode != "rb"
    )
    # Python seeds random numbers anew in every fork
    under_way = threading.active_count(), shell.tasks(), gc.isenabled(), random.getstate()
    return files, written, os.getcwd(), *under_way


def _drawn_numbers():
    name, keys, *rest = np.random.get_state()
    return name, keys.tobytes(), *rest


def told(cells, later, tasks):
    """Run cells, and return what hosts are told of it, as JSON.

    {"outputs": those of each cell}, or where forks cannot go on from there, {"ran": as in
    CannotOpenError, "why": …}. later : cells that forks are likely to run. tasks : of all of the
    course, for forks not to ask for, as `outlines.outlines_as_data` has them.
    """
    Shell.instance().outlines = Outlines(tasks)
    try:
        shown = open_with(cells)
        Shell.instance().foresee(later)
        return json.dumps({"outputs": shown})
    except CannotOpenError as error:
        return json.dumps({"ran": error.ran, "why": str(error)})
