"""Trying an answer on the cases: what to put to it next, from what it said before.

The answer is talked to and never touched: it may lie in another process. See `LocalAnswer` in
`trying` for what it says.
"""

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

import numpy as np

from course.arguments import fresh
from course.called import NOT_BACK, Called
from course.comparing import equal, is_narrow
from course.mistakes import find_mistake
from course.stack import form
from course.trying import Ask


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
        return cls(case=case, **vars(called), **beside)

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


class Before(Enum):
    """What is made of the student's own answer to the task that a task leans on.

    UNASKED : it is as the student's code finds it; what it gives says nothing where all is right.
    ASKED : it is asked on each case, for what may follow from it; the true values stand in for it
    where nothing can. REPLACED : the true values stand in for it everywhere, as it does not end.
    Where they do, they also stand in for what it leans on itself and earned nothing: that may be
    what it failed over.
    """

    UNASKED, ASKED, REPLACED = range(3)


def try_all(task, answer, cases, truths, before=Before.ASKED):
    """Return the Trials of an answer on the cases, in order.

    task, answer, cases, truths : as in `judge`. before : see Before; where an answer that was not
    asked is to be asked after all, because the first case came wrong, the trials end before a
    vast one.

    The trials end early with a call that cannot be made, is not written yet or does not come back:
    the rest would say the same again.
    """
    names = max((list(case.arguments) for case in cases), key=len)
    beside = _Beside(task, answer, cases, truths, before)
    alone = before is Before.UNASKED
    trials, again = [], None
    while len(trials) < len(cases):
        once_more = alone and answer.leans and trials and _is_vast(cases[len(trials)])
        if once_more and not _is_right(task, trials[0], truths(task)):
            break
        again_due = again is None and all(trial.parts for trial in trials[:1])
        asks = list(_asks(task, cases, len(trials), again_due, beside))
        came = answer.calls([ask for _, ask in asks], names)
        names = ()  # they are asked about once
        if came[0].unfit:
            return [Trial.on(cases[0], came[0])]
        for (number, ask), called in zip(asks, came, strict=False):
            if ask.leaned_on:
                if not beside.take(number, called):
                    # what was asked for after it is to be asked for in another way
                    break
            elif ask.keep is None:
                # the second call says something only where the first one did
                again = called.parts if trials[0].parts else ()
            else:
                trials.append(Trial.on(cases[number], called, earlier=beside.earlier(number)))
        if trials and trials[-1].ends:
            break
    if beside.useful_by_chance:
        return try_all(task, answer, cases, truths, Before.REPLACED)
    trials[0] = replace(trials[0], again=again or ())
    changed = answer.changed_later()
    return [
        replace(trial, changed_later=changed[number]) if changed.get(number) else trial
        for number, trial in enumerate(trials)
    ]


def _asks(task, cases, done, again_due, beside):
    """Yield (number of the case, Ask) for what there is to ask, done cases being over.

    The answer leaned on comes right before the own one on each case: what the one keeps outside
    itself may be what the other goes on with. It is taken for granted that it will do as it did
    on the case before, and on the first one; where that turns out to be wrong, the own answer is
    asked once more, with what stands in for it or without.
    """
    if done == 1 and again_due:
        yield 0, Ask(cases[0].arguments, stand_ins=beside.stand_ins(0))
    for number in range(done, len(cases)):
        arguments = cases[number].arguments
        if beside.is_wanted(number):
            yield number, Ask(beside.arguments(number), leaned_on=True)
        stand_ins = beside.stand_ins(number)
        # one look at the calls inside is enough, and it slows them
        watch = task.asked.watch and not number
        yield number, Ask(arguments, watch=watch, stand_ins=stand_ins, keep=number)
        if not number:
            # asked for at once, for it is seldom in vain
            yield 0, Ask(arguments, stand_ins=stand_ins)


def _is_vast(case):
    return "vast" in case.traits


def _is_right(task, trial, truth):
    true = truth(**fresh(trial.case.arguments))
    return bool(trial.parts) and all(
        not isinstance(came, str) and equal(part, came, part.value(wanted), trial)
        for part, came, wanted in zip(task.parts, trial.parts, true, strict=True)
    )


