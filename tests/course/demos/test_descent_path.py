"""The demo of two weights without a browser: its traits as the front end would set them."""

import sys

import numpy as np
import pytest

from course.demos import DescentPath


def demo(network, **changes):
    given = {"cost": network.cost, "gradients": network.gradients, "rate": 0.02}
    given |= {"parameters": network.parameters, "chosen": ["W2[0, 1]", "b2[1]"]}
    return DescentPath(**given | changes)


def points_of(data):
    return np.frombuffer(data).reshape(-1, 2)


def not_written(*parameters):
    raise NotImplementedError


def still(widget):
    # how finely the lines are traced may depend on how busy the machine is
    keys = ("chosen", "point", "rate", "steps", "picture")
    return {key: getattr(widget, key) for key in keys}, [line["cost"] for line in widget.levels]


def test_it_begins_at_strong_weights_of_two_arrays(network):
    widget = demo(network, chosen=None)
    parts = network.gradients(*network.parameters.values())
    largest = dict(zip(network.parameters, (np.abs(part).max() for part in parts), strict=True))
    arrays = [weight.partition("[")[0] for weight in widget.chosen]
    assert sorted(arrays) == sorted(sorted(largest, key=largest.get)[-2:])
    assert demo(network, gradients=not_written, chosen=None).chosen == ["W1[0, 0]", "b1[0]"]
    only = DescentPath(lambda w: w @ w, lambda w: (2 * w,), {"w": np.array([1.0, 3.0])})
    assert only.chosen == ["w[0]", "w[1]"]


def test_the_picture_holds_what_is_drawn(network):
    widget = demo(network, rate=1.0)
    left, right, bottom, top = widget.picture["shown"]
    x, y = widget.point
    assert left < x < right
    assert bottom < y < top
    assert (x, y) == (network.parameters["W2"][0, 1], network.parameters["b2"][1])
    assert sum(level["points"] for level in widget.levels) == len(points_of(widget.lines))
    start = 0
    for level in widget.levels:
        run = points_of(widget.lines)[start : start + level["points"]]
        start += level["points"]
        for point in run[np.isfinite(run[:, 0])][::40]:
            arrays = {name: array.copy() for name, array in network.parameters.items()}
            arrays["W2"][0, 1], arrays["b2"][1] = point
            assert network.cost(*arrays.values()) == pytest.approx(level["cost"], abs=5e-3)


def test_the_line_through_the_point_passes_it(network):
    widget = demo(network)
    for point in ([0.4, -1.0], [-2.0, 1.5]):
        widget.point = point
        through = points_of(widget.through)
        gaps = np.linalg.norm(through[np.isfinite(through[:, 0])] - point, axis=1)
        assert gaps.min() < 0.05


def test_while_a_slider_moves_the_lines_are_not_computed_again(network):
    calls = []

    def counted(*parameters):
        calls.append(1)
        return network.cost(*parameters)

    widget = demo(network, cost=counted)
    shown, lines, levels = widget.picture["shown"], widget.lines, widget.levels
    calls.clear()
    for point, rate in [([0.5, 0.0], 0.02), ([0.5, 1.0], 0.02), ([0.5, 1.0], 100.0)]:
        widget.set_state({"point": point, "rate": rate})
        assert widget.picture["shown"] == shown
    assert widget.lines is lines
    assert widget.levels is levels
    assert len(calls) <= 3 * 8


def test_letting_go_widens_the_picture_to_hold_the_step(network):
    widget = demo(network)
    widget.rate = 7.0 / np.linalg.norm(widget.step.slopes)
    left, right, bottom, top = widget.picture["shown"]
    x, y = widget.step.new_point
    assert not (left <= x <= right and bottom <= y <= top)
    widget.set_state({"releases": 1})
    left, right, bottom, top = widget.picture["shown"]
    assert left < x < right
    assert bottom < y < top
    assert np.nanmin(points_of(widget.lines)[:, 0]) >= left


