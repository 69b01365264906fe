"""Releasing feedback: who handed in by other ways stops nobody, and is named."""

import logging
import os

import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course_folder import Course
from autograder.feedback.releasing_feedback import SparingReleaseFeedback
from tests.autograder.conftest import ROOT

pytestmark = [
    pytest.mark.nbgrader,
    # nbgrader does not close each timestamp.txt
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

FILES = {"two_layer.html": "page", "submission_secret.txt": "s3cret", "timestamp.txt": "now"}


@pytest.fixture
def release(tmp_path, caplog):
    """A function release(**settings) -> what was logged; settings are a CourseDirectory's."""

    def run(**settings):
        config = Config()
        config.Exchange.root = str(tmp_path / "exchange")
        os.makedirs(tmp_path / "exchange" / "backprop", exist_ok=True)
        directory = CourseDirectory(
            root=str(tmp_path), course_id="backprop", assignment_id="05", config=config, **settings
        )
        log = logging.getLogger("releasing")
        app = SparingReleaseFeedback(coursedir=directory, config=config, log=log)
        caplog.clear()
        with caplog.at_level(logging.INFO, "releasing"):
            app.start()
        assert directory.student_id_exclude == settings.get("student_id_exclude", "")
        return "\n".join(record.getMessage() for record in caplog.records)

    return run


def write(root, student, *without):
    folder = root / "feedback" / student / "05"
    folder.mkdir(parents=True)
    for name in FILES.keys() - set(without):
        (folder / name).write_text(f"{student}'s {FILES[name]}")
    return folder


def released(root):
    """Return the pages in the exchange, sorted."""
    return sorted(p.read_text() for p in (root / "exchange/backprop/feedback").glob("*.html"))


def test_the_course_releases_in_this_way():
    named = Course(ROOT).config.ExchangeFactory.release_feedback
    assert named.endswith(f".{SparingReleaseFeedback.__name__}")


@pytest.mark.parametrize("without", ["submission_secret.txt", "timestamp.txt"])
def test_work_from_elsewhere_stops_nobody_and_is_named(tmp_path, release, without):
    by_hand = write(tmp_path, "ben by hand", without)
    for student in ("ana", "cho"):
        write(tmp_path, student)
    said = release()
    assert released(tmp_path) == ["ana's page", "cho's page"]
    assert "ben by hand did not hand in through the exchange" in said
    assert str(by_hand) in said
    assert (by_hand / "two_layer.html").read_text() == "ben by hand's page"


def test_what_nbgrader_was_told_holds(tmp_path, release):
    for student in ("ana", "ben", "cho"):
        write(tmp_path, student)
    assert "by hand" not in release(student_id_exclude="ana,ben")
    assert released(tmp_path) == ["cho's page"]
    release(student_id="ben")
    assert released(tmp_path) == ["ben's page", "cho's page"]
