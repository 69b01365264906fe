"""`autograder doctor`: a line for each thing, and a mend for each that is amiss."""

import os

import pytest

from autograder import doctor
from autograder.__main__ import main
from autograder.inside import landlock
from autograder.seal import SealError

CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "x"
c.Exchange.root = {exchange!r}
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    (tmp_path / "exchange").mkdir()
    (tmp_path / "nbgrader_config.py").write_text(CONFIG.format(exchange=str(tmp_path / "exchange")))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def without_a_sandbox(monkeypatch):
    """Spare a test the start of a sandbox, which has tests of its own."""

    def refuse(*_):
        raise SealError("There is no seal here: mend it.")

    monkeypatch.setattr(doctor, "Sandbox", refuse)


def lines(root):
    return {line.name: line for line in doctor.examine(root)}


@pytest.mark.slow
def test_a_machine_that_can_grade_passes(course, capsys):
    if os.environ.get("BACKPROP_NO_SEAL") == "1":
        pytest.skip("BACKPROP_NO_SEAL=1: nothing is sealed here")
    code = main(["doctor", "--course-root", str(course)])
    said = capsys.readouterr().out
    assert "holds, as tried from inside" in said
    assert "none yet" in said
    assert code == (1 if "!! " in said else 0)
    assert len(said.splitlines()) == 10


def test_what_is_amiss_is_told_with_its_mend(course, without_a_sandbox, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_PACKAGES", ("numpy", "not-installed-anywhere"))
    monkeypatch.setattr(doctor.bubblewrap.shutil, "which", lambda _: None)
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    (course / "exchange").rmdir()
    (course / "gradebook.db").write_text("no database, long enough to be taken for one" * 100)
    found = lines(course)
    assert not found["packages"].fine
    assert found["packages"].mend == "pip install not-installed-anywhere"
    assert "apt install bubblewrap" in found["bubblewrap"].mend
    assert "Linux 5.13" in found["Landlock"].mend
    assert found["seal"].says == "There is no seal here: mend it."
    assert "c.Exchange.root" in found["exchange"].mend
    assert not found["gradebook"].fine
    assert main(["doctor", "--course-root", str(course)]) == 1
    assert "!!  packages" in capsys.readouterr().out


@pytest.mark.parametrize("works", [True, False])
def test_user_namespaces_that_are_made_are_not_forbidden(
    course, without_a_sandbox, monkeypatch, tmp_path, works
):
    made = tmp_path / "bwrap"
    made.write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
    made.chmod(0o755)
    monkeypatch.setattr(doctor.bubblewrap, "find", lambda: str(made))
    monkeypatch.setattr(doctor.mends, "forbidden_by", lambda: "ask whoever runs the container")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert lines(course)["user namespaces"].fine is works


def test_a_folder_that_is_no_course_is_told(tmp_path, without_a_sandbox):
    assert "--course-root" in lines(tmp_path)["course"].says


def test_limits_that_cannot_be_read_are_told(course, without_a_sandbox):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.Seal.cell_second = 3\n")
    assert "'cell_seconds'" in lines(course)["course"].says
