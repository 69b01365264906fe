"""Pairs of mistakes that the same students make more often than chance would have it."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np

TOGETHER = 3
"""In how many students' work a pair must have been seen to be told of."""

FALSE_SHARE = 0.05
"""What share of the pairs told of may be expected to be chance (Benjamini and Hochberg)."""


@dataclass(frozen=True)
class Pair:
    """Two mistakes that go together.

    first, second : their ids. students : in whose work both were seen.
    expected : in how many students' work both would be if one had nothing to do with the other.
    chance : how likely at least so many are then (Fisher's exact test, one-sided).
    """

    first: str
    second: str
    students: tuple[str, ...]
    expected: float
    chance: float

    @property
    def observed(self):
        """In how many students' work both were seen."""
        return len(self.students)

    @property
    def lift(self):
        """How many times as often as expected."""
        return self.observed / self.expected


def pairs(losses, graded):
    """Return the Pairs of mistakes that go together, those with the highest lift first.

    losses : Losses of the class; where a mistake is made does not matter, and neither does how
    often. graded : how many students' notebooks could be graded.
    """
    behind = defaultdict(set)
    for loss in losses:
        if loss.mistake:
            behind[loss.mistake].add(loss.student)
    common = sorted(name for name, students in behind.items() if len(students) >= TOGETHER)
    tested = [_pair(behind, one, other, graded) for one, other in combinations(common, 2)]
    told = [pair for pair in _beyond_chance(tested) if pair.observed >= TOGETHER]
    return sorted(told, key=lambda pair: (-pair.lift, pair.chance, pair.first, pair.second))


def _pair(behind, one, other, graded):
    both = tuple(sorted(behind[one] & behind[other]))
    a, b = len(behind[one]), len(behind[other])
    return Pair(one, other, both, a * b / graded, at_least(len(both), a, b, graded))


def at_least(both, a, b, n):
    """Return the probability that at least `both` of n have two traits that a and b of them have.

    The traits have nothing to do with each other: the tail of the hypergeometric distribution.
    """
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])

    def log_choose(n, k):
        return log_factorial[n] - log_factorial[k] - log_factorial[n - k]

    k = np.arange(max(both, a + b - n), min(a, b) + 1)
    terms = log_choose(a, k) + log_choose(n - a, b - k) - log_choose(n, b)
    return float(min(1.0, np.exp(terms).sum()))


def _beyond_chance(tested):
    """Return those pairs of all tested that Benjamini and Hochberg's procedure lets stand."""
    ranked = sorted(tested, key=lambda pair: pair.chance)
    allowed = [FALSE_SHARE * rank / len(ranked) for rank in range(1, len(ranked) + 1)]
    passed = [k for k, pair in enumerate(ranked) if pair.chance <= allowed[k]]
    return ranked[: passed[-1] + 1] if passed else []
