"""What a job holds of a submission."""

import os
import pickle
import shutil

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.handed_in.submissions import read_submissions
from autograder.run.job import ExpectedCell, Pattern
from autograder.run.jobs import JobMaker
from autograder.seal.limits import Limits

from ..conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in

PATTERNS = {"two_layer": Pattern((ExpectedCell("loss", "code", "1"),))}
LIMITS = Limits(file_bytes=2**20)


@pytest.fixture
def root(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    return tmp_path


def jobs(root):
    course = Course(root)
    make_job = JobMaker(course, ASSIGNMENT, PATTERNS, LIMITS)
    return {name: make_job(one) for name, one in read_submissions(course, ASSIGNMENT).items()}


def test_a_job_is_plain_data_without_a_path_to_the_course(root):
    hand_in(root, "ana", {"my two_layer (1).ipynb": b"{}", "data.csv": b"1,2"})
    job = jobs(root)["ana"]
    assert (job.assignment, job.student, job.files) == (ASSIGNMENT, "ana", {"two_layer": b"{}"})
    assert job.others["data.csv"] == b"1,2"
    assert job.notes == ("Graded my two_layer (1).ipynb as two_layer.ipynb.",)
    sent = pickle.dumps(job)
    assert pickle.loads(sent) == job
    assert str(root).encode() not in sent
    assert (root / ".grader_key").read_bytes() not in sent


def test_secrets_differ_by_student_and_stay_the_same(root):
    for student in ("ana", "ben"):
        hand_in(root, student, {NOTEBOOK: b"{}"})
    first, again = jobs(root), jobs(root)
    assert first["ana"].secret == again["ana"].secret
    assert first["ana"].secret != first["ben"].secret


def test_the_courses_files_replace_the_students(root):
    (root / "source" / ASSIGNMENT / "data").mkdir()
    (root / "source" / ASSIGNMENT / "data" / "a.csv").write_bytes(b"the course's")
    (root / "source" / ASSIGNMENT / "b.csv").write_bytes(b"the course's")
    hand_in(root, "ana", {NOTEBOOK: b"{}", "data": b"a file where a folder is", "b.csv": b"mine"})
    others = jobs(root)["ana"].others
    assert others["data/a.csv"] == others["b.csv"] == b"the course's"
    assert "data" not in others
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Autograde.exclude_overwriting = {{{ASSIGNMENT!r}: ['b.csv']}}\n")
    assert jobs(root)["ana"].others["b.csv"] == b"mine"


def test_links_and_what_is_too_large_are_passed_over_and_said(root):
    secret = root / "secret"
    secret.write_bytes(b"do not read")
    hand_in(root, "ana", {NOTEBOOK: b"{}", "large": b"x" * 600_000})
    (root / "submitted" / "ana" / ASSIGNMENT / "link").symlink_to(secret)
    job = jobs(root)["ana"]
    assert "link" not in job.others
    assert "large" not in job.others
    assert [note.partition(",")[0] for note in job.notes] == [
        "Passed over large",
        "Passed over link",
    ]


def test_a_notebook_that_is_too_large_is_passed_over_with_the_way_out(root):
    hand_in(root, "ana", {NOTEBOOK: b"{}"})
    hand_in(root, "ben", {NOTEBOOK: b"{}"})
    os.truncate(root / "submitted" / "ana" / ASSIGNMENT / NOTEBOOK, 114 * 2**20)
    made = jobs(root)
    assert made["ana"].files == {}
    assert made["ana"].notes == (
        "Passed over two_layer.ipynb, which holds 114 MB, and 50 MB are read. Clear all of its "
        "outputs, save it and hand it in again.",
    )
    assert (list(made["ben"].files), made["ben"].notes) == (["two_layer"], ())


def test_a_course_that_gives_too_much_is_told_so(root):
    (root / "source" / ASSIGNMENT / "large").write_bytes(b"x" * 600_000)
    with pytest.raises(CourseError, match=r"raise c\.Seal\.file_bytes"):
        JobMaker(Course(root), ASSIGNMENT, PATTERNS, LIMITS)


def test_a_level_of_hints_that_there_is_not_is_refused(root, monkeypatch):
    hand_in(root, "ana", {NOTEBOOK: b"{}"})
    course = Course(root)
    monkeypatch.setenv("BACKPROP_HINTS", "some")
    with pytest.raises(CourseError, match="BACKPROP_HINTS='some', but the levels"):
        JobMaker(course, ASSIGNMENT, PATTERNS, LIMITS)
