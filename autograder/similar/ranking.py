"""Which answers to one task are more alike than chance would have them.

What two answers share is worth the more, the fewer of the class have it, and next to nothing
where the reference solution has it too (pieces weighed by rarity, as fingerprints are in
Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).

Two who write in the same style as many others are alike, but so are all of these. So a pair
counts only by how much more alike the two are than each is to the fourth most alike to them: what
five and more have in common is a way of writing.

Chance is read off the class itself. Each student has a nearest other one, and most of these pairs
came about by chance; a pair is shown where it lies far beyond them, in a robust z-score (median
and median absolute deviation, which a few copies in the class do not move).
"""

from collections import defaultdict
from math import log, log2

import numpy as np

from autograder.similar.alike import Pair, Ranking, Whole

FEWEST = 12
"""Answers to a task, at the least, for chance to be told."""

FRIENDS = 3
"""How many others may share an answer before it is taken for a way of writing."""

BEYOND = 5.0
"""How far beyond the median of the nearest pairs a pair must lie, in deviations, to be shown."""

VALUE_WORTH = 2.0
"""What an unusual number is worth, as log2 of a piece's size."""

GIVEN = 0.1
"""What is left of the worth of a piece that the reference solution has too."""

BOTH_LOST, SAME_MISTAKE = 1.25, 1.5
"""By how much more counts what is shared where both lost points, and where a mistake is the same
that the course has no name for: those with a name are made by many, each by themselves."""

NAMED, UNNAMED = 0.5, 2.0
"""What a mistake in both is worth, times its rarity."""

ODDITIES = 3
"""How many oddities of text two alone must share to be shown, where most share none."""

SHOWN = 3
"""How many answers of two students are shown whose notebooks are alike as a whole."""

COMMON = 0.25
"""What this part of a class writes, and more, is not marked on the page."""


def rank(tasks):
    """Return (name of a task -> Ranking, the Whole pairs, the most alike first).

    tasks : name -> Task.
    """
    held = {name: _Held(task) for name, task in tasks.items()}
    rankings = {name: one.ranking() for name, one in held.items()}
    return rankings, _whole(held)


def _whole(held):
    """Return the Whole pairs: the likenesses of all tasks, added up."""
    told = {name: one for name, one in held.items() if one.told}
    students = sorted({answer.student for one in told.values() for answer in one.answers})
    if len(told) < 2:
        return ()
    at = {student: k for k, student in enumerate(students)}
    places = {name: [at[answer.student] for answer in one.answers] for name, one in told.items()}
    likeness = np.zeros((len(students), len(students)), dtype=np.float32)
    for name, one in told.items():
        likeness[np.ix_(places[name], places[name])] += one.likeness
    out = []
    for first, second, beyond in _beyond(_deviations(likeness, _least(len(students)))):
        pairs = []
        for name, one in told.items():
            if first in places[name] and second in places[name]:
                inside = places[name].index(first), places[name].index(second)
                pairs.append((float(one.likeness[inside]), name, one.pair(*inside)))
        chosen = {name for worth, name, _ in sorted(pairs, key=lambda entry: -entry[0])[:SHOWN]}
        shown = tuple((name, pair) for _, name, pair in pairs if name in chosen)
        out.append(Whole((students[first], students[second]), beyond, shown))
    return tuple(sorted(out, key=lambda whole: (-whole.beyond, whole.students)))


def _deviations(likeness, least):
    """Return for each pair by how many deviations it is more alike than chance has the nearest.

    Each pair counts by how much more alike the two are than either is to the fourth most alike.
    least : what a deviation is at the least, where most have nothing in common.
    """
    fourth = np.partition(likeness, -1 - FRIENDS, axis=1)[:, -1 - FRIENDS]
    excess = likeness - np.maximum(fourth[:, None], fourth[None, :])
    nearest = excess.max(axis=1)
    middle = float(np.median(nearest))
    spread = 1.4826 * float(np.median(np.abs(nearest - middle)))
    return (excess - middle) / max(spread, least)


def _least(count):
    """Return what a deviation is at the least: one thing that two of `count` alone have.

    More in a small class, which hardly shows how rare a thing is.
    """
    return log(count / 2) * (1 + FEWEST / count)


def _beyond(deviations):
    """Yield (one, other, deviations) of the pairs beyond chance."""
    for one, other in np.argwhere(np.triu(deviations >= BEYOND, 1)).tolist():
        yield one, other, float(deviations[one, other])


def _rank_of(pair):
    return -pair.beyond, pair.students


