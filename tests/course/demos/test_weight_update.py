"""The demo without a browser: its traits as the front end would set them."""

import subprocess
import sys

import numpy as np
import pytest

import course.demos
from course.demos import WeightUpdate


def demo(network, **changes):
    given = {"cost": network.cost, "gradients": network.gradients, "rate": 0.02}
    given |= {"parameters": network.parameters}
    return WeightUpdate(**given | changes)


def drawn(widget):
    return np.frombuffer(widget.curve).reshape(2, -1)


def not_written(*parameters):
    raise NotImplementedError


def test_the_demos_are_named_and_load_late():
    assert "WeightUpdate" in course.demos.__all__
    loaded = "import course.demos.step, sys; print({'anywidget', 'matplotlib'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True)
    assert said.stdout.strip() == "set()", said.stderr
    with pytest.raises(AttributeError, match="offers"):
        course.demos.Missing  # noqa: B018


def test_it_begins_at_the_strongest_weight_with_its_given_value(network):
    widget = demo(network)
    parts = network.gradients(*network.parameters.values())
    name, index = widget._entries[widget.weight]
    slopes = dict(zip(network.parameters, parts, strict=True))
    assert abs(slopes[name][index]) == max(np.abs(part).max() for part in parts)
    assert widget.value == network.parameters[name][index]
    assert (widget.rate, widget.steps) == (0.02, 0)
    assert len(widget.weights) == 6 + 3 + 6 + 2
    assert demo(network, gradients=not_written).weight == "W1[0, 0]"


def test_a_named_weight_may_be_spelled_without_spaces(network):
    widget = demo(network, weight="W2[0,1]")
    assert widget.weight == "W2[0, 1]"
    assert widget.value == network.parameters["W2"][0, 1]


def test_the_picture_holds_what_is_drawn(network):
    widget = demo(network, weight="W2[0, 1]", rate=1.0)
    picture, step = widget.picture, widget.step
    assert picture["low"] < step.value < picture["high"]
    assert picture["low"] < step.new_value < picture["high"]
    assert picture["new_value"] == step.value - 1.0 * step.slope
    weights, costs = drawn(widget)
    assert (weights[0], weights[-1]) == (picture["low"], picture["high"])
    assert picture["bottom"] < costs.min() < costs.max() < picture["top"]
    assert np.interp(step.value, weights, costs) == pytest.approx(step.cost, abs=1e-3)


def test_while_a_slider_moves_the_frame_stays_and_the_curve_is_not_computed_again(network):
    calls = []

    def counted(*parameters):
        calls.append(1)
        return network.cost(*parameters)

    widget = demo(network, cost=counted, weight="W2[0, 1]")
    frame = [widget.picture[side] for side in ("low", "high", "bottom", "top")]
    curve = widget.curve
    calls.clear()
    for value, rate in [(0.5, 0.02), (1.0, 0.02), (1.0, 5.0), (1.0, 100.0)]:
        widget.set_state({"value": value, "rate": rate})
        assert [widget.picture[side] for side in ("low", "high", "bottom", "top")] == frame
    assert widget.curve is curve
    assert len(calls) <= 4 * 6


def test_letting_go_widens_the_picture_to_hold_the_step(network):
    widget = demo(network, weight="b2[1]")
    slope = abs(widget.step.slope)
    widget.rate = 6.0 / slope
    assert not widget.picture["low"] <= widget.step.new_value <= widget.picture["high"]
    widget.set_state({"releases": 1})
    assert widget.picture["low"] < widget.step.new_value < widget.picture["high"]
    assert drawn(widget)[0, -1] == widget.picture["high"]


def test_steps_descend_and_leave_a_trail(network):
    widget = demo(network, weight="b2[1]", rate=0.5)
    path = [(widget.value, widget.step.cost)]
    for _ in range(8):
        expected = widget.step.new_value
        widget.take_step()
        assert widget.value == expected
        path.append((widget.value, widget.step.cost))
    costs = [cost for _, cost in path]
    assert costs == sorted(costs, reverse=True)
    assert widget.steps == 8
    np.testing.assert_array_equal(np.frombuffer(widget.trail).reshape(-1, 2), path[2:-1])


def test_presses_that_arrive_together_with_a_slider_all_count(network):
    one, other = demo(network, weight="b2[1]"), demo(network, weight="b2[1]")
    one.set_state({"presses": 3, "value": 0.25, "rate": 0.5})
    other.value, other.rate = 0.25, 0.5
    for _ in range(3):
        other.take_step()
    assert one.steps == 3
    assert one.value == other.value


def test_reset_puts_value_rate_and_picture_back(network):
    widget = demo(network, weight="b2[1]")
    start, curve = widget.picture, widget.curve
    widget.rate = 3.0
    widget.take_step()
    widget.take_step()
    widget.set_state({"resets": 1})
    assert widget.picture == start
    assert widget.curve == curve
    assert (widget.steps, widget.rate, widget.trail) == (0, 0.02, b"")


