"""Which file is taken for which notebook, and where none may be."""

import pytest

from autograder.handed_in.renamed_files import find_notebooks, is_named_as_notebook, taken_for

MARKED = b'{"cells": [{"metadata": {"nbgrader": {"grade_id": "loss"}}}]}'


def taken(folder, files, expected=("two_layer",)):
    """Return expected name -> name of the file taken, of files name -> bytes."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    paths = [path for path in folder.iterdir() if is_named_as_notebook(path.name)]
    return {name: path.name for name, path in taken_for(expected, paths).items()}


@pytest.mark.parametrize(
    "name",
    [
        "two_layer (1).ipynb",
        "two_layer(2) (1).ipynb",
        "two_layer-Copy1.ipynb",
        "two_layer - Copy.ipynb",
        "two_layer copy 2.ipynb",
        "Copy of two_layer.ipynb",
        "Two_Layer.ipynb",
        "two-layer.ipynb",
        "TWO_LAYER.IPYNB",
        "two_layer.ipynb.txt",
        "two_layer.ipynb.ipynb",
        "05_two_layer (1).ipynb",
        "kofi ito two layer final.ipynb",
    ],
)
def test_a_renamed_notebook_is_found_among_others(tmp_path, name):
    files = {name: MARKED, "notes.ipynb": MARKED + b" ", "scratch.ipynb": MARKED + b"  "}
    assert taken(tmp_path, files) == {"two_layer": name}


@pytest.mark.parametrize("data", [MARKED, b"{}"])
def test_the_exact_name_goes_before_its_copies(tmp_path, data):
    files = {"two_layer.ipynb": data, "two_layer (1).ipynb": data + b" "}
    assert taken(tmp_path, files) == {"two_layer": "two_layer.ipynb"}


def test_a_copy_with_marked_cells_goes_before_an_exact_name_without(tmp_path):
    files = {"two_layer.ipynb": b"", "two_layer (1).ipynb": MARKED, "other.ipynb": b"{}"}
    expected = ("two_layer", "other")
    assert taken(tmp_path, files, expected) == {
        "two_layer": "two_layer (1).ipynb",
        "other": "other.ipynb",
    }


def test_of_two_differing_copies_neither_is_taken(tmp_path):
    files = {"two_layer (1).ipynb": MARKED, "two_layer (2).ipynb": MARKED + b" "}
    assert taken(tmp_path, files) == {}


def test_of_two_equal_copies_one_is_taken(tmp_path):
    files = {"two_layer (1).ipynb": MARKED, "two_layer (2).ipynb": MARKED}
    assert taken(tmp_path, files) == {"two_layer": "two_layer (1).ipynb"}


def test_of_several_strangers_the_only_marked_one_is_taken(tmp_path):
    files = {"a.ipynb": b"{}", "b.ipynb": MARKED, "c.ipynb": b"[]"}
    assert taken(tmp_path, files) == {"two_layer": "b.ipynb"}


def test_a_file_is_never_taken_for_two(tmp_path):
    files = {"one and two.ipynb": MARKED}
    assert taken(tmp_path, files, ("one", "two")) == {}


def test_each_of_several_is_found_by_its_own_name(tmp_path):
    files = {"one (1).ipynb": MARKED, "two (1).ipynb": MARKED + b" ", "other.ipynb": b"{}"}
    assert taken(tmp_path, files, ("one", "two")) == {
        "one": "one (1).ipynb",
        "two": "two (1).ipynb",
    }


def test_hidden_files_and_other_kinds_are_no_notebooks():
    assert not any(map(is_named_as_notebook, ["._two_layer.ipynb", "two_layer.py", ".ipynb"]))


NOTEBOOK = MARKED[:-1] + b', "nbformat": 4}'


def found(folder, files, expected=("two_layer",)):
    """Return expected name -> name of the file taken, and the names of those left."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    paths = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    taken, left = find_notebooks(expected, paths)
    return {name: path.name for name, path in taken.items()}, [path.name for path in left]


@pytest.mark.parametrize(
    "name", ["two_layer.json", "two_layer", "Two layer (1).txt", "two_layer.ipynb.bak"]
)
@pytest.mark.parametrize("beside", [{}, {"scratch.ipynb": b"{}"}, {"two_layer (1).ipynb": b""}])
def test_a_notebook_is_known_by_what_it_holds_whatever_its_name(tmp_path, name, beside):
    files = {"data.json": b'{"nbformat": 4}', ".two_layer": NOTEBOOK, **beside}
    (tmp_path / "link.json").symlink_to(tmp_path / name)
    (tmp_path / "folder.json").mkdir()
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf\n" + NOTEBOOK)
    taken, left = found(tmp_path, files)
    assert taken == {"two_layer": name} and left == list(beside)


@pytest.mark.parametrize(
    ("named", "backup"),
    [
        ("hw.ipynb", "hw.ipynb~"),
        ("hw.ipynb", "hw.ipynb.bak"),
        ("Two_Layer.ipynb", "two_layer.ipynb.bak"),
        ("two_layer (1).ipynb", "two_layer.json"),
        ("mueller_two_layer.ipynb", "two_layer.ipynb.orig"),
        ("two_layer.ipynb", "two_layer.json"),
    ],
)
def test_what_is_named_as_a_notebook_goes_before_all_else(tmp_path, named, backup):
    files = {named: NOTEBOOK, backup: NOTEBOOK + b" "}
    assert found(tmp_path, files) == ({"two_layer": named}, [])


def test_the_backup_of_one_is_not_taken_for_another(tmp_path):
    files = {"a.ipynb": NOTEBOOK, "a.ipynb.bak": NOTEBOOK + b" "}
    assert found(tmp_path, files, ("a", "b")) == ({"a": "a.ipynb"}, [])
    assert found(tmp_path, {"c.json": NOTEBOOK + b"  "}, ("a", "b"))[0]["b"] == "c.json"
