"""Running what a student wrote, so that nothing it does gets past the one who called it.

This keeps accidents in. It is no seal against an attacker: the code runs in this process.
"""

import copy
import functools
import inspect
import io
import linecache
import signal
import sys
import threading
import traceback
import warnings

# signal.signal itself, without the enums that it is given in signal.py, which take far longer
from _signal import signal as _set_handler
from collections import Counter
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SECONDS = 2.0
"""How long one call may take where nothing else is said; most take well under a millisecond."""

KEPT_CHARACTERS = 1000
MOST_WARNINGS = 10
WARNING_CHARACTERS = 200
_MANY_BYTES = 50_000


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
def _time_limit(seconds):
    """Raise TimeUp in the block after so many seconds, where the platform can interrupt it."""
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(signum, frame):
        raise TimeUp

    previous = _set_handler(signal.SIGALRM, stop)
    # it fires again each second: a bare `except:` in a student's loop may swallow the first
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        _set_handler(signal.SIGALRM, previous)


def run(function, *arguments, seconds=SECONDS, watched=None):
    """Call `function(*arguments)` and return the Outcome, whatever the call does.

    watched : name -> array, to be looked for with a single entry moved (see Outcome.calls).

    Output and warnings are kept from the notebook; NumPy's error settings are the default
    ones during the call and as before afterwards. Only KeyboardInterrupt passes through: it
    is the reader pressing stop.
    """
    sink, value, error, where = _Sink(), None, None, ""
    warned, counts = {}, Counter()
    settings = dict(divide="warn", over="warn", under="ignore", invalid="warn")
    changed_settings = False
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(sink),
            redirect_stderr(sink),
            np.errstate(**settings),
            _counting(counts, watched),
            _recursion_limit_kept(),
            _time_limit(seconds),
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
def _recursion_limit_kept():
    before = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextmanager
def _counting(counts, watched):
    """Count, in the block, entries of each function that sees a watched array slightly moved.

    That is how a difference quotient looks from inside, however its function gets the array:
    as an argument, in a list or dictionary, or from the function around it.
    """
    if watched is None:
        yield
        return
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
    def quiet(*arguments):
        looking = sys.getprofile()
        sys.setprofile(None)
        try:
            return function(*arguments)
        finally:
            sys.setprofile(looking)

    return quiet


_OWN = (np.__path__[0], str(Path(__file__).parent))


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
        if "<ipython-input" in frame.filename or "ipykernel" in frame.filename:
            return (linecache.getline(frame.filename, frame.lineno) or frame.line or "").strip()
    return ""


def fresh(value):
    """Return a deep copy of a case's arguments, or one of them, for a call to do with as it likes.

    Most are plain arrays, lists and dictionaries of them, which copy.deepcopy is slow to find out.
    """
    kind = type(value)
    if kind is np.ndarray and value.dtype != object:
        return value.copy(order="K")
    if kind is list or kind is tuple:
        return kind(map(fresh, value))
    if kind is dict:
        return {key: fresh(entry) for key, entry in value.items()}
    return value if kind in (int, float, bool, str) else copy.deepcopy(value)


def changed(arguments, originals):
    """Return the names of the arguments that no longer equal their originals."""
    return [name for name in originals if not _same(arguments[name], originals[name])]


def _same(value, original):
    if isinstance(original, np.ndarray):
        # by bytes: a changed dtype is a change as well, and nan equals itself
        return (
            isinstance(value, np.ndarray)
            and value.shape == original.shape
            and value.dtype == original.dtype
            and _same_bytes(value, original)
        )
    if isinstance(original, np.random.Generator) or callable(original):
        # a generator is there to be drawn from
        return True
    if isinstance(original, list | tuple):
        return len(value) == len(original) and all(map(_same, value, original))
    if isinstance(original, dict):
        return value.keys() == original.keys() and all(
            _same(value[key], original[key]) for key in original
        )
    return value == original


def _same_bytes(value, original):
    """Whether two arrays of one shape and dtype hold the same, bit by bit."""
    if original.nbytes < _MANY_BYTES or original.dtype.hasobject:
        return value.tobytes() == original.tobytes()
    if not (value.flags.c_contiguous and original.flags.c_contiguous):
        return value.tobytes() == original.tobytes()
    # without a copy of either, by words where they have them
    words = f"u{original.itemsize if original.itemsize in (2, 4, 8) else 1}"
    return np.array_equal(value.reshape(-1).view(words), original.reshape(-1).view(words))
