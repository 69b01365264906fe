"""Handwritten digits to learn from, shipped with the course; data/digits.txt says from where."""

from importlib.resources import files

import numpy as np

HELD_OUT = 450
SIDE = 8


def digits():
    """Return (X, y, X_unseen, y_unseen): digits to learn from, and digits held out to judge by.

    X (1347, 64) and X_unseen (450, 64) hold an image a row, its 8 × 8 pixels row by row from
    the top, as floats from 0 (paper) to 16 (ink): the number of dark points in a block of 4 × 4.
    y (1347,) and y_unseen (450,) are the digits shown, integers from 0 to 9.

    The split is drawn at random, the same at every call; both parts come from the same 13
    writers. Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI
    Machine Learning Repository, 1998, CC BY 4.0.
    """
    X, y = all_digits()
    order = np.random.default_rng(1998).permutation(len(y))
    unseen, seen = order[:HELD_OUT], order[HELD_OUT:]
    return X[seen], y[seen], X[unseen], y[unseen]


def all_digits():
    """Return X (1797, 64), floats from 0 to 16, and y (1797,), integers, as the file has them."""
    with (files("course") / "data" / "digits.npz").open("rb") as file, np.load(file) as held:
        return held["X"].astype(float), held["y"].astype(int)
