"""What is refused, and what the refusal says."""

import numpy as np
import pytest

from course.pictures import network_picture

VALUES = [np.zeros(2), np.zeros(3)]
WEIGHTS = [np.zeros((3, 2))]


def refusal(values=VALUES, weights=WEIGHTS, **options):
    with pytest.raises(ValueError) as caught:
        network_picture(values, weights, **options)
    return str(caught.value)


def test_a_transposed_matrix_is_named_with_both_shapes_the_rule_and_the_way_out():
    said = refusal(weights=[np.zeros((2, 3))])
    assert "weights[0] of shape (2, 3)" in said and "must have shape (3, 2)" in said
    assert "z = W @ a + b" in said and "transpose it" in said


@pytest.mark.parametrize("name", ["weights", "gradients"])
def test_a_matrix_of_another_network_is_named(name):
    said = refusal(**{name: [np.zeros((4, 4))]})
    assert f"{name}[0] of shape (4, 4)" in said and "must have shape (3, 2)" in said
    assert "pass one matrix a layer" in said


@pytest.mark.parametrize("name", ["biases", "deltas"])
@pytest.mark.parametrize("shape", [(2,), (3, 1), (1, 3), ()])
def test_a_vector_of_another_shape_is_named(name, shape):
    said = refusal(**{name: [np.zeros(shape)]})
    assert f"{name}[0] of shape {shape}" in said and "must have shape (3,)" in said
    assert "pass a 1-D array" in said


@pytest.mark.parametrize("name", ["weights", "biases", "deltas", "gradients"])
def test_one_array_a_layer_is_wanted(name):
    said = refusal(**{name: []})
    assert f"Got 0 {name} for 2 layers" in said and "pass 1, from layer 1" in said


@pytest.mark.parametrize("value", [np.zeros((2, 1)), np.zeros(()), np.zeros(0), np.zeros(11)])
def test_a_layer_is_a_short_vector(value):
    said = refusal(values=[value, np.zeros(3)])
    assert f"values[0] of shape {value.shape}" in said and "1 to 10 units" in said


@pytest.mark.parametrize("value", ["ab", ["a", "b"], [[1], [1, 2]], [None, object()]])
def test_what_is_no_array_of_numbers_is_shown(value):
    said = refusal(values=[value, np.zeros(3)])
    assert "values[0]=" in said and "must be a real number" in said


def test_a_network_has_two_layers_at_least():
    assert "Got 1 layers" in refusal(values=[np.zeros(2)])


def test_missing_weights_are_missed():
    assert "Got 0 weights" in refusal(weights=None)


def test_each_unit_has_a_name_and_each_layer_a_caption():
    assert "Got [2, 2] names in the layers for [2, 3] units" in refusal(names=["ab", "cd"])
    assert "Got 1 captions for 2 layers" in refusal(captions=["input"])


def test_a_title_leaves_room_for_the_direction():
    network_picture(VALUES, WEIGHTS, title="m" * 25)
    assert "shorten it" in refusal(title="m" * 50)


def test_lists_integers_and_float32_will_do():
    weights = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32) / 10
    picture = network_picture([[1, 2], (3, 4, 5)], [weights])
    assert "weights from the inputs 0.10 and 0.20" in picture.alt
