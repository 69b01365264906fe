"""A student unpacks the bundle, installs its wheel, and works without a network."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.releasing.student_bundle import README, write_bundle
from course.score import SCORE_MIME
from course.tasks import UNITS, tasks_of
from tests.house.students_machine import ROOT, StudentsMachine

pytestmark = pytest.mark.nbgrader

SECONDS = {"training": 60}
"""How long a notebook may run, in seconds; 20 where nothing else is said."""


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    place = tmp_path_factory.mktemp("students")
    return StudentsMachine(write_bundle(ROOT, place / "bundle.zip"), place / "unpacked")


def tried(machine, code, *arguments):
    """Run a line in the student's Python, and return what comes of it."""
    command = list(map(str, machine.command("-c", code, *arguments)))
    return subprocess.run(command, capture_output=True, text=True, timeout=240)


def run_there(machine, script, *arguments):
    """Run one of the scripts beside this file in the student's Python; return what it prints."""
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    done = tried(machine, text, *arguments)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def lab(machine):
    """What JupyterLab serves, started as the README says; it lays out the folder `work`."""
    return json.loads(run_there(machine, "lab_as_a_student.py"))


@pytest.fixture(scope="module")
def told(machine, lab):
    """What happened in each notebook of the student's folder, by the notebook's folder."""
    notebooks = sorted(machine.folder.glob("work/*/*.ipynb"))
    lines = run_there(machine, "as_a_student.py", *notebooks).splitlines()
    return {one["folder"]: one for one in map(json.loads, lines)}


def test_the_lab_opens_the_students_own_folder(lab):
    assert sorted(lab["folders"]) == sorted([*UNITS.values(), "README.md"])
    assert lab["kernels"] == ["python3"]
    assert "<title>JupyterLab</title>" in lab["page"]
    # what makes the demos move comes with the packages, and is not asked of a network
    assert "@jupyter-widgets/jupyterlab-manager" in lab["page"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_runs_from_top_to_bottom_and_earns_nothing(told, unit):
    notebook = told[UNITS[unit]]
    assert notebook["from_the_wheel"] and notebook["no_grader"]
    assert notebook["raised"] == []
    assert notebook["warned"] == []
    assert notebook["checks"].keys() == {f"check_{task.name}" for task in tasks_of(unit)}
    for name, outputs in notebook["checks"].items():
        scores = [kinds[SCORE_MIME] for kinds in outputs if SCORE_MIME in kinds]
        assert scores, name
        assert all(part["earned"] == 0 for score in scores for part in score["findings"]), name
    # twice the promise: a loaded machine is slower than a reader's
    assert notebook["seconds"] < 2 * SECONDS.get(unit, 20)


def test_nothing_is_run_but_what_was_unpacked(machine, told):
    assert len(told) == len(UNITS)
    seen = tried(machine, "import os, sys; print(*os.listdir(sys.argv[1]))", ROOT)
    assert seen.returncode == 0
    assert not {"course", "autograder", "source", "release"} & set(seen.stdout.split())
    call = tried(machine, "import socket; socket.create_connection(('192.0.2.1', 80), 2)")
    assert "Network is unreachable" in call.stderr


def test_the_readme_has_five_lines_and_names_what_is_there(machine):
    text = (machine.folder / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(README.read_text(encoding="utf-8").splitlines()) == 5
    assert (machine.folder / re.search(r"pip install (\S+\.whl)`", text)[1]).is_file()
    assert "WHEEL" not in text
    done = subprocess.run(
        [sys.executable, "-m", "course.lab"], cwd=machine.folder.parent, capture_output=True
    )
    assert b"start in the folder that holds `release`" in done.stderr
