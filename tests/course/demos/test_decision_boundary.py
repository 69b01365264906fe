"""The decision boundary without a browser: what is trained, sent and said."""

import numpy as np
import pytest

import course
from course.demos import DecisionBoundary
from course.demos.boundary_answers import goes_uphill, probabilities, walk
from course.demos.boundary_points import SIDES, Plane
from tests.course.demos.boundary_demo import (
    MOONS,
    curve,
    demo,
    field,
    parameters,
    play,
    points,
    sentence,
    trained,
)
from tests.course.demos.small_learner import loss, predict, scores, step, uphill


def test_it_is_offered_by_the_course_and_its_demos():
    assert course.DecisionBoundary is DecisionBoundary
    assert "DecisionBoundary" in course.demos.__all__


def test_steps_are_those_of_the_students_function():
    start = parameters()
    given = {name: array.copy() for name, array in start.items()}
    widget = demo(start=start)
    widget.take_steps(7)
    widget.set_state({"presses": 1})
    assert widget.steps == 8
    for name, array in trained(given, 8).items():
        np.testing.assert_array_equal(widget.parameters[name], array)
        np.testing.assert_array_equal(start[name], given[name])


def test_presses_that_the_front_end_merged_are_all_taken():
    widget = demo()
    widget.set_state({"presses": 3})
    assert widget.steps == 3


def test_field_and_points_are_what_predict_gives():
    widget = demo()
    widget.take_steps(5)
    X, y = MOONS
    p = field(widget)
    assert p.shape == (2, SIDES[0], SIDES[0])
    bounds = widget.picture
    for row, column in ((0, 0), (0, 60), (60, 0), (17, 42)):
        x = bounds["left"] + (bounds["right"] - bounds["left"]) * column / 60
        height = bounds["bottom"] + (bounds["top"] - bounds["bottom"]) * row / 60
        there = predict(np.array([[x, height]]), widget.parameters)[0]
        np.testing.assert_allclose(p[:, row, column], there, rtol=1e-5)
    own = predict(X, widget.parameters).argmax(axis=1)
    np.testing.assert_array_equal(points(widget), [*X.T, y, own])
    said = f"Step 5: loss {loss(X, y, widget.parameters):.3g}, {np.sum(own == y)} of 80"
    assert sentence(widget).startswith(said)
    wrong = np.sum(own != y)
    assert f"{wrong} points are ringed" in widget.picture["alternative"]
    assert "40 circles of class 0 and 40 squares of class 1" in widget.picture["alternative"]


def test_scores_are_softmaxed_for_the_colours_alone():
    given, taken = demo(), demo(predict=scores)
    np.testing.assert_allclose(field(given), field(taken), rtol=1e-5)
    np.testing.assert_array_equal(points(given), points(taken))
    assert given.picture["strength"] == "p"
    assert taken.picture["strength"] == "the softmax of your scores"
    assert np.isfinite(probabilities(np.array([[1e4, -1e4], [0.0, 3.0]]))).all()


def test_it_learns_the_moons_while_it_plays_and_rests_while_it_does_not():
    widget = demo()
    play(widget, 2)
    assert widget.steps == 0
    widget.playing, widget.speed = True, 20
    play(widget, 60)
    assert widget.steps > 100
    assert "80 of 80 points right" in sentence(widget)
    assert "Every point lies in a region of its own class." in sentence(widget)
    at, losses = curve(widget)
    assert at[0] == 0
    assert at[-1] == widget.steps
    assert losses[-1] == pytest.approx(loss(*MOONS, widget.parameters))
    assert losses[-1] < 0.1 * losses[0]
    widget.playing, before = False, widget.steps
    play(widget, 3)
    assert widget.steps == before


@pytest.mark.slow
def test_the_curve_stays_short_with_its_ends_in_place():
    widget = demo()
    for _ in range(600):
        widget.take_steps()
    at, _ = curve(widget)
    assert len(at) <= 240
    assert [at[0], at[-1]] == [0, 600]
    assert (np.diff(at) > 0).all()


def test_without_a_loss_the_curve_counts_wrong_points():
    widget = demo(loss=None)
    widget.take_steps(3)
    _, _, y, own = points(widget)
    assert curve(widget)[1, -1] == np.sum(y != own)
    assert sentence(widget).startswith("Step 3: ")
    assert "loss" not in sentence(widget)
    assert widget.picture["curve_text"].startswith("The number of wrong points from ")


def test_added_points_are_trained_on_and_reset_takes_everything_back():
    seen = []

    def watching(X, y, parameters, rate):
        seen.append((X, y))
        return step(X, y, parameters, rate)

    widget = demo(step=watching)
    first = widget.field, widget.points, widget.curve, widget.picture
    widget.set_state({"added": [[0.5, 0.25, 1], [0.0, 0.0, 0]]})
    assert points(widget).shape == (4, 82)
    np.testing.assert_array_equal(points(widget)[:3, -2:].T, [[0.5, 0.25, 1], [0, 0, 0]])
    widget.set_state({"added": widget.added[:-1]})
    assert points(widget).shape == (4, 81)
    widget.take_steps()
    X, y = seen[-1]
    assert X[-1].tolist() == [0.5, 0.25]
    assert y[-1] == 1
    assert y.dtype.kind == "i"
    widget.playing = True
    widget.set_state({"resets": 1})
    assert (widget.field, widget.points, widget.curve, widget.picture) == first
    assert (widget.steps, widget.added, widget.playing) == (0, [], False)