def test_steps_descend_along_both_and_leave_a_path(network):
    widget = demo(network, rate=0.5)
    points, costs = [tuple(widget.point)], [widget.step.cost]
    for _ in range(5):
        expected = widget.step.new_point
        widget.take_step()
        assert tuple(widget.point) == expected
        points.append(expected)
        costs.append(widget.step.cost)
    assert costs == sorted(costs, reverse=True)
    assert widget.steps == 5
    np.testing.assert_array_equal(points_of(widget.path), points[:-1])
    assert "The path has come 5 steps from" in widget.picture["alternative"]


def test_ten_presses_in_one_message_are_ten_steps(network):
    one, other = demo(network), demo(network)
    one.set_state({"presses": 10, "point": [0.25, 0.5], "rate": 0.5})
    other.point, other.rate = [0.25, 0.5], 0.5
    for _ in range(10):
        other.take_step()
    assert one.steps == 10
    assert one.point == other.point


def test_a_point_set_by_hand_begins_a_new_path(network):
    widget = demo(network, rate=0.5)
    widget.take_step()
    widget.point = [1.0, 1.0]
    assert (widget.steps, widget.path) == (0, b"")
    widget.take_step()
    np.testing.assert_array_equal(points_of(widget.path), [[1.0, 1.0]])


def test_reset_puts_point_rate_and_picture_back(network):
    widget = demo(network)
    start = still(widget)
    widget.rate = 30.0
    widget.take_step()
    widget.set_state({"resets": 1})
    assert still(widget) == start
    assert widget.path == b""


def test_reset_computes_the_lines_anew_only_where_the_picture_is_another(network):
    asked = []

    def cost(*parameters):
        asked.append(1)
        return network.cost(*parameters)

    widget = demo(network, cost=cost)
    lines, plane = widget.lines, len(asked)
    widget.take_step()
    asked.clear()
    widget.set_state({"resets": 1})
    assert widget.lines == lines
    assert len(asked) < 0.1 * plane
    widget.point = [40.0, 40.0]
    assert widget.lines != lines
    asked.clear()
    widget.set_state({"resets": 2})
    assert len(asked) > 0.1 * plane


def test_another_pair_starts_from_its_own_given_values(network):
    widget = demo(network)
    widget.take_step()
    widget.set_state({"chosen": ["W1[2, 0]", "b2[1]"]})
    assert still(widget) == still(demo(network, chosen=["W1[2,0]", "b2[1]"]))


def test_a_wrong_gradient_is_not_at_a_right_angle(network):
    def flat(*parameters):
        dW1, db1, dW2, db2 = network.gradients(*parameters)
        return dW1, db1, 5 * dW2, db2

    picture = demo(network, gradients=flat).picture
    assert not picture["right"]
    assert not picture["square"]
    assert f"at {picture['angle']:.0f}° to the contour line" in picture["alternative"]
    assert picture["sentence"].startswith("The arrow meets the contour line at ")
    right = demo(network).picture
    assert right["square"]
    assert "points left and up, at 90° to the contour line" in right["alternative"]


def test_a_missing_backward_leaves_the_lines(network):
    widget = demo(network, gradients=not_written)
    assert widget.levels
    assert not widget.picture["blank"]
    assert widget.picture["sentence"].startswith("Your backward is not written yet")
    widget.take_step()
    assert widget.steps == 0


def test_a_missing_forward_leaves_the_sentence_alone(network):
    widget = demo(network, cost=not_written, gradients=not_written)
    assert widget.picture["blank"]
    assert widget.picture["sentence"].startswith("A function behind your cost is not written yet")


def test_the_last_good_picture_stays_and_a_rewritten_cost_is_taken_up(network):
    written = {"cost": network.cost}
    widget = demo(network, cost=lambda *p: written["cost"](*p))
    lines = widget.lines
    written["cost"] = not_written
    widget.point = [0.1, 0.1]
    assert widget.lines == lines
    assert not widget.picture["blank"]
    assert "not written yet" in widget.picture["sentence"]
    levels = [level["cost"] for level in widget.levels]
    written["cost"] = lambda *parameters: 2 * network.cost(*parameters)
    widget.point = [0.2, 0.1]
    np.testing.assert_allclose([level["cost"] for level in widget.levels], np.multiply(2, levels))


