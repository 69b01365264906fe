"""A training of the student's network, with what there is to draw of its present state."""

import math
import time

import numpy as np

from course.demos.boundary_answers import (
    are_probabilities,
    goes_uphill,
    loss_at,
    probabilities,
    scores_at,
    walk,
)
from course.demos.boundary_points import SIDES
from course.demos.boundary_words import KEPT, Now

FIELD_SECONDS = 0.05
"""How long predict may take on the grid before a coarser one is taken."""

LONGEST_CURVE = 240


class Training:
    """The student's functions, the present parameters, and what the functions last gave.

    parameters : name -> array. steps : taken so far. p : (K, side, side) probabilities on the
    grid of the plane, rows from the bottom up, or None. own : (m,) predicted classes, −1 where
    none came yet. given : whether predict's rows were probabilities. history : (step, value)
    pairs, of the loss or of the wrong points. trouble : what went wrong last, or "".
    """

    def __init__(self, predict, step, loss, parameters, plane, classes):
        self._predict, self._step, self._loss = predict, step, loss
        self._first, self._plane, self._classes = parameters, plane, classes
        self.restart(np.empty((0, 2)), np.empty(0, dtype=int))

    def restart(self, X, y):
        """Begin anew from the first parameters; `look` is to follow."""
        self.parameters, self.steps = self._first, 0
        self.p, self.own, self.given, self._side = None, np.full(len(y), -1), True, None
        self.history = []
        self.set_points(X, y)

    def set_points(self, X, y):
        """Train on these points from now on; `look` is to follow."""
        self._X, self._y = X, y
        # those that came last have no predicted class yet
        self.own = np.append(self.own, np.full(len(y), -1))[: len(y)]
        self._start_loss = self.loss = self._before = None
        self._walk, self._wanted, self.trouble = None, 0, ""

    def take(self, steps, rate):
        """Take so many steps, or fewer where the time is up; `look` is to follow."""
        self._wanted = steps
        self._walk = walk(self._step, self._X, self._y, self.parameters, rate, steps)
        self.parameters = self._walk.last
        self.trouble = self._walk.trouble and self._walk.trouble + KEPT
        self.steps += self._walk.taken

    def look(self):
        """Ask the student's loss and predict about the present parameters."""
        said = self._ask_predict()
        # what stopped the training is said before what it led to
        self.trouble = self.trouble or said
        self._before, self.loss = self.loss, None
        if self._loss is not None:
            self.loss, said = loss_at(self._loss, self._X, self._y, self.parameters)
            self.trouble = self.trouble or said
        if self._start_loss is None:
            self._start_loss = self.loss
        self._remember()

    def _ask_predict(self):
        if self._side is None:
            a_point, said = self._time_of_a_point()
            if said:
                return said
            fits = (side for side in SIDES if a_point * side**2 <= FIELD_SECONDS)
            self._side = next(fits, SIDES[-1])
        rows = np.concatenate([self._plane.grid(self._side), self._X])
        scores, said = scores_at(self._predict, rows, self.parameters, self._classes)
        if said:
            return said + (KEPT if self.p is not None else "")
        cells = self._side**2
        self.given = are_probabilities(scores)
        p = probabilities(scores)[:cells]
        self.p = p.reshape(self._side, self._side, self._classes).transpose(2, 0, 1)
        self.own = scores[cells:].argmax(axis=1)
        return ""

    def _time_of_a_point(self):
        """Return the seconds that predict takes for a point, and what is wrong, or ""."""
        coarse, fastest = self._plane.grid(SIDES[-1]), math.inf
        # a busy machine makes one call slow, not each of three
        for _ in range(3):
            began = time.perf_counter()
            _, said = scores_at(self._predict, coarse, self.parameters, self._classes)
            fastest = min(fastest, time.perf_counter() - began)
            if said or fastest * (SIDES[0] / SIDES[-1]) ** 2 <= FIELD_SECONDS:
                break
        return fastest / len(coarse), said

    def _remember(self):
        value = self.loss
        if self._loss is None and self.p is not None:
            value = float(np.sum(self.own != self._y))
        if value is None:
            return
        if self.history and self.history[-1][0] == self.steps:
            self.history.pop()
        self.history.append((self.steps, value))
        if len(self.history) > LONGEST_CURVE:
            self.history = [*self.history[:-1:2], self.history[-1]]

    @property
    def shares(self):
        """The part of the plane that is each class's region, (K,), or None without a picture."""
        if self.p is None:
            return None
        winners = self.p.argmax(axis=0).ravel()
        return np.bincount(winners, minlength=self._classes) / winners.size

    def now(self):
        """Return what there is to say of the present state, a Now."""
        shares, done = self.shares, self._walk
        everywhere = shares is not None and shares.max() == 1
        return Now(
            steps=self.steps,
            loss=self.loss,
            right=None if shares is None else int(np.sum(self.own == self._y)),
            total=len(self._y),
            trouble=self.trouble,
            rise=self._why_it_rose(),
            losses=(self._before, self.loss),
            taken=done.taken if done else 0,
            wanted=self._wanted,
            unmoved=tuple(done.unmoved) if done and done.taken else (),
            arrays=len(self.parameters),
            everywhere=int(shares.argmax()) if everywhere else None,
        )

    def _why_it_rose(self):
        before, after, done = self._before, self.loss, self._walk
        if None in (before, after) or done is None or not done.taken or not after > before:
            return ""
        # small batches raise it now and then; a wrong sign keeps it above where it began
        if after > self._start_loss and goes_uphill(
            self._loss, self._X, self._y, done.before, done.first
        ):
            return "uphill"
        rise = after - before
        return "too far" if rise > max(0.05 * abs(before), 0.01 * abs(self._start_loss)) else ""
