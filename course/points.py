"""Points in the plane to learn from: two half-moons, and spirals."""

import numpy as np


def two_moons(rng, m, noise=0.1):
    """Return m points of two half-moons that reach into each other, and their classes.

    rng : the random generator that places them. m : how many, at least 2. noise : standard
    deviation of what is added to each coordinate; the moons have radius 1.
    Returns X (m, 2) and y (m,), integers 0 and 1, in random order; an odd point is of class 0.
    Class 0 lies on (cos t, sin t), class 1 on (1 − cos t, ½ − sin t), with t from 0 to π, as in
    scikit-learn's make_moons.

    Raises ValueError for fewer points than classes and a noise that is negative.
    """
    _check(m, 2, noise)
    y = np.arange(m) % 2
    t = np.pi * _shares(y)
    X = np.column_stack([np.cos(t), np.sin(t)])
    X[y == 1] = [1.0, 0.5] - X[y == 1]
    return _blurred_and_shuffled(rng, X, y, noise)


def spirals(rng, m, classes=3, noise=0.2):
    """Return m points on spirals around the origin, one arm a class, and their classes.

    rng : the random generator that places them. m : how many, at least as many as classes.
    classes : how many arms, 2 to 4. noise : standard deviation, in radians, of what is added
    to each point's angle; the arms have length 1.
    Returns X (m, 2) and y (m,), integers from 0, in random order, the arms of equal size or
    one apart. Arm k has its point at radius r at the angle 2πk / classes + 4r, after the
    "toy spiral" of the course notes of Stanford CS231n.

    Raises ValueError for too few points, other numbers of classes and a noise that is negative.
    """
    if classes not in (2, 3, 4):
        raise ValueError(
            f"Got classes={classes!r:.80}, but there are spirals of 2, 3 or 4 arms; "
            "write classes=3."
        )
    _check(m, classes, noise)
    y = np.arange(m) % classes
    r = _shares(y)
    angle = 2 * np.pi * y / classes + 4 * r + noise * rng.normal(size=m)
    X = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
    return _blurred_and_shuffled(rng, X, y, 0)


def _shares(y):
    """Return for each point how far along its class it lies, evenly from 0 to 1."""
    shares = np.empty(len(y))
    for label in np.unique(y):
        shares[y == label] = np.linspace(0, 1, np.sum(y == label))
    return shares


def _blurred_and_shuffled(rng, X, y, noise):
    X = X + noise * rng.normal(size=X.shape)
    order = rng.permutation(len(y))
    return X[order], y[order]


def _check(m, classes, noise):
    if not isinstance(m, int | np.integer) or m < classes:
        raise ValueError(
            f"Got m={m!r:.80}, but there must be a whole number of points, at least one for "
            f"each of the {classes} classes; write m=200."
        )
    if not noise >= 0:
        raise ValueError(
            f"Got noise={noise!r:.80}, but a standard deviation is not negative; write noise=0.1."
        )
