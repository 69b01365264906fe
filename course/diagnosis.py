"""Naming the mistake behind wrong values.

A mistake is named only where it explains every case to rounding: either each value that came
is the one that the mistake makes of the true quantities, or it is right. Single mistakes come
first, then pairs. No value is ever explained by what happened in one case alone.
"""

from contextlib import suppress
from itertools import combinations

import numpy as np

from course.arguments import fresh
from course.comparing import equal
from course.following import enters_here
from course.mistakes import find_mistake
from course.mistakes.mistake import Mistake


def diagnose(evidence):
    """Return {part name: (ids of the mistakes behind it)} for the parts that could be named.

    evidence : the Evidence of an answer; parts that are right do not appear.
    """
    parts = [part for part in evidence.task.parts if evidence.wrong(part)]
    if not parts:
        return {}
    suspects = [_Suspect(find_mistake(name), evidence) for name in evidence.task.mistakes]
    behind = {part.name: _explaining(evidence, suspects, part) for part in parts}
    named = {}
    while left := [part.name for part in parts if part.name not in named and behind[part.name]]:
        # the mistake that explains most of what is left, the likelier one at a tie
        best = max(
            (s.id for s in suspects),
            key=lambda name: sum(name in behind[part] for part in left),
        )
        named.update({part: (best,) for part in left if best in behind[part]})
    unnamed = [p for p in parts if p.name not in named and not _came_as_zeros(evidence, p)]
    if unnamed:
        pairs = _pairs(evidence, suspects, unnamed, named)
        # what one of these mistakes explains as well needs no third
        for part, names in named.items():
            shared = [name for pair in pairs.values() for name in pair if name in behind[part]]
            named[part] = (shared[0],) if shared else names
        named.update(pairs)
    return named


def _explaining(evidence, suspects, part):
    """Return the ids of the suspects that explain a part."""
    zeros = _came_as_zeros(evidence, part)
    own = {other.name for other in evidence.task.parts}
    # by hand, one entry stands for the whole error: that it is right says little of the rest
    enters = evidence.task.wants == "function" and own & set(enters_here(evidence, part))
    return [
        suspect.id
        for suspect in suspects
        if not (zeros and not suspect.mistake.gives_zeros)
        and not (enters and suspect.mistake.at_output)
        and suspect.explains(part)
    ]


def _came_as_zeros(evidence, part):
    """Whether zeros came wherever the part is wrong: too many mistakes would explain that."""
    wrong = [evidence.values(part, trial)[0] for trial in evidence.wrong(part)]
    return all(got is not None and not np.any(got) for got in wrong)


def _pairs(evidence, suspects, parts, named):
    """Return {part name: (id, id)} for parts that two mistakes together explain."""
    already = {name for names in named.values() for name in names}
    able = [suspect for suspect in suspects if suspect.changes_values or suspect.spoils]
    hopeful = [part for part in parts if _may_be_explained(evidence, able, part)]
    if not hopeful:
        return {}
    # a mistake that was found elsewhere in this answer is the likeliest to be here as well
    pairs = sorted(combinations(able, 2), key=lambda pair: -sum(s.id in already for s in pair))
    found = {}
    for one, other in pairs:
        together = _Together(one, other, evidence)
        explained = [part.name for part in hopeful if together.explains(part)]
        if len(explained) == len(parts):
            return dict.fromkeys(explained, (one.id, other.id))
        # a pair that explains a part may only look like the one that explains them all
        found = {**dict.fromkeys(explained, (one.id, other.id)), **found}
    return found


def _may_be_explained(evidence, suspects, part):
    """Whether each trial in which no value came could be one mistake's, beside another's."""
    return all(
        evidence.finite(part, trial) or any(suspect.excuses(part, trial) for suspect in suspects)
        for trial in evidence.to_explain(part)
    )


