from fractions import Fraction
from math import comb

import numpy as np
import pytest

from autograder.report.losses import losses_of
from autograder.report.pairs import at_least, pairs

from .made_up import CELLS, mistaken

ONE, OTHER, THIRD = "wrong-sign", "bias-missing", "factor-of-two"


def losses(*work):
    """Losses of students s0, s1, …, each with a tuple of mistakes."""
    results = [mistaken(f"s{k}", *mistakes) for k, mistakes in enumerate(work)]
    return [loss for one in results for loss in losses_of(one, CELLS)]


def test_mistakes_that_the_same_students_make_are_told():
    work = [(ONE, OTHER)] * 4 + [(THIRD,)] * 5 + [()] * 31
    (pair,) = pairs(losses(*work), 40)
    assert {pair.first, pair.second} == {ONE, OTHER}
    assert pair.students == ("s0", "s1", "s2", "s3")
    assert pair.expected == pytest.approx(0.4)
    assert pair.lift == pytest.approx(10)
    assert pair.chance == pytest.approx(1 / comb(40, 4))


def test_two_students_are_no_pattern():
    assert pairs(losses((ONE, OTHER), (ONE, OTHER), *[()] * 1000), 1002) == []


def test_what_many_make_goes_together_by_chance():
    # 20 of 40 make each, and 10 make both: just as expected
    work = [(ONE, OTHER)] * 10 + [(ONE,)] * 10 + [(OTHER,)] * 10 + [()] * 10
    assert pairs(losses(*work), 40) == []


def test_independent_mistakes_are_seldom_told():
    rng = np.random.default_rng(0)
    names = [ONE, OTHER, THIRD, "transposed-gradient", "double-mean", "missing-mean"]
    told = 0
    for _ in range(40):
        made = rng.random((200, len(names))) < 0.1
        work = [tuple(n for n, m in zip(names, row, strict=True) if m) for row in made]
        told += bool(pairs(losses(*work), 200))
    # one class in twenty at most, and some room for chance
    assert told <= 5


def test_an_empty_class_has_no_pairs():
    assert pairs([], 0) == []
    assert pairs([], 20) == []


@pytest.mark.parametrize(("both", "a", "b", "n"), [(3, 5, 7, 24), (0, 2, 2, 5), (6, 9, 8, 10)])
def test_the_tail_is_that_of_the_hypergeometric_distribution(both, a, b, n):
    exact = sum(
        Fraction(comb(a, k) * comb(n - a, b - k), comb(n, b)) for k in range(both, min(a, b) + 1)
    )
    assert at_least(both, a, b, n) == pytest.approx(float(exact), rel=1e-9)
