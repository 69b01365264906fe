"""The decision boundary under functions that fail or dawdle, and under bad arguments."""

import sys
import time

import numpy as np
import pytest

from course.demos.boundary_points import SIDES
from tests.course.demos.boundary_demo import (
    MOONS,
    demo,
    field,
    parameters,
    play,
    points,
    sentence,
    trained,
)
from tests.course.demos.small_learner import predict, step

FAILURES = [
    (lambda *_: None, "Your step returned None: is its return missing?"),
    (lambda X, y, p, rate: tuple(p.values()), "Your step returned a tuple; it must return the"),
    (lambda X, y, p, rate: {"w1": p["w1"]}, "Your step returned no b1"),
    (lambda X, y, p, rate: {**p, "w2": p["w2"].T}, "made w2 of shape (2, 8); it has shape (8, 2)"),
    (lambda X, y, p, rate: {**p, "b1": "no"}, "Your step made b1 a str; it must be an array."),
    (lambda X, y, p, rate: {**p, "b2": p["b2"] * np.nan}, "Your step made b2[0] nan: is the rate"),
    (lambda X, y, p, rate: sys.exit(), "Your step raised SystemExit."),
    (lambda X, y, p, rate: 1 / 0, "Your step raised ZeroDivisionError: division by zero."),
]


@pytest.mark.parametrize(("broken", "said"), FAILURES)
def test_a_failing_step_stops_the_training_at_the_last_good_state(broken, said):
    calls = []

    def fails_later(X, y, parameters, rate):
        calls.append(None)
        return (step if len(calls) <= 4 else broken)(X, y, parameters, rate)

    widget = demo(step=fails_later)
    widget.playing, widget.speed = True, 10
    play(widget, 1)
    assert said in sentence(widget)
    assert "The picture stays as it was." in sentence(widget)
    assert widget.steps == 4
    assert not widget.playing
    good = trained(parameters(), 4)
    for name, array in good.items():
        np.testing.assert_array_equal(widget.parameters[name], array)
    np.testing.assert_array_equal(points(widget)[3], predict(MOONS[0], good).argmax(axis=1))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda X, p: None, "Your predict returned None"),
        (lambda X, p: np.ones(len(X)), "returned an array of shape (256,) for 256 points; it must"),
        (lambda X, p: np.full((len(X), 2), np.nan), "Your predict returned nan for class 0"),
        (lambda X, p: "p", "Your predict returned a str"),
        (lambda X, p: 1 / 0, "Your predict raised ZeroDivisionError"),
    ],
)
def test_a_failing_predict_is_told_and_the_points_are_drawn(broken, said):
    widget = demo(predict=broken, loss=None)
    assert said in sentence(widget)
    assert widget.field == b""
    assert (points(widget)[3] == -1).all()
    assert "There are no regions yet." in widget.picture["alternative"]
    widget.figure().canvas.draw()


def test_a_predict_that_fails_later_leaves_the_last_good_picture_and_recovers():
    broken = []

    def fragile(X, parameters):
        if broken:
            raise ValueError("not today")
        return predict(X, parameters)

    widget = demo(predict=fragile)
    good = widget.field
    broken.append(True)
    widget.take_steps()
    assert "Your predict raised ValueError: not today. The picture stays" in sentence(widget)
    assert widget.field == good
    widget.added = [[0.0, 0.0, 1]]
    assert points(widget)[3, -1] == -1
    broken.clear()
    widget.take_steps()
    assert "Your" not in sentence(widget)
    assert widget.field != good


def test_functions_not_yet_written_are_no_failure_of_the_demo():
    def not_written(*arguments):
        raise NotImplementedError

    widget = demo(step=not_written)
    assert "Your" not in sentence(widget)
    widget.take_steps()
    assert "Your step is not written yet (NotImplementedError)." in sentence(widget)
    assert "Your predict is not written yet" in sentence(demo(predict=not_written))
    assert "Your loss is not written yet" in sentence(demo(loss=not_written))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda X, y, p: np.inf, "Your loss is inf."),
        (lambda X, y, p: np.ones(3), "Your loss has shape (3,); it must be one number."),
        (lambda X, y, p: (1.0, p), "Your loss returned a tuple; it must return one number."),
    ],
)
def test_a_failing_loss_is_told_beside_a_picture(broken, said):
    widget = demo(loss=broken)
    assert said in sentence(widget)
    assert field(widget).shape[0] == 2


def test_one_picture_takes_no_more_than_its_time():
    def slow(X, y, parameters, rate):
        time.sleep(0.03)
        return step(X, y, parameters, rate)

    widget = demo(step=slow)
    widget.playing, widget.speed = True, 100
    began = time.perf_counter()
    play(widget, 1)
    assert time.perf_counter() - began < 1
    assert 1 <= widget.steps <= 2
    assert f"room for {widget.steps} step" in sentence(widget)


@pytest.mark.slow
def test_a_step_that_never_ends_is_ended():
    def endless(X, y, parameters, rate):
        while True:
            pass

    widget = demo(step=endless)
    widget.take_steps()
    assert "Your step takes too long: is there a loop that never ends?" in sentence(widget)


def test_a_slow_predict_gets_a_coarser_grid():
    def slow(X, parameters):
        time.sleep(5e-5 * len(X))
        return predict(X, parameters)

    assert field(demo(predict=slow)).shape[1] < SIDES[0]


X, Y = MOONS


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        ((X[:, 0], Y), {}, r"Got X of shape \(80,\).*\(m, 2\); write"),
        ((X * np.nan, Y), {}, "finite points"),
        ((X[:1], Y[:1]), {}, "Got 1 points"),
        ((X, Y[:-1]), {}, "one whole number for each of the 80 points"),
        ((X, np.eye(2)[Y]), {}, "argmax"),
        ((X, Y + 0.5), {}, "whole number"),
        ((X, Y - 1), {}, "Got labels from -1 to 0"),
        ((X, Y + 3), {}, "Got labels from 3 to 4"),
        ((X, Y), {"classes": 5}, "classes=5"),
        ((X, Y), {"classes": 1}, "classes=1"),
        ((X, Y), {"rate": 0.0}, "Got rate=0.0, but rate goes from"),
        ((X, Y), {"loss": 3}, "Got loss=3, but loss must be a function"),
        ((X, Y), {"step": 3}, "Got step=3, but step must be a function; write step=step"),
        ((X, Y), {"start": {"w1": [np.nan]}}, "look for nan"),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(arguments, options, said):
    with pytest.raises(ValueError, match=said):
        demo(data=arguments, **options)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate", -1.0),
        ("rate", float("nan")),
        ("speed", 0),
        ("speed", 1000),
        ("added", [[0.0, 0.0, 2]]),
        ("added", [[1e9, 0.0, 1]]),
        ("added", [[0.0, float("nan"), 1]]),
        ("added", [[0.0, 1]]),
        ("added", ["012"]),
        ("added", [[0.0, 0.0, 0]] * 201),
    ],
)
def test_traits_refuse_what_is_out_of_their_limits(name, value):
    widget = demo()
    before = getattr(widget, name)
    with pytest.raises(ValueError, match="Got "):
        setattr(widget, name, value)
    assert getattr(widget, name) == before
