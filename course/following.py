"""Whether a part follows correctly from the student's own values of parts before it.

A mistake is punished where it was made, and not again in what was computed from it.
"""

from typing import NamedTuple

import numpy as np

from course.comparing import equal
from course.running import fresh


class Before(NamedTuple):
    """A student's own value of an earlier part.

    value : the array. right : whether it is the true one. sound : whether anything can be
    shown with it; zeros take all that comes after them to zero, whoever computes it.
    """

    value: np.ndarray
    right: bool
    sound: bool


def followed(evidence, part, habits):
    """Return the part's Follow where the part follows from wrong parts before it, else None.

    habits : ids of mistakes; calls that these stopped are passed over.
    """
    follow = evidence.task.follows.get(part.name)
    if follow is None:
        return None
    shown = False
    for trial in evidence.trials:
        if any(map(trial.stopped_by, habits)):
            continue
        before = [_before(evidence, name, trial) for name in follow.after]
        got, _ = evidence.values(part, trial)
        if got is None or any(entry is None for entry in before):
            return None
        shown |= any(entry.sound and not entry.right for entry in before)
        wanted = follow.value(fresh(trial.case.arguments), *(entry.value for entry in before))
        if not equal(part, got, np.asarray(wanted), trial.case.arguments):
            return None
    return follow if shown else None


def enters_here(evidence, part):
    """Return the names of this task's parts that the wrong part is computed from, if all are right.

    They are right, so the error enters at this part. Empty where that cannot be said.
    """
    follow = evidence.task.follows.get(part.name)
    if follow is None:
        return ()
    for trial in evidence.trials:
        before = [_before(evidence, name, trial) for name in follow.after]
        if not all(entry is not None and entry.right for entry in before):
            return ()
    own = {part.name for part in evidence.task.parts}
    return tuple(name for name in follow.after if name in own)


def _before(evidence, name, trial):
    """Return the Before of that name, of this task or the one leaned on; None if it is missing."""
    own = {part.name: part for part in evidence.task.parts}
    if name in own:
        part = own[name]
        got, wanted = evidence.values(part, trial)
        relatives = (got,)
    else:
        part, got, wanted = _leaned_on(evidence, name, trial)
        relatives = trial.earlier
    if got is None or isinstance(got, str) or got.shape != wanted.shape:
        return None
    if not np.all(np.isfinite(got)):
        return None
    sound = any(not isinstance(entry, str) and np.any(entry != 0) for entry in relatives)
    return Before(got, equal(part, got, wanted, trial.case.arguments), sound)


def _leaned_on(evidence, name, trial):
    """Return (part, value, true value) of a part of the task leaned on.

    Where the student's answer to that task was not handed over, the true value stands for it.
    """
    other = evidence.task.leans_on
    index = [part.name for part in other.parts].index(name)
    arguments = other.of_its_arguments(trial.case).arguments
    wanted = np.asarray(other.truth(**fresh(arguments))[index])
    return other.parts[index], trial.earlier[index] if trial.earlier else wanted, wanted
