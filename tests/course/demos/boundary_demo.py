"""A decision boundary on the tests' own network, and what it sends to the front end."""

import numpy as np

from course import two_moons
from course.demos import DecisionBoundary
from tests.course.demos.small_learner import initial, loss, predict, step

MOONS = two_moons(np.random.default_rng(1), 80, 0.15)


def parameters(*sizes):
    return initial(np.random.default_rng(2), sizes or (2, 8, 2))


def demo(*, data=MOONS, start=None, predict=predict, step=step, **options):
    options = {"loss": loss, "rate": 1.0, **options}
    return DecisionBoundary(predict, step, start or parameters(), *data, **options)


def play(widget, pictures):
    """Ask for pictures as the front end does: the next once the last has come."""
    for _ in range(pictures):
        widget.set_state({"asked": widget.answered + 1})
        assert widget.answered == widget.asked


def field(widget):
    p = np.frombuffer(widget.field, dtype="<f4")
    side = round((p.size / widget.classes) ** 0.5)
    return p.reshape(widget.classes, side, side)


def points(widget):
    return np.frombuffer(widget.points).reshape(4, -1)


def curve(widget):
    return np.frombuffer(widget.curve).reshape(2, -1)


def sentence(widget):
    return widget.picture["sentence"]


def trained(start, steps, rate=1.0, data=MOONS):
    for _ in range(steps):
        start = step(*data, start, rate)
    return start
