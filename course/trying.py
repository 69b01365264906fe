"""Trying what a student wrote, and bringing home plain facts about it.

Everything that touches the student's objects happens here, in `driving`, in `running` and in
`reading`. What comes back holds arrays, numbers and strings only; no true value is known here,
so all of it can lie in a process of its own.
"""

import inspect
from contextlib import contextmanager, nullcontext

from course.called import Called
from course.driving import drive_of
from course.driving.calling import call
from course.reading import NOT_WRITTEN, UnreadableError, as_parts, in_words, kind
from course.running import TimeUp, changed, fresh, run

NOT_BACK = "The call did not come back in time and was stopped: is there a loop without an end?"


class LocalAnswer:
    """A student's answer to a task, in this process.

    asked : the Asked of the task; objects : what the student handed over, the task's own first.
    leans : whether something was handed over for the task that this one leans on.
    """

    def __init__(self, asked, objects):
        self._asked, self._leaned_on = asked, asked.leans_on
        self._own, self._rest = asked.handed_over(objects)
        self.leans = bool(asked.leans_on and self._rest)
        self._kept = []

    def unfit(self, names):
        """Say why the object cannot even be tried, or return ""; see `unfit`."""
        return unfit(self._asked, self._own, names)

    def call(self, arguments, watch=False, stand_in=None, keep=True):
        """Return what a call of the task's own object on a case's arguments did, as a Called.

        watch, and the arguments : see `try_once`. stand_in : a function to be found where the
        object calls the student's answer to the task leaned on. keep : whether `parts_now` is
        to look at what came once more.
        """
        around = nullcontext()
        if stand_in is not None:
            around = standing_in(self._own, self._leaned_on.name, stand_in)
        with around:
            called, returned = try_once(self._asked, self._own, arguments, watch)
        if keep:
            self._kept.append([returned] if called.parts else [])
        return called

    def call_leaned_on(self, arguments):
        """Return what a call of the object for the task leaned on did, as a Called."""
        called, _ = try_once(self._leaned_on, self._rest[0], arguments)
        return called

    def parts_now(self):
        """Return the parts of each call that was kept, as they are by now; () where none came."""
        return [parts_now(self._asked, kept[0]) if kept else () for kept in self._kept]


def unfit(asked, student, names):
    """Say why a student's object cannot even be tried, or return "".

    asked : the Asked of the task. names : those of the arguments of its longest case.
    """
    # guarded like a call: the object may have ideas of its own about its signature
    return run(_unfit, asked, student, names).value or ""


def _unfit(asked, student, names):
    if asked.wants == "dict":
        if isinstance(student, dict):
            return ""
        return f"`{asked.name}` should be a dictionary; this is {kind(student)}."
    if asked.wants == "value":
        return ""
    together = student if asked.objects else (student,)
    for name, one in zip(asked.objects or (asked.name,), together, strict=False):
        if not callable(one):
            wanted = "class" if name[0].isupper() else "function"
            return f"`{name}` should be a {wanted}; this is {kind(one)}."
    if len(together) < len(asked.objects):
        return f"This is checked with {' and '.join(f'`{n}`' for n in asked.objects)} together."
    if drive_of(asked.id) is not call:
        return ""
    signature = inspect.signature(student)
    try:
        signature.bind(*names)
    except TypeError:
        if _takes_by_name(signature, names):
            return ""
        takes = list(signature.parameters)
        return (
            f"`{asked.name}` is called with {len(names)} arguments ({', '.join(names)}), "
            f"but yours takes {len(takes)} ({', '.join(takes)})."
        )
    return ""


def _takes_by_name(signature, names):
    try:
        signature.bind(**dict.fromkeys(names))
    except TypeError:
        return False
    return True


@contextmanager
def standing_in(student, name, function):
    """Let a student's object find a function where it calls what the notebook has by that name."""
    one = student[-1] if isinstance(student, tuple) else student
    names = getattr(inspect.unwrap(one), "__globals__", {})
    if name not in names:
        yield
        return
    before = names[name]
    names[name] = function
    try:
        yield
    finally:
        names[name] = before


def try_once(asked, student, arguments, watch=False):
    """Return the Called of one call, and what it returned, untouched, or None.

    arguments : by name; the call gets copies of its own. watch : whether to look for single
    entries of them moved, which slows the call.
    """
    given = fresh(arguments)
    held = []

    def drive():
        held.append(drive_of(asked.id)(student, given))
        return as_parts(asked, held[0])

    outcome = run(drive, seconds=asked.seconds, watched=arguments if watch else None)
    called = Called(
        parts=tuple(outcome.value or ()),
        trouble=_trouble(outcome),
        raised="" if outcome.error is None else in_words(outcome.error),
        changed=tuple(changed(given, arguments)),
        warned=outcome.warned,
        calls=outcome.calls,
        printed=outcome.printed,
        kept=outcome.kept,
        changed_settings=outcome.changed_settings,
    )
    return called, held[0] if held else None


def parts_now(asked, returned):
    """Return the parts of what a call returned as they are by now; () where they are none."""
    return tuple(run(as_parts, asked, returned).value or ())


def _trouble(outcome):
    """Say what kept a call from returning parts at all, or return ""."""
    error = outcome.error
    if error is None:
        return ""
    if isinstance(error, NotImplementedError):
        return NOT_WRITTEN
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, TimeUp):
        return NOT_BACK
    at = f" at `{outcome.where}`" if outcome.where else ""
    name, _, said = in_words(error).partition(": ")
    return f"The call raised {name}{at}: {said}"
