"""Whether a part follows correctly from the student's own values of parts before it.

A mistake is punished where it was made, and not again in what was computed from it.
"""

import numpy as np

from course.arguments import fresh
from course.comparing import allowed, equal
from course.stack import Stack, form

_DROWNS = 100

_ROUNDED, _ROUNDED_VAST = 1e-5, 1e-8
"""By how much a part is off at the most for all that rounding of what it is computed from may do;
in units of its largest true entry, or of 1 where that is smaller. In a vast case, where what
follows would take too long to compute, each entry is a sum of hundreds: there it is in units of
the largest entry, and the mildest known mistake is off by 8e-5."""


def followed(evidence, part, passed_over):
    """Return what the wrong part follows from correctly, in names; () where it does not.

    passed_over : trials that say nothing, because a habit stopped the call there. A vast case
    is passed over as well: what follows there would take a complex step for each parameter.
    """
    for follow in _ways(evidence.task, part):
        names = _followed_one_way(evidence, part, follow, passed_over)
        if names:
            return names
    return ()


def _followed_one_way(evidence, part, follow, passed_over):
    names, shown = {}, {}
    for trial in evidence.trials:
        if trial in passed_over or "vast" in trial.case.traits:
            continue
        before = [evidence.before(name, trial) for name in follow.after]
        got, _ = evidence.values(part, trial)
        if got is None or any(entry is None for entry in before):
            return ()
        values = [entry.value for entry in before]
        wanted = _value(part, follow, trial, values)
        if not equal(part, got, wanted, trial):
            return ()
        wrong = [entry for entry in before if not entry.right]
        if not wrong:
            continue
        names.update(dict.fromkeys(entry.called for entry in wrong))
        arrays = [entry.value for entry in wrong if entry.value.size > 1 and np.any(entry.value)]
        if not shown.get(bool(arrays)):
            # ones all over follow from ones all over, for anybody who computed nothing
            differ = not arrays or any(map(np.ptp, arrays))
            shown[bool(arrays)] = (
                differ
                and all(map(_is_ordinary, wrong))
                and _shows_something(evidence, part, follow, values, wanted, trial)
            )
    # a single number always looks computed: where there are arrays, they decide
    return tuple(names) if shown.get(True, shown.get(False, False)) else ()


def goes_on(evidence, part, trial):
    """Whether a part that is off a little is what comes of values before it that count as right.

    Whoever computes some of them in float32 is right there; subtracting, later, shows it.
    """
    got, true = evidence.values(part, trial)
    if form(got) != form(true):
        return False
    vast = "vast" in trial.case.traits
    off, largest = np.abs(got - true).max(initial=0), np.abs(true).max(initial=0)
    if not off <= (_ROUNDED_VAST * largest if vast else _ROUNDED * max(1, largest)):
        return False
    for follow in _ways(evidence.task, part):
        before = [evidence.before(name, trial) for name in follow.after]
        if all(entry is not None and entry.right for entry in before):
            values = [entry.value for entry in before]
            if vast or equal(part, got, _value(part, follow, trial, values), trial):
                return True
    return False


def _is_ordinary(before):
    """Whether a value is not that much larger than the true one that it drowns all else.

    What counts as rounding grows with it, and a term left out beside it would count as that.
    """
    largest, wanted = (np.abs(one).max(initial=0) for one in (before.value, before.wanted))
    return largest <= _DROWNS * max(wanted, 1)


def _shows_something(evidence, part, follow, values, wanted, trial):
    """Whether it took the right computation to get here from the values before.

    From zeros, or from numbers as small as rounding, the same would follow for anybody who
    computed nothing; no credit is due for that. A step by one parameter's zero gradient counts
    where the same call shows elsewhere that it steps.
    """
    if part.within is not None and np.abs(wanted).max(initial=0) < 10 * part.within:
        return False
    if _moved(part, follow, values, wanted, trial):
        return True
    if evidence.task.leans_on is None or set(follow.after) & {p.name for p in evidence.task.parts}:
        return False
    return any(_steps(evidence, other, trial) for other in evidence.task.parts if other is not part)


def _steps(evidence, part, trial):
    """Whether a part follows from what came before it, and not as it would from zeros."""
    got, _ = evidence.values(part, trial)
    for follow in _ways(evidence.task, part):
        before = [evidence.before(name, trial) for name in follow.after]
        if got is None or any(entry is None for entry in before):
            continue
        values = [entry.value for entry in before]
        wanted = _value(part, follow, trial, values)
        if equal(part, got, wanted, trial):
            return _moved(part, follow, values, wanted, trial)
    return False


def _moved(part, follow, values, wanted, trial):
    zeros = [_zeros(value) for value in values]
    base = _value(part, follow, trial, zeros)
    margin = allowed(part, wanted, wanted, trial)
    return bool(np.any(np.abs(wanted - base) > 1e3 * margin))


def _zeros(value):
    return value.again(0.0 * value) if isinstance(value, Stack) else np.zeros(value.shape)


def _value(part, follow, trial, values):
    """Return what follows from the values, as the array of the part."""
    apart = [value.apart() if isinstance(value, Stack) else value for value in values]
    return part.value(follow.value(fresh(trial.case.arguments), *apart))


def enters_here(evidence, part):
    """Return the names that the wrong part is computed from, if all of them are right.

    They are right, so the error enters at this part. Empty where that cannot be said.
    """
    for follow in _ways(evidence.task, part):
        called = {}
        for trial in evidence.trials:
            before = [evidence.before(name, trial) for name in follow.after]
            if not all(entry is not None and entry.right and entry.came for entry in before):
                break
            called.update(dict.fromkeys(entry.called for entry in before))
        else:
            return tuple(called)
    return ()


def _ways(task, part):
    follow = task.follows.get(part.name, ())
    return follow if isinstance(follow, tuple) else (follow,)
