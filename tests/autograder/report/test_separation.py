import numpy as np
import pytest

from autograder.report.separation import FEWEST, separation


def correlated(r, n, seed=0):
    """Two columns of n numbers whose sample correlation is exactly r."""
    a, b = np.random.default_rng(seed).normal(size=(2, n))
    a = (a - a.mean()) / np.linalg.norm(a - a.mean())
    b = b - b.mean()
    b = (b - (a @ b) * a) / np.linalg.norm(b - (a @ b) * a)
    return list(a), list(r * a + np.sqrt(1 - r * r) * b)


@pytest.mark.parametrize(
    ("r", "n", "words"),
    [
        (0.6, 60, "well"),
        (0.41, FEWEST, "well, but chance could do that"),
        (0.3, 100, "somewhat"),
        (0.3, 30, "somewhat, but chance could do that"),
        (0.1, 2000, "hardly"),
        (-0.1, 30, "not at all"),
        (-0.5, 60, "the wrong way: look at the task"),
    ],
)
def test_it_says_in_words_what_the_correlation_means(r, n, words):
    told = separation(*correlated(r, n))
    assert told.words == words
    assert told.value == pytest.approx(r)
    assert told.low < r < told.high


def test_the_interval_is_fishers():
    told = separation(*correlated(0.5, 28))
    # z = 0.5493, margin 1.96 / 5
    assert (told.low, told.high) == (pytest.approx(0.1560, abs=1e-3), pytest.approx(0.7359, 1e-3))


def test_a_small_class_is_too_small_to_tell():
    told = separation(*correlated(0.9, FEWEST - 1))
    assert (told.words, told.value) == ("too few to tell", None)
    assert separation([], []).words == "too few to tell"


def test_where_all_are_alike_there_is_nothing_to_tell():
    some = [float(k % 3) for k in range(30)]
    assert separation([2.0] * 30, some).words == "nothing to tell: all earned the same"
    assert separation(some, [0.0] * 30).words.startswith("nothing to tell: the rest")


def test_points_that_go_hand_in_hand_have_an_interval_too():
    some = [float(k % 3) for k in range(30)]
    told = separation(some, some)
    assert told.words == "well"
    assert 0.99 < told.low <= told.high <= 1
