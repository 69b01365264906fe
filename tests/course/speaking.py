"""Answers that are talked to in one way or the other, and take note of what they are asked."""

import numpy as np

from autograder.grading import reference
from course.asked import Asked
from course.called import Called
from course.checking import score_on
from course.tasks import find_task
from course.trying import Ask, LocalAnswer

STEP = find_task("two_layer.train_step")
BACKWARD = find_task("two_layer.backward")


class ByData:
    """An answer of which all that is said goes through plain data, as between processes."""

    def __init__(self, asked, given):
        self.asked = asked
        self.local = LocalAnswer(Asked.from_data(asked.as_data()), given)
        self.leans, self.proven = self.local.leans, self.local.proven
        self.deadly, self.failed = self.local.deadly, self.local.failed

    def calls(self, asks, names=()):
        # as many in turn as there are, where a LocalAnswer is asked for one at a time
        asked = [Ask(**ask.as_data()) for ask in asks]
        came = list(self.local.in_turn(asks=asked, seconds=60, names=names))
        return [
            Called.from_data(
                called.as_data(),
                self.asked.leans_on if ask.leaned_on else self.asked,
                list(ask.arguments),
            )
            for ask, called in zip(asks, came, strict=False)
        ]

    def changed_later(self):
        return self.local.changed_later()


def scored(task, answer, seed=3):
    rng = np.random.default_rng(seed)
    cases = [task.draw(rng, kind) for kind in task.check_kinds]
    return score_on(task, answer, cases, reference, "Tried on {} cases.")


class Noting:
    """Takes note of what was asked for and called."""

    def __init__(self, asked, given):
        super().__init__(asked, given)
        self.asks = []

    def calls(self, asks, names=()):
        came = super().calls(asks, names)
        self.asks += asks[: len(came)]
        return came


class Noted(Noting, ByData):
    """As many in one message as there are."""


class NotedOneByOne(Noting, LocalAnswer):
    """As those are asked that are large."""
