"""Whether there is something to grade, at a glance."""

import os

import pytest

from autograder.gradebook.autograded import MARK
from autograder.run import first_look
from autograder.run.first_look import looks_ungraded


@pytest.fixture
def root(tmp_path):
    """A folder in which ada's work has been graded."""
    hand_in(tmp_path, "ada")
    graded = tmp_path / "autograded" / "ada" / "unit"
    graded.mkdir(parents=True)
    (graded / MARK).write_text("{}")
    return tmp_path


def hand_in(root, student):
    folder = root / "submitted" / student / "unit"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "unit.ipynb").write_text("{}")
    return folder


def test_the_mark_is_the_gradebooks():
    assert first_look._MARK == MARK


def test_what_is_graded_is_not_new(root):
    assert not looks_ungraded(root, "unit")
    assert not looks_ungraded(root, "other")


def test_what_came_in_since_is_seen(root):
    hand_in(root, "bo")
    assert looks_ungraded(root, "unit")
    assert looks_ungraded(str(root), "unit", ["bo"])
    assert not looks_ungraded(root, "unit", ["ada"])
    assert not looks_ungraded(root, "unit", ["nobody"])


def test_what_was_handed_in_again_is_seen_whatever_its_date_says(root):
    file = hand_in(root, "ada") / "unit.ipynb"
    os.utime(file, (0, 0))
    assert looks_ungraded(root, "unit")


def test_where_nothing_was_handed_in_there_is_nothing(tmp_path):
    assert not looks_ungraded(tmp_path, "unit")
    assert not looks_ungraded(tmp_path / "not there", "unit", ["ada"])
