"""Running what a student wrote, so that nothing it does gets past the one who called it.

This keeps accidents in. It is no seal against an attacker: the code runs in this process.
"""

import functools
import inspect
import io
import linecache
import signal
import sys
import threading
import time
import traceback
import warnings
from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course.handlers import set_handler

SECONDS = 2.0
"""How long one call may take where nothing else is said; most take well under a millisecond."""

BUSY = 0.2
"""Seconds of processor time after which a call on few numbers is taken for a loop without an end,
if it is in the notebook's own code, or in NumPy's for it, then and once more a little later: in
between, a library may have been importing. Plain loops on as few numbers are done within some
milliseconds."""

_AGAIN = 0.05
"""Seconds after which a call that goes on is looked at once more."""

SEEN = 2
"""How often a call on few numbers is found in the notebook's own code before it is stopped."""

STARVED = 3
"""How many times as long a call may take that had the processor for less than half of its time,
such as on a machine that is busy otherwise."""

KEPT_CHARACTERS = 1000
MOST_WARNINGS = 10
WARNING_CHARACTERS = 200


class TimeUp(BaseException):
    """The call took too long. Not an Exception, so that `except Exception` lets it through."""


@dataclass(frozen=True)
class Outcome:
    """What came of one call.

    value : what it returned, or None where it raised.
    error : what it raised, or None.
    where : the student's own line that raised, or "".
    printed : the number of characters printed.
    kept : the beginning of what was printed.
    changed_settings : whether the call left NumPy's error settings other than it found them.
    warned : the texts of the first few different warnings.
    calls : how often some function was entered while one of the watched arrays stood there
        with a single entry moved; 0 unless arrays were watched.
    """

    value: object = None
    error: BaseException | None = None
    where: str = ""
    printed: int = 0
    kept: str = ""
    changed_settings: bool = False
    warned: tuple = ()
    calls: int = 0


class _Sink(io.TextIOBase):
    """Counts what is printed and keeps its beginning, however much comes."""

    def __init__(self):
        self.printed, self.kept = 0, ""

    def writable(self):
        return True

    def write(self, text):
        self.printed += len(text)
        self.kept += text[: KEPT_CHARACTERS - len(self.kept)]
        return len(text)


@contextmanager
def _time_limit(seconds, few):
    """Raise TimeUp in the block after so many seconds, where the platform can interrupt it.

    few : as in `run`.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    began, worked, seen = time.monotonic(), time.process_time(), 0

    def stop(signum, frame):
        nonlocal seen
        # a machine that is busy otherwise is no reason to stop anything sooner
        took, busy = time.monotonic() - began, time.process_time() - worked
        if took >= seconds and (busy >= seconds / 2 or took >= STARVED * seconds):
            raise TimeUp
        seen += bool(few and busy >= BUSY and _is_in_a_cell(frame) and few())
        if seen >= SEEN:
            raise TimeUp

    previous = set_handler(signal.SIGALRM, stop)
    # it fires again and again: a bare `except:` in a student's loop may swallow the first, and
    # what is in a library just then may be back in the loop soon
    first = min(seconds, 1.1 * BUSY) if few else seconds
    timer = signal.setitimer(signal.ITIMER_REAL, first, min(seconds, _AGAIN))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        set_handler(signal.SIGALRM, previous)


def _is_in_a_cell(frame):
    """Whether a frame is of the notebook's own code, or of what NumPy does in Python for it."""
    while frame is not None and frame.f_code.co_filename.startswith(_NUMPYS):
        frame = frame.f_back
    return frame is not None and is_a_cells(frame.f_code.co_filename)


def is_a_cells(file):
    """Whether a file's name is one that code of a notebook's cell has."""
    return "<ipython-input" in file or "ipykernel" in file