class _Beside:
    """What the answer leaned on came to, case by case, and what stands in for it where it must."""

    def __init__(self, task, answer, cases, truths, before):
        self._task, self._cases = task.leans_on, cases
        leans = task.leans_on is not None and answer.leans
        self._wanted = leans and before is not Before.UNASKED
        replaced = task.replaced_with(answer.failed) if self._wanted else ()
        self._replaced = [(one, truths(one)) for one in replaced]
        self._proven = answer.proven
        self._known, self._does = {}, True
        self._useful = {True: 0, False: 0}
        self._stuck = before is Before.REPLACED

    @property
    def useful_by_chance(self):
        """Whether what it gives is of use on some cases only because of what these are like.

        Such as a number where an array should come, which is one on a case with a single entry.
        """
        return 0 < self._useful[True] < self._useful[False]

    def is_wanted(self, number):
        """Whether it is still to be asked on this case."""
        return self._wanted and not self._stuck and number not in self._known

    def arguments(self, number):
        """Return the arguments that it takes on this case."""
        return self._arguments_of(self._task, number)

    def _arguments_of(self, task, number):
        return task.of_its_arguments(self._cases[number]).arguments

    def take(self, number, before):
        """Take in its Called on a case; return whether it did or did not as on the one before."""
        arguments = self.arguments(number)
        if before.trouble == NOT_BACK:
            # nor would it in the other cases
            self._stuck = True
            return False
        _, truth = self._replaced[0]
        true = truth(**fresh(arguments))
        of_use = _has_the_form(before, true, self._task) and not _says_nothing(before.parts)
        if before.parts:
            self._useful[of_use] += 1
        # nothing can follow from what did not come, and an overflow there is none of the own
        # answer's: that is tried with the true values in its place
        does = (
            of_use
            and all(bool(np.all(np.isfinite(came))) for came in before.parts)
            and not any("overflow" in warning for warning in before.warned)
            and not self._is_another(number, before, true)
        )
        if does:
            self._known[number] = () if before.changed else before.parts, {}
        else:
            self._known[number] = (), self._true_functions(number)
        as_assumed, self._does = does == self._does, does
        return as_assumed

    def _is_another(self, number, before, true):
        """Whether a part comes wrong that came right where the answer was judged itself.

        What earned its points there is no mistake to follow from here.
        """
        trial = Trial.on(self._task.of_its_arguments(self._cases[number]), before)
        return any(
            part.name in self._proven and not equal(part, came, wanted, trial)
            for part, came, wanted in zip(self._task.parts, before.parts, true, strict=True)
        )

    def earlier(self, number):
        """Return its parts on this case, where something may follow from them."""
        return self._known.get(number, ((), {}))[0]

    def stand_ins(self, number):
        """Return the functions that are to stand in for it and its like on this case, by name.

        Where it was not asked yet, as it is to be expected from the last case that it was asked on.
        """
        if number in self._known:
            return self._known[number][1]
        in_vain = self._stuck or not self._does
        return self._true_functions(number) if self._wanted and in_vain else {}

    def _true_functions(self, number):
        return {
            task.name: _true_function(task, truth, self._arguments_of(task, number))
            for task, truth in self._replaced
        }


def _has_the_form(called, true, task):
    """Whether the parts that came have the shapes that they should have."""
    return bool(called.parts) and all(
        not isinstance(came, str) and form(came) == form(part.value(wanted))
        for part, came, wanted in zip(task.parts, called.parts, true, strict=True)
    )


def _says_nothing(parts):
    """Whether each array has the same number all over, as what was put there for the time being."""
    arrays = [np.asarray(part) for part in parts if part.size > 1]
    return bool(arrays) and not any(map(np.ptp, arrays))


def _true_function(task, truth, arguments):
    """Return a function that takes and gives what the student's answer to a task should.

    arguments : those of the case, by name, in order. It takes nothing larger, for it is the judge
    who computes what it gives: a few arrays that broadcast against each other would fill memory.
    """

    def true(*given, **named):
        by_name = dict(zip(arguments, given, strict=False)) | named
        here = f"In the place of your `{task.name}` stands the true one here"
        if len(given) + len(named) != len(arguments) or by_name.keys() != arguments.keys():
            raise TypeError(f"{here}: it takes {', '.join(arguments)}.")
        by_name = {name: by_name[name] for name in arguments}
        for name, one in by_name.items():
            if not _no_larger(one, arguments[name]):
                raise ValueError(f"{here}: {name} may not be larger than what was handed over.")
        values = truth(**by_name)
        return values if len(task.parts) > 1 else values[0]

    true.takes_names = True
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
