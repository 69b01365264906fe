"""Copying a folder that its student may change meanwhile: its files, and nobody else's."""

import os
import socket

import pytest

from autograder.handed_in.copying import DEEPEST, MOST_FILES, Owned, copy_regular_files


@pytest.fixture
def folder(tmp_path):
    """A folder with two files, one of them in a folder; beside it lies a secret."""
    folder = tmp_path / "handed-in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.ipynb").write_text("notebook")
    (folder / "sub" / "b.csv").write_text("data")
    (tmp_path / "secret").write_text("SECRET")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "c").write_text("SECRET")
    return folder


def test_files_and_folders_are_copied(folder, tmp_path):
    assert copy_regular_files(folder, tmp_path / "copy", 100) == []
    assert (tmp_path / "copy" / "a.ipynb").read_text() == "notebook"
    assert (tmp_path / "copy" / "sub" / "b.csv").read_text() == "data"
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700


def test_links_pipes_and_sockets_are_passed_over_by_name(folder, tmp_path):
    (folder / "file").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to(tmp_path / "secrets")
    (folder / "sub" / "up").symlink_to("../..")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
        said = copy_regular_files(folder, tmp_path / "copy", 100)
    copied = sorted(path.name for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert copied == ["a.ipynb", "b.csv"]
    for name in ("file", "pipe", "socket"):
        assert any(repr(name) in sentence for sentence in said)
    assert not any("SECRET" in path.read_text() for path in (tmp_path / "copy").rglob("*.*"))


def test_what_is_larger_than_all_may_be_is_passed_over(folder, tmp_path):
    (folder / "z").write_bytes(b"x" * 100)
    (said,) = copy_regular_files(folder, tmp_path / "copy", 100)
    assert said == "Passed over 'z', which holds 100 bytes, and 92 bytes are read."


def test_a_folder_put_in_the_place_of_another_is_refused(folder, tmp_path):
    seen = Owned.of(os.lstat(folder))
    folder.rename(tmp_path / "away")
    folder.symlink_to(tmp_path / "secrets")
    with pytest.raises(OSError):
        copy_regular_files(folder, tmp_path / "copy", 100, seen)
    folder.unlink()
    folder.mkdir()
    with pytest.raises(OSError) as caught:
        copy_regular_files(folder, tmp_path / "copy", 100, seen)
    assert "exchanged for another" in caught.value.strerror
    assert not (tmp_path / "copy").exists()


def test_no_more_files_and_no_deeper_than_is_bounded(folder, tmp_path):
    deep = folder.joinpath(*["d"] * DEEPEST)
    deep.mkdir(parents=True)
    with pytest.raises(OSError) as caught:
        copy_regular_files(folder, tmp_path / "deep", 100)
    assert caught.value.strerror == "holds folders within folders, more than 10 deep"
    deep.rmdir()
    copy_regular_files(folder, tmp_path / "as deep as may be", 100)
    for number in range(MOST_FILES):
        (folder / "sub" / str(number)).touch()
    with pytest.raises(OSError) as caught:
        copy_regular_files(folder, tmp_path / "many", 100)
    assert caught.value.strerror == "holds more than 1000 files"
