"""How far a grading has come, on a terminal; silence elsewhere."""

import sys


def follow(grading, file=None):
    """Yield what a grading yields, keeping one line of a terminal up to date.

    grading : an iterable of Graded; file : the terminal, standard error where none is given.
    """
    file = file or sys.stderr
    shown = file.isatty()
    for number, graded in enumerate(grading, 1):
        if shown:
            what = "left as it is" if graded.skipped else "done"
            print(f"\r\x1b[K{number}: {graded.student} {what}", end="", file=file, flush=True)
        yield graded
    if shown:
        print("\r\x1b[K", end="", file=file, flush=True)
