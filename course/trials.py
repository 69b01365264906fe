"""Trying an answer on the cases: what to put to it next, from what it said before.

The answer is talked to and never touched: it may lie in another process. See `LocalAnswer` in
`trying` for what it says.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest

import numpy as np

from course.called import Called
from course.comparing import is_narrow
from course.mistakes import find_mistake
from course.running import fresh
from course.stack import form
from course.trying import ENDS, NOT_BACK, Ask


@dataclass(frozen=True, eq=False)
class Trial(Called):
    """What one call on one case did, and what is to be known beside it.

    case : the Case. earlier : the parts of the student's own answer to the task that this one
    leans on. again : the parts of a second call on the same case, where one was made.
    changed_later : indices of the parts whose arrays changed after they were handed back.
    """

    case: object = field(kw_only=True)
    earlier: tuple = ()
    again: tuple = ()
    changed_later: frozenset = frozenset()

    @classmethod
    def on(cls, case, called, **beside):
        """Return the Trial of what a call on a case did, as a Called."""
        return cls(case=case, **called.as_data(), **beside)

    @cached_property
    def narrow(self):
        """Whether anything that came or was given is in less than 64 bits."""
        return is_narrow([self.case.arguments, self.parts, self.earlier])

    def stopped_by(self, mistake_id):
        """Whether the call raised what a habit raises, whatever the values would have been.

        Anybody can raise the same, so it counts only where the case itself brings it about.
        """
        mistake = find_mistake(mistake_id)
        if not mistake.is_habit or mistake.stops_with not in self.case.traits:
            return False
        return bool(self.raised) and bool(mistake.raises(None, self.raised))


def try_all(task, answer, cases, truths):
    """Return the Trials of an answer on the cases, in order.

    task, answer, cases, truths : as in `judge`. The trials end early with a call that is not
    written yet or does not come back: the rest would say the same again.
    """
    asks, earlier = [], []
    for case, (before, stand_in) in zip(cases, _before(task, answer, cases, truths), strict=True):
        # one look at the calls inside is enough, and it slows them
        watch = task.asked.watch and not asks
        asks.append(Ask(case.arguments, watch=watch, stand_in=stand_in))
        earlier.append(before)
        if len(asks) == 1:
            asks.append(Ask(case.arguments, stand_in=stand_in, keep=False))
    first, *rest = answer.calls(asks)
    if rest and rest[0].trouble in ENDS:
        # an end of the second call is none of the others
        rest += answer.calls(asks[2:]) if asks[2:] else []
    # the second call says something only where the first one did
    again = rest[0].parts if rest and first.parts else ()
    came = [first, *rest[1:]]
    trials = [
        Trial.on(case, called, earlier=before, again=() if number else again)
        for number, (case, called, before) in enumerate(zip(cases, came, earlier, strict=False))
    ]
    return [
        replace(trial, changed_later=changed)
        for trial, changed in zip(trials, answer.changed_later(), strict=True)
    ]


def _before(task, answer, cases, truths):
    """Return, for each case, what the answer leaned on came to there, and what is to stand in.

    That is its parts, where something may follow from them, and a function with the true values,
    where nothing can.
    """
    if task.leans_on is None or not answer.leans:
        return [((), None)] * len(cases)
    truth = truths(task.leans_on)
    arguments = [task.leans_on.of_its_arguments(case).arguments for case in cases]
    came = answer.calls([Ask(given, leaned_on=True) for given in arguments])
    beside = []
    for given, before in zip_longest(arguments, came, fillvalue=came[-1]):
        if before.trouble == NOT_BACK:
            beside.append(((), None))
        elif not _fits(before, truth(**fresh(given)), task.leans_on) or any(
            "overflow" in warning for warning in before.warned
        ):
            # nothing can follow from what did not come, and an overflow there is none of this
            # answer's: try with the true values in its place
            beside.append(((), _true_function(task.leans_on, truth, given)))
        else:
            beside.append((() if before.changed else before.parts, None))
    return beside


def _fits(called, true, task):
    """Whether the parts that came have the shapes that they should have, and are finite."""
    return bool(called.parts) and all(
        not isinstance(came, str)
        and form(came) == form(part.value(wanted))
        and bool(np.all(np.isfinite(came)))
        for part, came, wanted in zip(task.parts, called.parts, true, strict=True)
    )


def _true_function(task, truth, arguments):
    """Return a function that takes and gives what the student's answer to a task should.

    arguments : those of the case, by name, in order. It takes nothing larger, for it is the judge
    who computes what it gives: a few arrays that broadcast against each other would fill memory.
    """

    def true(*given):
        by_name = dict(zip(arguments, given, strict=True))
        for name, one in by_name.items():
            if not _no_larger(one, arguments[name]):
                raise ValueError(f"{name} is larger here than the one that was handed over.")
        values = truth(**by_name)
        return values if len(task.parts) > 1 else values[0]

    return true


def _no_larger(given, asked):
    """Whether nothing in what was given has more entries or axes than what stands in its place."""
    if isinstance(asked, dict):
        return isinstance(given, dict) and all(
            key in asked and _no_larger(one, asked[key]) for key, one in given.items()
        )
    if isinstance(asked, list | tuple):
        alike = isinstance(given, list | tuple) and len(given) <= len(asked)
        return alike and all(map(_no_larger, given, asked))
    if callable(asked):
        return callable(given)
    shape, most = np.shape(given), np.shape(asked)
    longest = max(most, default=1)
    return (
        len(shape) <= len(most)
        and np.size(given) <= np.size(asked)
        and max(shape, default=0) <= longest
    )
