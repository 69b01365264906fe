"""Bytes read as a notebook: encodings, damage, older formats, and what is none."""

import codecs
import json

import pytest

from autograder.mending.decoding import MOST_BYTES
from autograder.mending.reading import MOST_CELLS, read
from autograder.mending.unreadable import UnreadableError

from .written import sources, text_of

ONE = text_of("δ = 1", "y = 2")


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (ONE.encode(), ""),
        (ONE.replace("\n", "\r\n").encode(), ""),
        (codecs.BOM_UTF8 + ONE.encode(), "byte-order mark"),
        (ONE.encode("utf-16"), "UTF-16"),
        (ONE.encode("utf-16-be"), "UTF-16"),
        (ONE.encode("utf-16-le"), "UTF-16"),
        (ONE.encode("utf-32"), "UTF-32"),
        (ONE.encode() + b"\0" * 40, "zero bytes"),
        (json.dumps(ONE).encode(), "wrapped"),
        (json.dumps({"type": "notebook", "content": json.loads(ONE)}).encode(), "wrapped"),
        ((ONE + "\n}\n").encode(), "went on after the end"),
        ((ONE + ONE).encode(), "went on after the end"),
        (ONE.replace("{", "{ // mine\n", 1).encode(), "damaged"),
        (ONE.replace("{", "/* mine */{", 1).encode(), "damaged"),
        (ONE.replace(" ]", " ,]", 1).encode(), "damaged"),
        (ONE.replace('"nbformat": 4', '"nbformat": ' + "1" * 5_000).encode(), "newer than 4"),
        (ONE.replace('"nbformat": 4', '"nbformat": NaN').encode(), ""),
        (ONE.replace('"nbformat": 4', '"nbformat": 7').encode(), "newer than 4"),
        (json.dumps(json.loads(ONE)["cells"]).encode(), "bare list"),
    ],
)
def test_the_cells_are_read_whatever_is_around_them(data, remark):
    found, remarks = sources(data)
    assert found == ["δ = 1", "y = 2"]
    assert bool(remarks) == bool(remark)
    assert remark in remarks


def test_latin_1_is_read_as_such():
    found, remarks = sources(text_of("# é").encode("latin-1"))
    assert found == ["# é"]
    assert "Latin-1" in remarks


def test_a_damaged_byte_among_utf_8_costs_that_character_only():
    found, remarks = sources(text_of("# é and δ", "y = 2").encode().replace(b"\xc3\xa9", b"\xc3"))
    assert found == ["# � and δ", "y = 2"]
    assert "1 bytes of it are no text" in remarks


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (["a\n", "b"], "a\nb"),
        (["a\r\n", "b\r"], "a\nb\n"),
        (None, ""),
        (3, "3"),
        ({"a": 1}, ""),
        (["a\n", None, 2, ["b"], "c"], "a\n2c"),
        ("a\0b", "ab"),
        ("\ud800x", "�x"),
        ("\ud83d\ude00", "😀"),
    ],
)
def test_a_source_of_any_type_is_a_text(source, expected):
    data = json.dumps({"cells": [{"cell_type": "code", "source": source}]})
    assert sources(data)[0] == [expected]


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": []},
        {"cell_type": "code", "metadata": "x"},
        {"cell_type": "code", "metadata": {"nbgrader": [1]}},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {}}}},
        {"cell_type": "code", "id": 3, "attachments": 4},
        {"cell_type": "markdown", "attachments": {"a": 4, "b": {"image/png": []}}},
        {"cell_type": "sql", "source": ""},
    ],
)
def test_a_cell_of_wrong_types_is_an_ordinary_one(cell):
    (read_cell,) = read(json.dumps({"cells": [cell]}).encode()).cells
    assert (read_cell.source, read_cell.grade_id, read_cell.cell_id) == ("", "", "")


def test_cells_in_an_object_and_entries_that_are_no_cells():
    data = json.dumps({"cells": {"0": {"cell_type": "code", "source": "a"}, "1": 7, "2": "x"}})
    found, remarks = sources(data)
    assert found == ["a"]
    assert "no list" in remarks
    assert "2 entries" in remarks


@pytest.mark.parametrize("indent", [None, 1])
def test_of_a_cut_file_the_whole_cells_before_the_cut_are_kept(indent):
    text = text_of("a = 1", "b = 2", "c = 3", indent=indent)
    for cut in range(text.index('"cells"') + 20, len(text)):
        found, remarks = sources(text[:cut])
        ends = [i for i in range(3) if cut > text.index("abc"[i] + " = ") + 5]
        assert found == ["a = 1", "b = 2", "c = 3"][: len(found)]
        assert len(ends) - 1 <= len(found) <= len(ends)
        assert "cut off" in remarks


def test_an_unclosed_string_costs_its_line_only():
    text = text_of(["a = 1\n", "b = 2"], "c = 3").replace('= 1\\n"', "= 1\\n", 1)
    found, remarks = sources(text)
    assert found[1] == "c = 3"
    assert "a = 1" in found[0]
    assert "damaged" in remarks


@pytest.mark.parametrize("nbformat", [2, 3])
def test_older_formats_are_brought_up_to_date(nbformat):
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Title"]},
        {"cell_type": "heading", "level": "x", "source": "Title"},
        {
            "cell_type": "code",
            "input": ["x = 1\n", "y = 2"],
            "language": "python",
            "outputs": [],
            "metadata": {"nbgrader": {"grade_id": "loss"}},
        },
        {"cell_type": "html", "source": "<b>b</b>"},
        {"cell_type": "code", "input": None},
        "odd",
    ]
    data = json.dumps({"worksheets": [{"cells": cells}, 3], "nbformat": nbformat}).encode()
    handed = read(data)
    assert [(cell.cell_type, cell.source) for cell in handed.cells] == [
        ("markdown", "## Title"),
        ("markdown", "# Title"),
        ("code", "x = 1\ny = 2"),
        ("markdown", "<b>b</b>"),
        ("code", ""),
    ]
    assert handed.cells[2].grade_id == "loss"
    assert "older format" in handed.remarks[0]


def test_what_is_nested_deeply_is_left_out():
    nest = "[" * 100_000 + "]" * 100_000
    data = text_of("a = 1").replace('"metadata": {}', f'"metadata": {{"deep": {nest}}}', 1)
    found, remarks = sources(data)
    assert found == ["a = 1"]
    assert "nested deeper" in remarks


def test_too_many_cells_and_too_much_text_are_left_out():
    found, remarks = sources(text_of("x" * 1_000_001, *["y"] * MOST_CELLS))
    assert len(found) == MOST_CELLS
    assert found[0] == ""
    assert "those after 2000" in remarks
    assert "more text than a cell may" in remarks


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0\0\0\n ", "empty"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04...", "archive"),
        (b'<!DOCTYPE html><html>"cells"</html>', "web page"),
        (b"import numpy as np\nx = [1, 2]\n", "no JSON"),
        (b"[1, 2]", "no notebook"),
        (b"null", "no notebook"),
        (b"{}", "no list of cells"),
        (b'{"cells": 3}', "no list of cells"),
        (b'"' * 50, "no JSON"),
        (b'x "cells"', "no JSON"),
        (b" " * (MOST_BYTES + 1), "larger than 50 MB"),
        (b"[" * 1_500_000, "more parts"),
        (b'{"cells": [' + b"a " * 400_000, "too long to be put right"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
    ],
)
def test_what_is_no_notebook_is_refused_in_words(data, reason):
    with pytest.raises(UnreadableError, match=reason):
        read(data)
