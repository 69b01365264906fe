"""The chain-rule graph without a browser: values, slopes, paths, layout and words."""

import math

import numpy as np
import pytest

import course
from course.demos import ChainGraph
from course.demos.chain_layout import layout
from course.demos.chain_numbers import SWISH, graph, look

SQUARES = [
    ("u", "x · x", lambda a, b: a * b, ["x", "x"]),
    ("v", "sin u", np.sin, ["u"]),
    ("f", "v + x", lambda v, x: v + x, ["v", "x"]),
]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def right(x):
    s = sigmoid(x)
    return s + x * s * (1 - s)


def numbers_of(widget):
    return np.frombuffer(widget.values)


def test_it_is_offered_by_the_course_and_its_demos():
    assert course.ChainGraph is ChainGraph
    assert "ChainGraph" in course.demos.__all__


@pytest.mark.parametrize("x", [-3.0, 0.0, 1.25])
def test_the_default_is_a_fork_whose_paths_add(x):
    widget = ChainGraph(x=x)
    s = sigmoid(x)
    np.testing.assert_allclose(
        numbers_of(widget),
        [x, s, x * s, s * (1 - s), s, x, s, s * (1 - s) * x, right(x), np.nan],
        rtol=1e-13,
    )
    assert widget.graph["path_names"] == ["x → f", "x → s → f"]
    assert widget.picture["sentence"].startswith("Two paths lead from x to f; the products ")


@pytest.mark.parametrize("x", [-1.5, 0.3, 2.0])
def test_an_input_used_twice_makes_two_paths(x):
    one = graph(SQUARES)
    now = look(one, x)
    assert sorted(map(one.named, one.paths)) == ["x → f", "x → u → v → f", "x → u → v → f"]
    assert now.total == pytest.approx(2 * x * np.cos(x * x) + 1, rel=1e-12)
    twins = [edge["twin"] for edge in ChainGraph(SQUARES).graph["edges"]]
    assert twins == [-0.5, 0.5, 0, 0, 0]


def test_no_two_stand_in_one_place_and_long_edges_have_a_row_of_their_own():
    one = graph(SQUARES)
    places, routes = layout(one)
    assert places["x"] == (0, 0)
    assert [places[name][0] for name in ("u", "v", "f")] == [1, 2, 3]
    passing = [point for route in routes for point in route[1:-1]]
    assert len(passing) == 2
    taken = [*places.values(), *passing]
    assert len(set(taken)) == len(taken)
    for (start, end, _), route in zip(one.edges, routes, strict=True):
        assert (route[0], route[-1]) == (places[start], places[end])


def test_a_right_derivative_is_not_marked():
    widget = ChainGraph(derivative=right)
    assert not widget.picture["off"]
    assert numbers_of(widget)[-1] == pytest.approx(right(1.0))
    assert "Your" not in widget.picture["sentence"]


def test_a_path_left_out_is_marked_and_named():
    widget = ChainGraph(derivative=sigmoid, x=0.5)
    assert widget.picture["off"]
    assert widget.picture["sentence"].startswith(
        "Your df/dx is 0.622, the true number is 0.74: yours is the path x → f alone, and paths"
    )
    other = ChainGraph(derivative=lambda x: 2 * right(x), x=0.5)
    assert other.picture["off"]
    assert "alone" not in other.picture["sentence"]


def test_the_slider_moves_the_numbers_and_what_is_said():
    widget = ChainGraph()
    before = widget.values, widget.picture
    widget.set_state({"x": -2.0})
    assert widget.picture["value_text"] == "x = −2, f = −0.238, df/dx = −0.0908"
    assert widget.picture["said"][0] == ["x = −2"]
    widget.set_state({"x": 1.0})
    assert (widget.values, widget.picture) == before


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: None, "Your derivative returned None"),
        (lambda x: np.ones(2), "Your derivative returned an array of shape (2,); it must return"),
        (lambda x: math.nan, "Your derivative returned nan."),
        (lambda x: 1 / 0, "Your derivative raised ZeroDivisionError"),
    ],
)
def test_a_failing_derivative_is_told_and_the_graph_stays(function, said):
    widget = ChainGraph(derivative=function)
    assert widget.picture["sentence"].startswith(said)
    np.testing.assert_array_equal(numbers_of(widget), numbers_of(ChainGraph()))


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (np.log, "The node f has no finite number here."),
        (lambda x: [][1], "The node f raised IndexError"),
        (math.sin, "The node f, at a complex number, raised TypeError"),
        (abs, "The node f, at a complex number, raised TypeError"),
    ],
)
def test_a_node_without_number_or_derivative_is_told_and_recovers(function, said):
    widget = ChainGraph([("f", "g(x)", function, ["x"])], x=-1.0, derivative=lambda x: 1 / x)
    assert widget.picture["sentence"].startswith(said)
    assert np.isnan(numbers_of(widget)[-2:]).all()
    assert "no number" in widget.picture["value_text"]
    widget.figure().canvas.draw()
    if function is np.log:
        widget.x = 2.0
        assert widget.picture["sentence"] == (
            "One path leads from x to f; the product along it is df/dx = 0.5."
        )


def test_the_text_beside_the_widget_says_what_it_shows():
    widget = ChainGraph()
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"].startswith("Chain rule, x = 1, f = 0.731, df/dx = 0.928. Two paths")


def square(x, y):
    return x * y


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([], "1 to 12"),
        ([("f", "x", np.sin)], "as a node, but a node is"),
        ([("f", "x", 3, ["x"])], "as a node, but a node is"),
        ([("f", "x", np.sin, [])], "as a node, but a node is"),
        ([("f", "x·y", square, ["x", "y"])], r"Got \['x', 'y'\] as names that are no node"),
        ([("f", "f", np.sin, ["f"])], r"Got \[\] as names"),
        ([SWISH[1], SWISH[0]], "Got node 'f' before its input 's'; put 's' first"),
        ([SWISH[0], ("f", "x", np.sin, ["x"])], "Got node 's', which leads to no other"),
        ([SWISH[0], ("s", "x", np.sin, ["s"])], "different names"),
        ([(f"n{k}", "", square, [f"n{k - 1}" if k else "x"] * 2) for k in range(4)], "12 paths"),
    ],
)
def test_what_is_no_graph_is_refused_in_words(nodes, said):
    with pytest.raises(ValueError, match=said):
        ChainGraph(nodes)


def test_bad_arguments_say_value_rule_and_way_out():
    with pytest.raises(ValueError, match=r"Got x=9, but x goes from -4\.0 to 4\.0"):
        ChainGraph(x=9)
    with pytest.raises(ValueError, match=r"Got reach=\(2, 1\)"):
        ChainGraph(reach=(2, 1))
    with pytest.raises(ValueError, match=r"Got derivative=0\.5"):
        ChainGraph(derivative=0.5)
    widget = ChainGraph()
    for name, value in [("x", 5.0), ("path", 2), ("path", -2)]:
        with pytest.raises(ValueError, match=f"Got {name}="):
            setattr(widget, name, value)
    assert (widget.x, widget.path) == (1.0, -1)


@pytest.mark.parametrize("nodes", [None, SQUARES])
@pytest.mark.parametrize("path", [-1, 1])
def test_the_figure_draws_every_state(nodes, path):
    widget = ChainGraph(nodes, derivative=sigmoid)
    widget.path = path
    figure = widget.figure()
    figure.canvas.draw()
    said = " ".join(text.get_text() for text in figure.axes[0].texts)
    for edge in widget.graph["edges"]:
        assert edge["name"] in said
    assert widget.picture["sentence"] in figure.get_supxlabel()