class _Held:
    """Who of a class has what, and what sharing it is worth."""

    def __init__(self, task):
        answers = sorted(task.answers, key=lambda answer: answer.student)
        self.answers, self.released, self.reference = answers, task.released, task.reference
        self.told = len(answers) >= FEWEST
        if not self.told:
            return
        self.pieces = _holders(answer.pieces.keys for answer in answers)
        self.values = _holders(answer.pieces.values for answer in answers)
        self.wrong = _holders(answer.wrong for answer in answers)
        self.odd = _holders(answer.oddities for answer in answers)
        self.likeness = self._likeness()
        self.deviations = _deviations(self.likeness, _least(len(answers)))

    def ranking(self):
        """Return the Ranking."""
        if not self.told:
            return Ranking(len(self.answers), told=False)
        pairs = [self.pair(*found) for found in _beyond(self.deviations)]
        least = ODDITIES / BEYOND * (1 + FEWEST / len(self.answers))
        textual = [self.pair(*found) for found in _beyond(_deviations(self._oddly(), least))]
        return Ranking(
            len(self.answers),
            True,
            tuple(sorted(pairs, key=_rank_of)),
            tuple(sorted(textual, key=_rank_of)),
        )

    def _likeness(self):
        """Return a matrix, students × students, of what they share; 0 on the diagonal."""
        added = self._added()
        shared = self._together(self.pieces, lambda key: added[key], rarity=False)
        shared += self._together(self.values, lambda entry: VALUE_WORTH)
        mistakes = self._together(self.wrong, lambda entry: NAMED if entry[1] else UNNAMED)
        unnamed = {entry: who for entry, who in self.wrong.items() if not entry[1]}
        same = self._together(unnamed, lambda entry: 1.0) > 0
        lost = np.array([answer.lost for answer in self.answers])
        both = lost[:, None] & lost[None, :]
        shared *= np.where(both, np.where(same, SAME_MISTAKE, BOTH_LOST), 1.0)
        # the same mistake in answers that are not alike is no likeness
        shared += np.minimum(mistakes, shared)
        np.fill_diagonal(shared, 0.0)
        return shared

    def _oddly(self):
        """Return a matrix of how many oddities of the text two students share, they alone."""
        alone = {odd: who for odd, who in self.odd.items() if len(who) == 2}
        return self._together(alone, lambda entry: 1.0, rarity=False)

    def pair(self, one, other, beyond=None):
        """Return the Pair of two answers, by their indices."""
        if beyond is None:
            beyond = float(self.deviations[one, other])
        mine, yours = self.answers[one], self.answers[other]
        most = COMMON * len(self.answers)

        def both(held, ours, theirs):
            return {
                entry: len(held[entry])
                for entry in ours & theirs
                if len(held[entry]) <= max(2, most)
            }

        own = mine.pieces.keys - self.reference - self.released
        shared = both(self.pieces, own, yours.pieces.keys)
        odd = mine.oddities & yours.oddities
        return Pair(
            mine,
            yours,
            beyond,
            shared,
            both(self.values, mine.pieces.values, yours.pieces.values),
            both(self.wrong, mine.wrong, yours.wrong),
            tuple(sorted(entry for entry in odd if len(self.odd[entry]) == 2)),
        )

    def _added(self):
        """Return key -> what a piece is worth beyond the pieces in it.

        Of nested pieces that two share, all the worths together are then the outer one's.
        """
        count = len(self.answers)
        worth, added = {}, {}
        for answer in self.answers:
            inner = defaultdict(float)
            found = answer.pieces.found
            for at in range(len(found) - 1, -1, -1):
                piece = found[at]
                if piece.key not in worth:
                    less = GIVEN if piece.key in self.reference else 1.0
                    less = 0.0 if piece.key in self.released else less
                    own = less * log2(piece.size) * log(count / len(self.pieces[piece.key]))
                    worth[piece.key] = max(own, inner[at])
                    added[piece.key] = worth[piece.key] - inner[at]
                inner[piece.outer] += worth[piece.key]
        return added

    def _together(self, held, worth, rarity=True):
        """Return a matrix of what is shared, each entry at its worth; 0 on the diagonal.

        rarity : whether the worth is of a single entry, to be multiplied by its rarity.
        """
        count = len(self.answers)
        shared = [(who, worth(entry)) for entry, who in held.items() if len(who) > 1]
        has = np.zeros((count, len(shared)), dtype=np.float32)
        for column, (who, weight) in enumerate(shared):
            has[who, column] = np.sqrt(weight * (log(count / len(who)) if rarity else 1.0))
        out = has @ has.T
        np.fill_diagonal(out, 0.0)
        return out


def _holders(sets):
    """Return entry -> indices of the sets that hold it."""
    held = defaultdict(list)
    for at, entries in enumerate(sets):
        for entry in entries:
            held[entry].append(at)
    return held
