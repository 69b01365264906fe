"""Collecting from an exchange to which every student may write: what each handed in, no more."""

import logging
import os
import pwd
import time
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from traitlets.config import Config

from autograder.course_folder import Course, scripts_on_path
from autograder.through_nbgrader.collecting import OwnedCollect
from tests.autograder.conftest import ROOT

pytestmark = pytest.mark.nbgrader

ME = pwd.getpwuid(os.geteuid()).pw_name
OTHER = pwd.getpwnam("nobody")
EARLY, LATE = "2026-03-05 10:00:00.000001 UTC", "2026-03-05 11:00:00.000002 UTC"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """The address of an empty gradebook."""
    return f"sqlite:///{tmp_path_factory.mktemp('gradebook') / 'gradebook.db'}"


@pytest.fixture
def course(tmp_path, gradebook):
    """The folder of a course with an exchange; one level up lies what is nobody's to read."""
    (tmp_path / "exchange" / "backprop" / "inbound").mkdir(parents=True)
    (tmp_path / "secret").write_text("SECRET")
    return tmp_path


@pytest.fixture
def collect(course, gradebook, caplog):
    """A function collect(**settings) -> what was logged; it collects unit 05."""

    def run(**settings):
        config = Config()
        config.Exchange.root = str(course / "exchange")
        directory = CourseDirectory(
            root=str(course / "course"), db_url=gradebook, course_id="backprop", config=config
        )
        directory.assignment_id = "05"
        log = logging.getLogger("collecting")
        app = OwnedCollect(coursedir=directory, config=config, log=log, **settings)
        caplog.clear()
        with scripts_on_path(), caplog.at_level(logging.INFO, "collecting"):
            app.start()
        return "\n".join(record.getMessage() for record in caplog.records)

    return run


