"""The names that a cell binds, read from its text."""

import time

import pytest

from autograder.mending.names import bound


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(x):\n    y = 1\n    def g(): pass", {"f"}),
        ("async def f(): pass\nclass C:\n    a = 1", {"f", "C"}),
        ("a = 1\nb=2\nc: int = 3\nd == 4\ne += 1", {"a", "b", "c"}),
        ("a = b = to_be_written", {"a", "b"}),
        ("a, b = f(c)", {"a", "b"}),
        ("a = b == c", {"a"}),
        ("stages = {\n    'x': None,\n}", {"stages"}),
        ("import numpy as np, os.path", {"np", "os"}),
        ("from a.b import c as d, e  # f, g", {"d", "e"}),
        ("from a import (\n    b,\n    c as d,  # e\n)", {"b", "d"}),
        ("δ = 1", {"δ"}),
        ("print(a)\nx[0] = 1\nf(b=2)", set()),
        ("", set()),
    ],
)
def test_the_names_that_a_cell_binds(source, names):
    assert bound(source) == names


@pytest.mark.parametrize(
    "unit", ["a, ", "a = ", "from a import (\n", "from a import (", "a:", "a " * 300 + "\n", "\t"]
)
def test_hostile_text_is_read_in_time_in_proportion_to_it(unit):
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    bound(text)
    assert time.process_time() - start < 1
