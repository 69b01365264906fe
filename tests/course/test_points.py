"""Points to learn from: where they lie, and that the same seed gives the same ones."""

import numpy as np
import pytest

from course import spirals, two_moons


def test_moons_without_noise_lie_on_two_half_circles_around_their_centres():
    X, y = two_moons(np.random.default_rng(0), 101, noise=0)
    assert X.shape == (101, 2)
    assert np.bincount(y).tolist() == [51, 50]
    for label, centre, up in ((0, (0, 0), 1), (1, (1, 0.5), -1)):
        away = X[y == label] - centre
        np.testing.assert_allclose(np.hypot(*away.T), 1, rtol=1e-12)
        assert (up * away[:, 1] >= -1e-12).all()
        # the whole half, not a part of it
        np.testing.assert_allclose([away[:, 0].min(), away[:, 0].max()], [-1, 1], atol=1e-12)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_spirals_without_noise_wind_evenly_around_the_origin(classes):
    X, y = spirals(np.random.default_rng(0), 40 * classes, classes, noise=0)
    assert np.bincount(y).tolist() == [40] * classes
    r = np.hypot(*X.T)
    for label in range(classes):
        np.testing.assert_allclose(np.sort(r[y == label]), np.linspace(0, 1, 40), atol=1e-12)
    angle = np.arctan2(X[:, 0], X[:, 1])[r > 0]
    expected = (2 * np.pi * y / classes + 4 * r)[r > 0]
    np.testing.assert_allclose(np.exp(1j * angle), np.exp(1j * expected), atol=1e-9)


@pytest.mark.parametrize("make", [two_moons, spirals])
def test_the_same_seed_gives_the_same_points_in_mixed_order(make):
    X, y = make(np.random.default_rng(3), 90)
    again, labels = make(np.random.default_rng(3), 90)
    np.testing.assert_array_equal(X, again)
    np.testing.assert_array_equal(y, labels)
    assert not np.array_equal(X, make(np.random.default_rng(4), 90)[0])
    assert len(np.unique(y[:20])) > 1
    assert (np.diff(y) != 1).any()


def test_noise_moves_points_by_its_standard_deviation():
    rng = np.random.default_rng(0)
    X, y = two_moons(rng, 4000, noise=0.05)
    away = np.hypot(*(X[y == 0]).T) - 1
    assert np.std(away) == pytest.approx(0.05, rel=0.1)


@pytest.mark.parametrize(
    ("make", "arguments", "said"),
    [
        (two_moons, (1,), "Got m=1, .* each of the 2 classes; write m=200"),
        (two_moons, (10.0,), "Got m=10.0"),
        (two_moons, (10, -0.1), "Got noise=-0.1"),
        (two_moons, (10, np.nan), "Got noise=nan"),
        (spirals, (2,), "each of the 3 classes"),
        (spirals, (10, 5), "Got classes=5, .* 2, 3 or 4 arms"),
        (spirals, (10, 1), "Got classes=1"),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(make, arguments, said):
    with pytest.raises(ValueError, match=said):
        make(np.random.default_rng(0), *arguments)