def put(course, student, stamp, text="work", owner=None):
    """Put a submission into the exchange, as nbgrader does; return its folder."""
    folder = course / "exchange" / "backprop" / "inbound" / f"{student}+05+{stamp}+abc"
    folder.mkdir()
    (folder / "two_layer.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(stamp)
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


def collected(course):
    """Return student -> what their collected notebook holds."""
    found = (course / "course" / "submitted").glob("*/05/two_layer.ipynb")
    return {path.parts[-3]: path.read_text() for path in found}


def test_the_course_collects_in_this_way():
    assert Course(ROOT).config.ExchangeFactory.collect.endswith(f".{OwnedCollect.__name__}")


def test_newer_work_takes_the_place_of_older_and_nothing_else_does(course, collect):
    put(course, "ana", EARLY, "first")
    assert "Collecting submission: ana 05" in collect()
    put(course, "ana", LATE, "second")
    assert "No newer submission" in collect()
    assert collected(course) == {"ana": "first"}
    assert "Updating submission: ana 05" in collect(update=True)
    assert collected(course) == {"ana": "second"}
    assert "No newer submission" in collect(update=True)
    assert os.listdir(course / "course" / "submitted" / "ana") == ["05"]


def test_an_empty_exchange_is_said_to_be(collect):
    assert "No submissions of '05' for course 'backprop' to collect" in collect()


@needs_root
def test_work_put_there_in_anothers_name_is_not_collected(course, collect):
    put(course, ME, EARLY, "honest")
    put(course, ME, LATE, "forged", owner=OTHER)
    put(course, "ana", LATE, "forged", owner=OTHER)
    put(course, OTHER.pw_name, LATE, "their own", owner=OTHER)
    said = collect()
    assert collected(course) == {ME: "honest", OTHER.pw_name: "their own"}
    assert f"ana+05+{LATE}+abc is not collected: it was put there by {OTHER.pw_name}." in said
    collect(check_owner=False)
    assert collected(course)["ana"] == "forged"


def test_links_lead_nowhere(course, collect):
    folder = put(course, "ana", EARLY)
    (folder / "data.csv").symlink_to(course / "secret")
    (folder / "two_layer.ipynb").unlink()
    (folder / "two_layer.ipynb").symlink_to(course / "secret")
    inbound = folder.parent
    (inbound / f"leo+05+{EARLY}+abc").symlink_to(course)
    said = collect()
    assert "Passed over 'data.csv', which is a link" in said
    assert "leo+05" in said and "it is no folder" in said
    assert os.listdir(course / "course" / "submitted" / "ana" / "05") == ["timestamp.txt"]
    assert os.listdir(course / "course" / "submitted") == ["ana"]


def test_a_name_that_cannot_be_read_stops_nobody_else(course, collect):
    put(course, "ana", EARLY)
    for name in ("leo+05+soon+abc", "..+05+" + EARLY + "+abc", "+05+" + EARLY + "+abc", "x+05+"):
        (course / "exchange" / "backprop" / "inbound" / name).mkdir()
    (course / "exchange" / "backprop" / "inbound" / f"a\x1b[2J+05+{EARLY}+b").touch()
    said = collect()
    assert collected(course) == {"ana": "work"}
    assert said.count("is not collected") == 4  # a hidden one is not looked at
    assert "\x1b" not in said


def test_one_that_cannot_be_copied_leaves_the_others_and_what_was_there(course, collect):
    put(course, "ana", EARLY, "first")
    collect()
    (course / "course" / "submitted" / "ana" / "05" / "timestamp.txt").write_text("no time")
    folder = put(course, "ana", LATE, "second")
    for number in range(1001):
        (folder / f"{number}").touch()
    put(course, "leo", EARLY)
    said = collect(update=True)
    assert "it cannot be copied (holds more than 1000 files)" in said
    assert collected(course) == {"ana": "first", "leo": "work"}


def timestamp_of(course, student):
    return (course / "course" / "submitted" / student / "05" / "timestamp.txt").read_text()


def test_of_two_in_one_second_the_later_is_taken_and_both_stay(course, collect):
    # named by seconds only, as by Exchange.timestamp_format without %f
    stamp = "2026-03-05 10:00:00 UTC"
    inbound = course / "exchange" / "backprop" / "inbound"
    put(course, "ana", stamp, "first").rename(inbound / f"ana+05+{stamp}+zzz")
    # no sooner: the clock of a file system goes in steps
    time.sleep(0.02)
    put(course, "ana", stamp, "second")
    collect()
    assert collected(course) == {"ana": "second"}
    assert len(os.listdir(inbound)) == 2
    # within a second nbgrader tells them apart by microseconds
    put(course, "leo", EARLY, "first")
    put(course, "leo", EARLY.replace("1 UTC", "2 UTC"), "second")
    collect()
    assert collected(course) == {"ana": "second", "leo": "second"}


def test_work_from_the_future_counts_from_when_it_came(course, collect):
    put(course, "ana", "2999-03-05 10:00:00 UTC", "by a clock that is off")
    said = collect()
    assert "ana: handed in at 2999-03-05 10:00:00 UTC by its own account" in said
    assert "One of two clocks is off" in said
    came = datetime.strptime(timestamp_of(course, "ana"), "%Y-%m-%d %H:%M:%S.%f UTC")
    assert abs(datetime.now(UTC).replace(tzinfo=None) - came) < timedelta(minutes=5)
    # and what comes after it is newer
    time.sleep(0.02)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    put(course, "ana", now, "by a clock that is right")
    collect(update=True)
    assert collected(course) == {"ana": "by a clock that is right"}
    assert timestamp_of(course, "ana") == now


@pytest.mark.parametrize("text", ["soon", "2020-01-01 00:00:00 UTC", "", None])
def test_a_timestamp_that_is_none_is_replaced_by_the_folders(course, collect, text):
    folder = put(course, "ana", EARLY)
    (folder / "timestamp.txt").unlink()
    if text is None:
        (folder / "timestamp.txt").symlink_to(course / "secret")
    else:
        (folder / "timestamp.txt").write_text(text)
    said = collect()
    assert "ana: its timestamp.txt does not say when it was handed in" in said
    assert f"it counts as handed in at {EARLY}, as its folder" in said
    assert timestamp_of(course, "ana") == EARLY
    assert (course / "secret").read_text() == "SECRET"
    assert "counts" not in collect(update=True)


def test_a_timestamp_with_a_byte_order_mark_is_written_as_nbgrader_reads_it(course, collect):
    folder = put(course, "ana", EARLY)
    (folder / "timestamp.txt").write_text(EARLY, encoding="utf-8-sig")
    assert "counts" not in collect()
    assert timestamp_of(course, "ana") == EARLY


@pytest.mark.parametrize(
    ("student", "why"),
    [
        ("-rf", "it begins with '-'"),
        ("<img src=x onerror=alert(1)>", "it has < and > in it"),
        ('a"+alert(1)+"', 'it has " in it'),
        ("a*", "it has * in it"),
        (" ana", "it begins or ends with a space"),
        ("a\nb", "characters that cannot be printed"),
        ("x" * 129, "it has 129 letters"),
    ],
)
def test_an_id_that_nbgrader_would_misread_is_left_and_said(course, collect, student, why):
    put(course, "leo", EARLY)
    folder = put(course, student, EARLY)
    said = collect()
    assert collected(course) == {"leo": "work"}
    assert os.listdir(course / "course") == ["submitted"]
    assert "can be no student's id, for " in said and why in said
    assert (folder / "two_layer.ipynb").read_text() == "work"


@pytest.mark.parametrize("student", ["ana maria", "o'brien", "zoë-łukasz", "李雷", "a+b@uni.edu"])
def test_other_ids_are_collected_as_they_are(course, collect, student):
    put(course, student, EARLY)
    collect()
    assert collected(course) == {student: "work"}


def test_a_unit_never_released_is_said_to_be(course, collect):
    (course / "exchange" / "backprop" / "inbound").rmdir()
    with pytest.raises(ExchangeError) as caught:
        collect()
    said = str(caught.value)
    assert "no unit of 'backprop' has been released" in said
    assert "`nbgrader release_assignment 05`" in said
