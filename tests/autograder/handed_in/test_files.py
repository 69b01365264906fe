"""Reading a folder that a student filled: nothing outside of it, and no more than is bounded."""

import os
import re

import pytest

from autograder.handed_in.files import data_files, read_regular


def test_a_regular_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", 5) == b"12345"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.symlink_to("/etc/hostname"), "is a link, and links are not followed"),
        (lambda path: path.symlink_to("nowhere"), "is a link"),
        (os.mkfifo, "is no regular file"),
        (lambda path: path.write_bytes(b"x" * 6), "holds 6 bytes, and 5 bytes are read"),
        (lambda path: (path.touch(), os.truncate(path, 2**33)), "holds 8.19e\\+03 MB"),
    ],
    ids=["link", "dangling link", "pipe", "too large", "sparse"],
)
def test_what_is_none_is_refused_in_words_and_at_once(tmp_path, make, says):
    make(tmp_path / "a")
    with pytest.raises(OSError) as caught:
        read_regular(tmp_path / "a", 5)
    assert re.search(says, caught.value.strerror)


def test_data_files_of_all_folders_come_but_no_notebooks(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "__pycache__").mkdir()
    for name in ("b.csv", "sub/a.npy", "x.ipynb", "__pycache__/x.pyc", "sub/y.ipynb"):
        (tmp_path / name).write_bytes(name.encode())
    files, passed_over = data_files(tmp_path, ["__pycache__"], 1000)
    assert files == {"b.csv": b"b.csv", "sub/a.npy": b"sub/a.npy"}
    assert passed_over == []


def test_links_to_files_and_folders_are_passed_over_and_named(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "gradebook.db").write_bytes(b"secret")
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "data").symlink_to(tmp_path / "outside")
    (folder / "book").symlink_to(tmp_path / "outside" / "gradebook.db")
    files, passed_over = data_files(folder, [], 1000)
    assert files == {}
    assert passed_over == [
        f"Passed over {name}, which is a link, and links are not followed."
        for name in ("book", "data")
    ]


def test_all_files_together_are_bounded(tmp_path):
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * 40)
    files, passed_over = data_files(tmp_path, [], 100)
    assert list(files) == ["a", "b"]
    assert passed_over == ["Passed over c, which holds 40 bytes, and 20 bytes are read."]


def test_no_folder_has_no_files(tmp_path):
    assert data_files(tmp_path / "nowhere", [], 100) == ({}, [])