def test_a_cost_that_fails_beyond_the_window_keeps_the_picture(network):
    written = {"cost": network.cost}
    widget = demo(network, cost=lambda *p: written["cost"](*p))
    shown, lines = widget.picture["shown"], widget.lines
    written["cost"] = not_written
    widget.point = [50.0, 50.0]
    assert (widget.picture["shown"], widget.lines) == (shown, lines)


def test_what_the_student_prints_goes_nowhere_and_nothing_is_changed(network, capfd):
    before = {name: array.copy() for name, array in network.parameters.items()}

    def loud(*parameters):
        print("flood", file=sys.stderr)
        for array in parameters:
            array += 1.0
        return network.cost(*(array - 1.0 for array in parameters))

    demo(network, cost=loud).take_step()
    assert capfd.readouterr() == ("", "")
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])


def test_the_text_beside_the_widget_says_what_it_shows(network):
    widget = demo(network)
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"].startswith("Path of descent: W2[0, 1] and b2[1] at (")
    assert data["text/plain"].endswith(widget.picture["sentence"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chosen": ["W2[9, 9]", "b2[1]"]}, r"Got weight='W2\[9, 9\]'.*did you mean"),
        ({"chosen": "b2[1]"}, "Got chosen='b2.*over two weights; write chosen="),
        ({"chosen": ["b2[1]"]}, "over two weights"),
        ({"chosen": ["b2[1]", "b2[1]"]}, "the two weights must differ"),
        ({"parameters": {"w": np.ones(1)}}, r"the one weight w\[0\].*use WeightUpdate"),
        ({"rate": -1}, "Got rate=-1"),
        ({"cost": 0.7}, "Got cost=0.7"),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(network, changes, said):
    with pytest.raises(ValueError, match=said):
        demo(network, **changes)


@pytest.mark.parametrize(
    ("name", "value"),
    [("chosen", ["b2[1]", "b2[1]"]), ("point", [1.0]), ("point", [1.0, float("nan")]), ("rate", 0)],
)
def test_traits_refuse_what_the_constructor_refuses(network, name, value):
    widget = demo(network)
    before = getattr(widget, name)
    with pytest.raises(ValueError, match=f"Got {name}="):
        setattr(widget, name, value)
    assert getattr(widget, name) == before


@pytest.mark.parametrize("rate", [0.02, 3.0, 100.0])
@pytest.mark.parametrize("kind", ["right", "wrong", "missing", "blank"])
def test_the_figure_draws_every_state(network, rate, kind):
    gradients = {
        "right": network.gradients,
        "wrong": lambda *p: tuple(np.abs(part) for part in network.gradients(*p)),
    }.get(kind, not_written)
    cost = not_written if kind == "blank" else network.cost
    widget = demo(network, cost=cost, gradients=gradients, rate=rate)
    widget.take_step()
    figure = widget.figure()
    figure.canvas.draw()
    (axes,) = figure.axes
    assert (*axes.get_xlim(), *axes.get_ylim()) == tuple(widget.picture["shown"])
    assert widget.picture["sentence"].split()[0] in figure.texts[0].get_text()
    labels = " ".join(axes.get_legend_handles_labels()[1])
    assert ("the step" in labels) == (kind in ("right", "wrong"))
    assert ("true direction" in labels) == (kind == "wrong")
    if rate < 100:  # with which a right step ends where no line can tell the cost from 0
        assert ("contour line of the cost now" in labels) == (kind != "blank")
    box, bounds = axes.get_position(), (640, 640)
    across = box.width * bounds[0] / np.ptp(axes.get_xlim())
    assert across == pytest.approx(box.height * bounds[1] / np.ptp(axes.get_ylim()), rel=1e-6)