def run(function, *arguments, seconds=SECONDS, watched=None, few=None):
    """Call `function(*arguments)` and return the Outcome, whatever the call does.

    seconds : it is stopped after, but see `STARVED`. few : a function saying whether the call is
    on few numbers, and may be stopped sooner, see `BUSY`; asked only once it has come so far.
    watched : name -> array, to be looked for with a single entry moved (see Outcome.calls).

    Output and warnings are kept from the notebook; NumPy's error settings are the default
    ones during the call and as before afterwards. Only KeyboardInterrupt passes through: it
    is the reader pressing stop.
    """
    sink, value, error, where = _Sink(), None, None, ""
    warned, counts = {}, Counter()
    settings = dict(divide="warn", over="warn", under="ignore", invalid="warn")
    changed_settings = False
    # by hand where it can be: this is done around each of some hundred calls
    streams, most_calls = (sys.stdout, sys.stderr), sys.getrecursionlimit()
    try:
        sys.stdout = sys.stderr = sink
        with (
            warnings.catch_warnings(),
            np.errstate(**settings),
            nullcontext() if watched is None else _counting(counts, watched),
            _time_limit(seconds, few),
        ):
            warnings.simplefilter("always")
            warnings.showwarning = lambda message, *_, **__: _keep_a_few(warned, message)
            try:
                value = function(*arguments)
            finally:
                changed_settings = np.geterr() != settings
    except KeyboardInterrupt:
        raise
    except BaseException as caught:  # SystemExit and TimeUp too: a check never raises
        error, where = caught, _students_line(caught)
    finally:
        sys.stdout, sys.stderr = streams
        sys.setrecursionlimit(most_calls)
    return Outcome(
        value=value,
        error=error,
        where=where,
        printed=sink.printed,
        kept=sink.kept,
        changed_settings=changed_settings,
        warned=tuple(warned),
        calls=max(counts.values(), default=0),
    )


def _keep_a_few(warned, message):
    if len(warned) < MOST_WARNINGS:
        warned[str(message)[:WARNING_CHARACTERS]] = True


@contextmanager
def _counting(counts, watched):
    """Count, in the block, entries of each function that sees a watched array slightly moved.

    That is how a difference quotient looks from inside, however its function gets the array:
    as an argument, in a list or dictionary, or from the function around it.
    """
    arrays = [value for value in _arrays_in(watched.values()) if value.size > 1]
    shapes = {np.shape(value) for value in arrays}

    def look(frame, event, argument):
        if event != "call" or frame.f_code.co_flags & inspect.CO_GENERATOR:
            return
        if frame.f_code.co_filename.startswith(_OWN):
            return
        for value in _arrays_in(frame.f_locals.values()):
            if value.shape in shapes and any(_one_entry_moved(value, known) for known in arrays):
                counts[frame.f_code] += 1
                return

    previous = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(previous)


def unwatched(function):
    """Return a function that does the same, and that the looking at calls passes over.

    For what answers in place of this package's own functions, which it passes over as well.
    """

    @functools.wraps(function)
    def quiet(*arguments, **named):
        looking = sys.getprofile()
        sys.setprofile(None)
        try:
            return function(*arguments, **named)
        finally:
            sys.setprofile(looking)

    return quiet


_NUMPYS = np.__path__[0]
_OWN = (_NUMPYS, str(Path(__file__).parent))


def _arrays_in(values):
    for value in values:
        if type(value) is np.ndarray:
            yield value
        elif type(value) in (list, tuple):
            yield from (entry for entry in value if type(entry) is np.ndarray)
        elif type(value) is dict:
            yield from (entry for entry in value.values() if type(entry) is np.ndarray)


def _one_entry_moved(value, known):
    return value.shape == np.shape(known) and np.count_nonzero(value != known) == 1


def _students_line(error):
    """Return the line of source, outside this package and NumPy, nearest to the error."""
    for frame in reversed(traceback.extract_tb(error.__traceback__, limit=-50)):
        if is_a_cells(frame.filename):
            return (linecache.getline(frame.filename, frame.lineno) or frame.line or "").strip()
    return ""
