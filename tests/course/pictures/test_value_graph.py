"""The picture of a graph of values, from their parents alone."""

import pytest

from autograder.solutions.autodiff import Value, backward
from course import value_graph_picture


def test_boxes_slopes_and_grads_are_told():
    x, y = Value(2.0), Value(-1.0)
    product = x * y
    end = product * 3 + product.tanh()
    backward(end)
    picture = value_graph_picture(end, [(x, "x"), (y, "y"), (product, "p"), (end, "L")], title="L")
    assert picture.alt.startswith("A graph of 7 values.")
    assert "p is -2, grad 3.071, made of x (slope -1), y (slope 2)" in picture.alt
    texts = [text.get_text() for text in picture.figure.axes[0].texts]
    assert {"L", "p = −2", "grad 3.071", "x = 2"} <= set(texts)


def test_a_value_stands_left_of_all_that_is_made_of_it():
    x = Value(0.5)
    late = (x.exp() * x).tanh()
    from course.pictures.value_graph import _columns, _from_the_end

    columns = _columns(_from_the_end(late))
    for node in _from_the_end(late):
        assert all(columns[id(parent)] > columns[id(node)] for parent, _ in node.parents)


def test_what_cannot_be_drawn_is_refused():
    value = Value(1.0)
    for _ in range(60):
        value = value * 0.5
    with pytest.raises(ValueError, match="more than 40"):
        value_graph_picture(value)
    circle = Value(1.0)
    circle.parents = ((circle, 1.0),)
    with pytest.raises(ValueError, match="made of itself"):
        value_graph_picture(circle)
