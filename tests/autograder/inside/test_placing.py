"""Files put beside a notebook."""

import numpy as np
import pytest

from autograder.inside.placing import place

DATA = np.frombuffer(b"held", np.uint8)


def test_a_file_lies_where_its_path_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place("data/deep/a.txt", DATA)
    assert (tmp_path / "data/deep/a.txt").read_bytes() == b"held"


@pytest.mark.parametrize("path", ["../a", "data/../../a", "a\0b"])
def test_paths_that_lead_elsewhere_are_passed_over(tmp_path, monkeypatch, path):
    inside = tmp_path / "work"
    inside.mkdir()
    monkeypatch.chdir(inside)
    place(path, DATA)
    place(str(tmp_path / "b"), DATA)
    assert [one.name for one in tmp_path.rglob("*")] == ["work"]


def test_a_file_in_the_way_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place("a", DATA)
    place("a/b", DATA)
    assert (tmp_path / "a").read_bytes() == b"held"