class _Explanation:
    """Values that one or more mistakes would give, made when asked for and kept."""

    def __init__(self, evidence):
        self.evidence = evidence
        self._made = {}

    def tampered(self, quantities):
        """Yield the quantities as the mistake would have them, one for each way of making it."""
        raise NotImplementedError

    def explained_otherwise(self, part, trial):
        """Whether something other than values explains the part in the trial."""
        return False

    def explains(self, part):
        """Whether the part is right, or as the mistake makes it, in every trial."""
        trials = self.evidence.to_explain(part)
        return bool(trials) and all(
            self.explained_otherwise(part, trial) or self._matches(part, trial) for trial in trials
        )

    def _matches(self, part, trial):
        if not self.evidence.finite(part, trial):
            return False
        got, true = self.evidence.values(part, trial)
        index = self.evidence.index(part)
        return any(
            equal(part, got, made[index], trial) and _stands_out(part, made[index], true)
            for made in self._values(trial)
        )

    def _values(self, trial):
        if trial not in self._made:
            self._made[trial] = _Kept(self._make(trial))
        return self._made[trial]

    def _make(self, trial):
        """Yield the parts as the mistake makes them in the trial, one for each way."""
        arguments = trial.case.arguments
        for quantities in self.tampered(self.evidence.quantities(trial)):
            with suppress(ValueError, ArithmeticError):
                yield self.evidence.task.read(quantities, arguments)
        with suppress(ValueError, ArithmeticError):
            yield from self.shown(arguments)

    def shown(self, arguments):
        """Yield parts that the task itself says the mistake makes."""
        return ()


class _Kept:
    """What an iterator yields, each entry made when it is first asked for, and kept."""

    def __init__(self, source):
        self._source, self._made = source, []

    def __iter__(self):
        yield from self._made
        for entry in self._source:
            self._made.append(entry)
            yield entry


def _stands_out(part, wanted, true):
    """Whether few digits, entered by hand, can tell a mistake's value from the true one."""
    return part.within is None or abs(float(wanted) - float(true)) > 10 * part.within


class _Suspect(_Explanation):
    """One mistake, held against the evidence."""

    def __init__(self, mistake, evidence):
        super().__init__(evidence)
        self.mistake, self.id = mistake, mistake.id

    def tampered(self, quantities):
        own = self.evidence.task.tampers.get(self.id, lambda quantities: ())
        yield from self.mistake.variants(quantities)
        yield from own(quantities)

    def shown(self, arguments):
        made = self.evidence.task.shows.get(self.id)
        return made(**fresh(arguments)) if made else ()

    @property
    def changes_values(self):
        """Whether the mistake has values of its own to offer on one of the cases."""
        return any(
            True
            for trial in self.evidence.trials
            if "vast" not in trial.case.traits
            for _ in self.tampered(self.evidence.quantities(trial))
        )

    @property
    def spoils(self):
        """Whether the mistake is known by the trials that it spoils, besides its values."""
        return self.mistake.spoils is not Mistake.spoils

    def passed_on(self, quantities):
        """Return the quantities as they are after this mistake, for another to be made in.

        Where it has nothing to change, as a hidden layer's slope in a network without hidden
        layers, they are as they were.
        """
        return list(self.tampered(quantities)) or [quantities]

    def explained_otherwise(self, part, trial):
        if not trial.raised or self.mistake.is_habit:
            return False
        return self.mistake.raises(self.evidence.quantities(trial), trial.raised)

    def excuses(self, part, trial):
        """Whether it explains the part in the trial where another mistake explains the rest."""
        spoils = self.mistake.spoils
        return self.explained_otherwise(part, trial) or spoils(self.evidence, part, trial)

    def explains(self, part):
        seen = self.evidence.task.sees.get(self.id, self.mistake.seen)
        return bool(seen(self.evidence, part)) or super().explains(part)


class _Together(_Explanation):
    """Two mistakes made at once."""

    def __init__(self, one, other, evidence):
        super().__init__(evidence)
        self.one, self.other = one, other

    def tampered(self, quantities):
        # the order matters where one mistake reads what the other spoiled
        for one, other in ((self.one, self.other), (self.other, self.one)):
            for first in one.passed_on(quantities):
                # after a mistake of shape there may be nothing left for the other to work on
                with suppress(ValueError, ArithmeticError):
                    yield from other.passed_on(first)

    def explained_otherwise(self, part, trial):
        return self.one.excuses(part, trial) or self.other.excuses(part, trial)

    def explains(self, part):
        # where one of them may be behind whatever came, nothing speaks for the other
        return super().explains(part) and not any(
            all(each.excuses(part, trial) for trial in self.evidence.to_explain(part))
            for each in (self.one, self.other)
        )
