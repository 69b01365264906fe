"""Trying what a student wrote on the cases, and bringing home plain facts about it.

Everything that touches the student's objects happens here, in `running` and in `reading`; what
comes back holds arrays, numbers and strings only, and no verdict.
"""

import inspect
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from course.comparing import is_narrow
from course.mistakes import find_mistake
from course.reading import NOT_WRITTEN, UnreadableError, as_parts, in_words, kind
from course.running import TimeUp, changed, fresh, run
from course.stack import form
from course.task import call


@dataclass(frozen=True, eq=False)
class Trial:
    """What one call on one case did.

    case : the Case. parts : one entry a part, an array of real numbers or a sentence saying why
    there is none; empty where the call returned no parts, and then `trouble` says why.
    earlier : the same of the student's own answer to the task that this one leans on.
    raised : the text of an exception, with its type. changed : names of arguments that the
    call changed. again : the parts of a second call on the same case, where one was made.
    changed_later : indices of the parts whose arrays changed after they were handed back.
    warned : texts of warnings. calls : see Outcome. printed, kept, changed_settings : as there.
    """

    case: object
    parts: tuple = ()
    earlier: tuple = ()
    trouble: str = ""
    raised: str = ""
    changed: tuple = ()
    again: tuple = ()
    changed_later: frozenset = frozenset()
    warned: tuple = ()
    calls: int = 0
    printed: int = 0
    kept: str = ""
    changed_settings: bool = False

    @cached_property
    def narrow(self):
        """Whether anything that came or was given is in less than 64 bits."""
        return is_narrow([self.case.arguments, self.parts, self.earlier])

    def stopped_by(self, mistake_id):
        """Whether the call raised what a habit raises, whatever the values would have been."""
        mistake = find_mistake(mistake_id)
        return mistake.is_habit and bool(self.raised) and bool(mistake.raises(None, self.raised))


def unfit(task, student, cases):
    """Say why a student's object cannot even be tried on the cases, or return ""."""
    # guarded like a call: the object may have ideas of its own about its signature
    return run(_unfit, task, student, cases).value or ""


def _unfit(task, student, cases):
    if task.wants == "dict":
        if isinstance(student, dict):
            return ""
        return f"`{task.name}` should be a dictionary; this is {kind(student)}."
    if task.wants == "value":
        return ""
    together = student if task.objects else (student,)
    for name, one in zip(task.objects or (task.name,), together, strict=False):
        if not callable(one):
            wanted = "class" if name[0].isupper() else "function"
            return f"`{name}` should be a {wanted}; this is {kind(one)}."
    if len(together) < len(task.objects):
        return f"This is checked with {' and '.join(f'`{n}`' for n in task.objects)} together."
    if task.drive is not call:
        return ""
    names = max((list(case.arguments) for case in cases), key=len)
    signature = inspect.signature(student)
    try:
        signature.bind(*names)
    except TypeError:
        if _takes_by_name(signature, names):
            return ""
        takes = list(signature.parameters)
        return (
            f"`{task.name}` is called with {len(names)} arguments ({', '.join(names)}), "
            f"but yours takes {len(takes)} ({', '.join(takes)})."
        )
    return ""


def _takes_by_name(signature, names):
    try:
        signature.bind(**dict.fromkeys(names))
    except TypeError:
        return False
    return True


def try_all(task, objects, cases):
    """Return the Trials of a student's objects on the cases, in order.

    task : the Task; objects : what the student handed over. The trials end early with a call
    that is not written yet or does not come back: the rest would say the same again.
    """
    trials, returned = [], []
    own, leaned_on = task.handed_over(objects)
    for case in cases:
        earlier, around = (), nullcontext()
        if task.leans_on and leaned_on:
            before, _ = _try(task.leans_on, leaned_on[0], task.leans_on.of_its_arguments(case))
            if before.trouble == NOT_BACK:
                leaned_on = ()
            elif not _fits(before, task.leans_on) or any("overflow" in w for w in before.warned):
                # nothing can follow from what did not come, and an overflow there is none of this
                # answer's: try with the true values in its place
                around = _standing_in(own, task.leans_on)
            elif not before.changed:
                earlier = before.parts
        with around:
            # one look at the calls inside is enough, and it slows them
            trial, value = _try(task, own, case, count=not trials)
            if trial.parts and not trials:
                second, _ = _try(task, own, case)
                trial = replace(trial, again=second.parts)
        trial = replace(trial, earlier=earlier)
        trials.append(trial)
        returned.append(value)
        if trial.trouble in (NOT_WRITTEN, NOT_BACK):
            break
    return [
        replace(trial, changed_later=_changed_later(task, trial, value)) if trial.parts else trial
        for trial, value in zip(trials, returned, strict=True)
    ]


def _fits(trial, task):
    """Whether the parts that came have the shapes that they should have, and are finite."""
    true = task.truth(**fresh(trial.case.arguments))
    return bool(trial.parts) and all(
        not isinstance(came, str)
        and form(came) == form(part.value(wanted))
        and bool(np.all(np.isfinite(came)))
        for part, came, wanted in zip(task.parts, trial.parts, true, strict=True)
    )


@contextmanager
def _standing_in(student, task):
    """Let a student's function find the true values where it calls their answer to a task."""
    one = student[-1] if isinstance(student, tuple) else student
    names = getattr(inspect.unwrap(one), "__globals__", {})
    if task.name not in names:
        yield
        return

    def true(*arguments):
        order = task.of_its_arguments_in_order()
        values = task.truth(**dict(zip(order, arguments, strict=True)))
        return values if len(task.parts) > 1 else values[0]

    before = names[task.name]
    names[task.name] = true
    try:
        yield
    finally:
        names[task.name] = before


NOT_BACK = "The call did not come back in time and was stopped: is there a loop without an end?"


def _try(task, student, case, count=False):
    """Return the Trial of one call, and what it returned, untouched."""
    arguments = fresh(case.arguments)
    held = []

    def drive():
        held.append(task.drive(student, arguments))
        return as_parts(task, held[0])

    # looking slows the call, and only that mistake asks for it
    watched = case.arguments if count and "numerical-gradient" in task.mistakes else None
    outcome = run(drive, seconds=task.seconds, watched=watched)
    trial = Trial(
        case=case,
        parts=tuple(outcome.value or ()),
        trouble=_trouble(outcome),
        raised="" if outcome.error is None else in_words(outcome.error),
        changed=tuple(changed(arguments, case.arguments)),
        warned=outcome.warned,
        calls=outcome.calls,
        printed=outcome.printed,
        kept=outcome.kept,
        changed_settings=outcome.changed_settings,
    )
    return trial, held[0] if held else None


def _changed_later(task, trial, returned):
    now = run(as_parts, task, returned).value or ()
    return frozenset(
        index
        for index, (before, after) in enumerate(zip(trial.parts, now, strict=False))
        if not isinstance(before, str)
        and not (not isinstance(after, str) and np.array_equal(before, after, equal_nan=True))
    )


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
