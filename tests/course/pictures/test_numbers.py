"""How numbers are written."""

import pytest

from course.pictures.numbers import listed, value_text, weight_texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5000"),
        (-0.57444251, "−0.5744"),
        (0.0, "0.0000"),
        (-0.0, "0.0000"),
        (0.00005, "0.0001"),
        (0.0000499, "5.0e−05"),
        (-3e-12, "−3.0e−12"),
        (999.9999, "999.9999"),
        (1000.0, "1.0e+03"),
        (float("nan"), "?"),
        (float("-inf"), "−inf"),
    ],
)
def test_values_have_four_decimals_while_these_say_something(value, text):
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("weights", "texts"),
    [
        ([0.8, -0.25], ["0.80", "−0.25"]),
        ([0.8, -0.125], ["0.800", "−0.125"]),
        ([0.8, 0.79871], ["0.8000", "0.7987"]),
        ([0.8, 1e-9], ["0.8000", "1.0e−09"]),
        ([0.8, float("inf")], ["0.8000", "inf"]),
        ([], []),
    ],
)
def test_weights_share_as_few_decimals_as_show_them(weights, texts):
    assert weight_texts(weights) == texts


def test_lists_read_as_sentences_do():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
