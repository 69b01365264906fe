"""The project's docstrings, as autodoc gets them."""

from dataclasses import fields as fields_of

import pytest

from autograder.seal.limits import Limits
from course import Finding
from course.demos import Description
from course.mistakes.mistake import Mistake
from course.task import Case, Follow, Part, Task
from docs.extensions.docstrings import as_fields
from docs.extensions.named import described


def fields(text):
    """Return what a docstring becomes, without its empty lines."""
    return [line for line in as_fields(text.splitlines()) if line]


def test_a_list_of_the_house_becomes_parameters():
    assert fields(
        "Return it.\n\nx : array of any shape.\ny, z : numbers,\n    in metres.\n\nSo it goes on."
    ) == [
        "Return it.",
        "So it goes on.",
        ":Parameters:",
        "   - **x**: array of any shape.",
        "   - **y**, **z**: numbers, in metres.",
    ]


def test_the_heading_of_numpy_goes():
    assert fields("It.\n\nParameters\n----------\nx : one.\ny : two.") == [
        "It.",
        ":Parameters:",
        "   - **x**: one.",
        "   - **y**: two.",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Returns x (m, 2). Raises ValueError for none.",
         [":returns: x (m, 2).", ":raises ValueError: for none."]),
        ("It ends here. Raises TypeError\nwhere f is real.",
         ["It ends here.", ":raises TypeError: where f is real."]),
        # two errors, and no error at all, stay sentences
        ("Raises KeyError or TypeError otherwise.", ["Raises KeyError or TypeError otherwise."]),
        ("Raises what came.", ["Raises what came."]),
        ("It never raises.", ["It never raises."]),
    ],
)  # fmt: skip
def test_outcomes_become_fields(text, shown):
    assert fields(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Called with *arguments, as |x|.", r"Called with \*arguments, as \|x\|."),
        ("`a * b` is code, and W_ is none.", r"``a * b`` is code, and W\_ is none."),
        ("n_l and dW2 stay.", "n_l and dW2 stay."),
    ],
)
def test_nothing_but_code_is_markup(text, shown):
    assert fields(text) == [shown]


def test_several_names_in_one_line_become_a_parameter_each():
    assert fields("m : how many, at least 2. noise : spread\nof each. Returns X (m, 2).") == [
        ":Parameters:",
        "   - **m**: how many, at least 2.",
        "   - **noise**: spread of each.",
        ":returns: X (m, 2).",
    ]


def test_what_is_described_is_found_by_name():
    assert described("Of it.\n\n    a, b : two\n        things\n    c : one\n\n    No more.") == {
        "a": "two things",
        "b": "two things",
        "c": "one",
    }


@pytest.mark.parametrize(
    "described_class", [Case, Description, Finding, Follow, Limits, Mistake, Part, Task]
)
def test_every_field_of_what_the_pages_show_is_described(described_class):
    assert described(described_class.__doc__).keys() == {
        field.name for field in fields_of(described_class)
    }
