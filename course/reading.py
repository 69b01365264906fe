"""Reading what a student's object returned as a task's parts: arrays, or why there are none."""

import numpy as np

from course.running import run
from course.stack import Stack

NOT_WRITTEN = "Not written yet."
NOT_FILLED_IN = "Not filled in yet."

TO_DO = (NOT_WRITTEN, NOT_FILLED_IN)
"""What is said of a part for which nothing stands there yet."""


class UnreadableError(Exception):
    """What was returned cannot be read as the task's parts; the message says why."""


def as_parts(task, value):
    """Return what a call returned as a list of arrays or sentences, one a part.

    This runs under the same guard as the call itself: what was returned may be an object with
    ideas of its own.
    """
    if len(task.parts) == 1 and task.wants != "dict":
        values = [value]
    else:
        if not isinstance(value, tuple | list) or len(value) != len(task.parts):
            raise UnreadableError(_not_the_parts(task, value))
        values = list(value)
    nothing = "None came; expected numbers." if task.wants == "function" else NOT_FILLED_IN
    if task.wants == "function" and all(entry is None for entry in values):
        nothing = "None came; expected numbers. Is the return missing?"
    return [
        nothing if entry is None else _as_part(part, entry)
        for part, entry in zip(task.parts, values, strict=True)
    ]


def _not_the_parts(task, value):
    """Say what came instead of a task's parts."""
    names = ", ".join(part.name for part in task.parts)
    wanted = f"{len(task.parts)} parts ({names})"
    if value is None:
        return f"Nothing came back (None); expected {wanted}. Is the return missing?"
    if not isinstance(value, tuple | list):
        return f"Came back: {kind(value)}; expected {wanted}, separated by commas."
    return f"Came back: {len(value)} parts; expected {wanted}."


def _as_part(part, entry):
    if isinstance(entry, Exception):
        # a drive may bring home what one part raised, so that the others can still be judged
        name, _, said = in_words(entry).partition(": ")
        return NOT_WRITTEN if name == "NotImplementedError" else f"This raised {name}: {said}"
    if part.many:
        return _as_stack(part, entry)
    if part.among:
        return _as_word(part, entry)
    return _as_array(entry) if part.axes else _as_number(_as_array(entry))


def _as_stack(part, entry):
    """Return a list or dictionary of arrays as one Stack, or say which of them cannot be read."""
    if part.many == "dict":
        if not isinstance(entry, dict):
            return f"{kind(entry).capitalize()} came; expected a dictionary of arrays."
        entries = entry
    else:
        if not isinstance(entry, list | tuple | np.ndarray):
            return f"{kind(entry).capitalize()} came; expected a list of arrays."
        entries = dict(enumerate(entry))
    read = {
        key: "None came; expected an array." if value is None else _as_array(value)
        for key, value in entries.items()
    }
    for key, value in read.items():
        if isinstance(value, str):
            return f"`{part.name}[{key!r}]`: {value}"
    return Stack.of(read if part.many == "dict" else list(read.values()))


def _as_word(part, entry):
    """Return which of the part's words came, as its number, or say that none did."""
    if isinstance(entry, str) and entry in part.among:
        return np.asarray(float(part.among.index(entry)))
    words = ", ".join(map(repr, part.among))
    if isinstance(entry, str):
        return f"{entry[:60]!r} came; the answer is one of {words}."
    return f"{kind(entry).capitalize()} came; the answer is one of the words {words}."


def _as_number(array):
    """Return an array with one number as that number; anything else as it is."""
    return array if isinstance(array, str) or array.size != 1 else array.reshape(())


def _as_array(value):
    if type(value) is np.ndarray and value.dtype.kind in "fiu":
        # what nearly always comes
        return np.array(value)
    if isinstance(value, str | bytes):
        return f"{kind(value).capitalize()} came; expected numbers."
    if _is_nested(value):
        return f"{kind(value).capitalize()} came that is nested too deeply. Is it put into itself?"
    try:
        array = np.array(value)
        if array.dtype.kind in "bO":
            array = array.astype(float)
    except (TypeError, ValueError):
        return f"{kind(value).capitalize()} came that is no array of numbers (do its rows differ?)."
    except Exception as error:
        return f"{kind(value).capitalize()} came that NumPy cannot read: {in_words(error)}."
    if array.dtype.kind == "c":
        return "Complex numbers came; expected real ones."
    if array.dtype.kind not in "fiu":
        return f"{kind(value).capitalize()} came; expected numbers."
    return array


def _is_nested(value, levels=8):
    """Whether lists lie in lists so deeply that NumPy would drown in them, as in a list of its own.

    A list that was put into itself has no end, and NumPy fills the memory looking for it.
    """
    return isinstance(value, list | tuple) and (
        levels == 0 or any(_is_nested(entry, levels - 1) for entry in value)
    )


def kind(value):
    """Return the kind of a value with its article, such as "a float"."""
    if value is None:
        return "None"
    name = _class_name(value)
    return f"{'an' if name[:1].lower() in 'aeiou' or name == 'ndarray' else 'a'} {name}"


def _class_name(value):
    # past any metaclass, which may have ideas of its own about the name
    return type.__dict__["__name__"].__get__(type(value))


def in_words(error):
    """Return an exception's type and the first line of its text, whatever its text does."""
    text = run(lambda: str.__str__(str(error)), seconds=0.5).value
    lines = text.encode("utf-8", "replace").decode().strip().splitlines() if text else []
    return f"{_class_name(error)}: {lines[0][:300] if lines else '(no message)'}"
