"""A submission is graded again when what is graded changed, and only then."""

from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import pytest

from autograder.gradebook import digest as module
from autograder.gradebook.digest import digest_of, grader_version
from autograder.handed_in.submissions import Submission
from autograder.mending.pattern import ExpectedCell, Pattern
from autograder.run.job import Job
from autograder.seal.limits import Limits

CELL = ExpectedCell("square", "code", "assert square(3) == 9", 2.0, grade=True)
JOB = Job(
    "ps", "ada", {"problem": Pattern((CELL,))}, {"problem": b"{}"}, {"data.csv": b"1"},
    ("Graded X as Y.",), "00" * 32, Limits(), True, {"problem": ("x = 1",)}, "all",
)  # fmt: skip
ADA = Submission("ada", Path("submitted/ada/ps"), timestamp=datetime(2026, 3, 6, 17))
CHANGES = {
    "assignment": "ps2",
    "student": "bob",
    "patterns": {"problem": Pattern((replace(CELL, points=3.0),))},
    "files": {"problem": b"{} "},
    "others": {"data.csv": b"2"},
    "notes": (),
    "limits": replace(Limits(), cell_seconds=61),
    "sealed": False,
    "given": {"problem": ("x = 2",)},
    "opening": {"problem": ("x = 2",)},
    "hints": "off",
}


def test_it_is_the_same_for_the_same():
    again = replace(JOB, files={"problem": b"{}"}, limits=Limits())
    assert digest_of(again, ADA) == digest_of(JOB, ADA)


@pytest.mark.parametrize("name", CHANGES)
def test_every_part_of_a_job_counts(name):
    assert digest_of(replace(JOB, **{name: CHANGES[name]}), ADA) != digest_of(JOB, ADA)


def test_the_parts_are_all_there_are():
    assert {field.name for field in fields(Job)} == CHANGES.keys() | {"secret"}


def test_new_cases_are_no_reason():
    assert digest_of(replace(JOB, secret="11" * 32), ADA) == digest_of(JOB, ADA)


def test_the_time_counts():
    later = replace(ADA, timestamp=datetime(2026, 3, 6, 19))
    assert digest_of(JOB, later) != digest_of(JOB, ADA)
    assert digest_of(JOB, replace(ADA, timestamp_trouble="no time")) != digest_of(JOB, ADA)


def test_names_that_are_no_unicode_have_a_digest():
    assert digest_of(replace(JOB, others={"\udcff": b"1"}), ADA) != digest_of(JOB, ADA)


def test_what_is_moved_from_one_file_to_another_counts():
    swapped = replace(JOB, files={"problem": b"1"}, others={"data.csv": b"{}"})
    assert digest_of(swapped, ADA) != digest_of(JOB, ADA)


def test_the_graders_own_code_counts(monkeypatch):
    before = digest_of(JOB, ADA)
    grader_version.cache_clear()
    monkeypatch.setattr(module, "GRADING", module.GRADING[1:])
    assert digest_of(JOB, ADA) != before
    grader_version.cache_clear()


def test_what_the_code_is_read_from_is_there():
    here = Path(module.__file__).parents[1]
    assert [name for name in module.GRADING if not (here / name).exists()] == []