def test_another_weight_starts_from_its_own_given_value(network):
    widget = demo(network, weight="b2[1]")
    widget.take_step()
    widget.set_state({"weight": "W1[2, 0]", "value": widget.value})
    assert widget.value == network.parameters["W1"][2, 0]
    assert (widget.steps, widget.trail) == (0, b"")
    assert widget.picture == demo(network, weight="W1[2, 0]").picture


def test_parameters_are_copied_and_never_changed(network):
    before = {name: array.copy() for name, array in network.parameters.items()}
    widget = demo(network, weight="b2[1]", rate=1.0)
    widget.take_step()
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])
    network.parameters["b2"][:] = 50.0
    widget.reset()
    assert widget.value == before["b2"][1]


def test_integer_parameters_take_fractions():
    widget = WeightUpdate(lambda w: w[0] ** 2 / 2, lambda w: (w,), {"w": np.array([3])}, rate=0.5)
    widget.take_step()
    assert widget.value == 1.5


def test_a_missing_backward_leaves_the_curve(network):
    widget = demo(network, gradients=not_written)
    assert np.isfinite(drawn(widget)).all()
    assert widget.picture["slope"] is widget.picture["new_value"] is None
    assert widget.picture["sentence"].startswith("Your backward is not written yet")
    assert not widget.picture["blank"]
    widget.take_step()
    assert widget.steps == 0


def test_a_missing_forward_leaves_the_sentence_alone(network):
    widget = demo(network, cost=not_written, gradients=not_written)
    assert widget.picture["blank"]
    assert widget.picture["sentence"].startswith("A function behind your cost is not written yet")


def test_a_function_written_later_is_taken_up_at_the_next_touch(network):
    written = {"cost": not_written}
    widget = demo(network, cost=lambda *p: written["cost"](*p), weight="b2[1]")
    written["cost"] = network.cost
    widget.value = 0.1
    assert not widget.picture["blank"]
    assert np.isfinite(drawn(widget)).all()
    written["cost"] = lambda *parameters: 2 * network.cost(*parameters)
    before = drawn(widget)[1]
    widget.value = 0.2
    np.testing.assert_allclose(drawn(widget)[1], 2 * before)


def test_what_the_student_prints_goes_nowhere(network, capfd):
    def loud(*parameters):
        print("flood " * 1000)
        print("flood", file=sys.stderr)
        return network.cost(*parameters)

    demo(network, cost=loud).take_step()
    assert capfd.readouterr() == ("", "")


def test_the_text_beside_the_widget_says_what_it_shows(network):
    widget = demo(network, weight="W2[0, 1]", rate=1.0)
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith("Weight update: W2[0, 1] = ")
    assert data["text/plain"].endswith(widget.picture["sentence"])
    assert "0x" not in data["text/plain"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weight": "W2[9, 9]"}, r"Got weight='W2\[9, 9\]'.*counted from zero.*did you mean"),
        ({"weight": 3}, "Got weight=3"),
        ({"parameters": [np.ones(2)]}, "must be a dict of name -> array; write"),
        ({"parameters": {}}, "must be a weight"),
        ({"parameters": {1: np.ones(2)}}, "named 1"),
        ({"parameters": {"W1": "no"}}, "W1 that is not an array of finite numbers"),
        ({"parameters": {"W1": [1.0, np.nan]}}, "look for nan"),
        ({"parameters": {"W1": [[1.0], [1.0, 2.0]]}}, "W1 that is not an array"),
        ({"rate": 0}, "Got rate=0, but the learning rate must be a positive finite number"),
        ({"rate": -0.1}, "Got rate=-0.1"),
        ({"rate": np.inf}, "Got rate=inf"),
        ({"rate": "fast"}, "Got rate='fast'"),
        ({"cost": 0.7}, "Got cost=0.7, but cost must be a function"),
        ({"gradients": None}, "Got gradients=None"),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(network, changes, said):
    with pytest.raises(ValueError, match=said):
        demo(network, **changes)


@pytest.mark.parametrize(
    ("name", "value"), [("weight", "W9"), ("rate", -1.0), ("value", float("nan"))]
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
        "wrong": lambda *p: tuple(-part for part in network.gradients(*p)),
    }.get(kind, not_written)
    cost = not_written if kind == "blank" else network.cost
    widget = demo(network, cost=cost, gradients=gradients, rate=rate, weight="b2[1]")
    widget.take_step()
    figure = widget.figure()
    figure.canvas.draw()
    (axes,) = figure.axes
    assert axes.get_xlim() == (widget.picture["low"], widget.picture["high"])
    assert axes.get_ylim() == (widget.picture["bottom"], widget.picture["top"])
    assert widget.picture["sentence"].split()[0] in axes.get_xlabel()
    labels = " ".join(axes.get_legend_handles_labels()[1])
    assert ("tangent" in labels) == (kind in ("right", "wrong"))