def test_a_flipped_sign_is_said_to_go_uphill():
    widget = demo(step=uphill, rate=0.1)
    widget.take_steps()
    assert widget.steps == 1
    assert "your step goes uphill from its very start" in sentence(widget)
    assert widget.picture["wrong"]
    _, losses = curve(widget)
    assert losses[-1] > losses[0]
    widget.take_steps(20)
    assert "Does the update go against the gradient?" in sentence(widget)


def test_too_large_a_rate_is_no_wrong_sign():
    widget = demo(rate=30.0)
    rises = []
    for _ in range(10):
        widget.take_steps()
        rises.append(sentence(widget))
    assert any("starts downhill but goes too far. Is the rate too large?" in s for s in rises)
    assert not any("uphill" in s for s in rises)


def test_downhill_and_uphill_are_told_apart_however_long_the_step():
    start = parameters()
    for rate in (1e-3, 1.0, 100.0):
        assert goes_uphill(loss, *MOONS, start, uphill(*MOONS, start, rate))
        assert not goes_uphill(loss, *MOONS, start, step(*MOONS, start, rate))


def test_a_right_training_is_never_called_wrong():
    widget = demo(rate=0.3)
    for _ in range(100):
        widget.take_steps(2)
        assert not widget.picture["wrong"], sentence(widget)
        assert "Your" not in sentence(widget)


def test_parameters_that_never_move_are_named():
    def forgets(X, y, parameters, rate):
        return {**step(X, y, parameters, rate), "b1": parameters["b1"], "b2": parameters["b2"]}

    widget = demo(step=forgets)
    widget.take_steps(3)
    assert "Your step leaves b1 and b2 exactly as it found them." in sentence(widget)
    still = demo(step=lambda X, y, parameters, rate: parameters)
    still.take_steps(3)
    assert "Your step changes nothing" in sentence(still)


def test_a_network_without_a_boundary_says_so():
    start = {**parameters(), "b2": np.array([0.0, 50.0])}
    assert "No boundary: the network says class 1 everywhere." in sentence(demo(start=start))


def test_functions_get_copies_and_what_they_print_goes_nowhere(capfd):
    def greedy(X, y, parameters, rate):
        print("flood")
        new = step(X, y, parameters, rate)
        X[:], y[:] = 0, 0
        for array in parameters.values():
            array *= 0
        return new

    widget = demo(step=greedy)
    widget.take_steps(6)
    assert capfd.readouterr() == ("", "")
    for name, array in trained(parameters(), 6).items():
        np.testing.assert_array_equal(widget.parameters[name], array)


def test_in_place_updates_are_steps_as_well():
    def in_place(X, y, parameters, rate):
        parameters.update(step(X, y, parameters, rate))
        return parameters

    done = walk(in_place, *MOONS, parameters(), 1.0, 3, seconds=10)
    assert done.taken == 3
    assert done.unmoved == []
    np.testing.assert_array_equal(done.last["w1"], trained(parameters(), 3)["w1"])


@pytest.mark.parametrize(
    "X", [[[0.0, 0.0], [10.0, 1.0]], [[3.0, 3.0], [3.0, 3.0]], [[0, 0], [0, 5]]]
)
def test_the_plane_holds_all_points_and_is_never_flat(X):
    plane = Plane.around(np.array(X, dtype=float))
    assert all(plane.holds(*point) for point in X)
    ratio = (plane.top - plane.bottom) / (plane.right - plane.left)
    assert 0.7 - 1e-9 <= ratio <= 1 + 1e-9
    grid = plane.grid(3)
    assert grid[0].tolist() == [plane.left, plane.bottom]
    assert grid[2].tolist() == [plane.right, plane.bottom]
    assert grid[-1].tolist() == [plane.right, plane.top]


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_the_figure_draws_every_state(classes):
    data = course.spirals(np.random.default_rng(0), 60, classes)
    widget = demo(data=data, start=parameters(2, 8, classes))
    widget.take_steps(3)
    figure = widget.figure()
    figure.canvas.draw()
    axes, beside = figure.axes
    assert figure.get_supxlabel() == sentence(widget)
    dots = [c for c in axes.collections if str(c.get_label()).startswith("class")]
    assert sum(len(c.get_offsets()) for c in dots) == 60
    rings = next(c for c in axes.collections if c.get_label() == "in a wrong region")
    _, _, y, own = points(widget)
    assert len(rings.get_offsets()) == np.sum(y != own)
    np.testing.assert_array_equal(beside.lines[0].get_ydata(), curve(widget)[1])


def test_the_text_beside_the_widget_says_what_it_shows():
    data, _ = demo()._repr_mimebundle_()
    assert data["text/plain"].startswith("Decision boundary. Step 0: loss ")
