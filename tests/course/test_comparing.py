"""When arrays count as equal: by their worst entry where that tells, entry by entry else."""

from itertools import product

import numpy as np
import pytest

from course.comparing import allowed, equal
from course.stack import Stack
from course.task import Case, Part
from course.trials import Trial

PART = Part("a", 1)
NUMBERS = [0.0, 1.0, -1e-13, 1e-9, 2.0 + 1e-8, -3e5, 1e308, -1e308, np.inf, -np.inf, np.nan]


def trial(*parts, dtype=float):
    return Trial(case=Case({"x": np.ones(2, dtype)}), parts=parts)


def by_entries(part, got, wanted, trial):
    """The same question, asked of every entry."""
    return bool(
        np.all(np.isfinite(got))
        and np.all(np.abs(got - wanted) <= allowed(part, got, wanted, trial))
    )


@pytest.mark.parametrize(
    "part", [PART, Part("a", 1, within=1.6e-4), Part("a", 1, relative=1e-5)], ids=str
)
def test_the_worst_entry_tells_what_all_entries_tell(part):
    rng = np.random.default_rng(0)
    told = set()
    with np.errstate(all="ignore"):
        for first, off in product(NUMBERS, (0, 1e-13, 0.9e-7, 1.1e-7, 1e-5, 1.5e-4, 1.7e-4, 1.0)):
            for shape in ((), (1,), (2, 3), (0,)):
                wanted = np.array(rng.normal(size=shape))
                if wanted.size:
                    wanted.flat[0] = first
                for got in (wanted * (1 + off), wanted + off, np.where(wanted > 0.5, off, wanted)):
                    for dtype in (float, np.float32):
                        seen = trial(got, dtype=dtype)
                        came = equal(part, got, wanted, seen)
                        assert came == by_entries(part, got, wanted, seen), (got, wanted)
                        told.add(came)
    assert told == {True, False}


def test_shapes_go_before_values():
    assert not equal(PART, np.ones((1, 2)), np.ones(2), trial())
    two, three = Stack.of([np.ones(2), np.ones(2)]), Stack.of([np.ones(2), np.ones(1), np.ones(1)])
    several = Part("a", 1, many="list")
    assert equal(several, two, two.again(two), trial())
    assert not equal(several, two, three, trial())


def test_a_large_entry_excuses_no_other_by_its_own_size():
    wanted, got = np.array([1e6, 1.0]), np.array([1e6, 1.0 + 1e-3])
    assert not equal(PART, got, wanted, trial(got))
    assert equal(PART, np.array([1e6, 1.0 + 1e-7]), wanted, trial(got))


def test_nothing_infinite_is_right():
    with np.errstate(all="ignore"):
        for got, wanted in product((np.inf, -np.inf, np.nan), repeat=2):
            assert not equal(PART, np.array([got, 1]), np.array([wanted, 1]), trial())


def test_whoever_computes_in_less_than_64_bits_is_compared_in_less():
    wanted = np.ones(3)
    close = wanted * (1 + 1e-4)
    assert not equal(PART, close, wanted, trial(close))
    assert equal(PART, close.astype(np.float32), wanted, trial())
    assert equal(PART, close, wanted, trial(close, dtype=np.float32))
