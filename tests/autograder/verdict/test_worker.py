"""A job from its bytes to its result."""

import json
import os
import pickle
import threading
from pathlib import Path

import nbformat
import pytest

from autograder.mending import pattern_of
from autograder.mending.answers import answers_of
from autograder.run.job import Job, Pattern
from autograder.run.worker import grade_job, open_sandbox
from autograder.seal import Limits
from course.hints import VARIABLE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
UNIT, NAME = "05_two_layer", "two_layer"


def handed(step):
    return (ROOT / step / UNIT / f"{NAME}.ipynb").read_bytes()


def code_cells(text):
    cells = nbformat.reads(text, as_version=4).cells
    return tuple(cell.source for cell in cells if cell.cell_type == "code")


def as_recorded():
    """Return the pattern as the gradebook has it: solutions cleared, hidden tests kept."""
    solved, cleared = (
        pattern_of(nbformat.reads(handed(step).decode(), as_version=4)).cells
        for step in ("source", "release")
    )
    return Pattern(
        tuple(
            released if released.solution else whole
            for whole, released in zip(solved, cleared, strict=True)
        )
    )


@pytest.fixture(scope="module")
def job(sandbox):
    """A function that makes a job of the bytes of unit 05's notebook."""
    pattern = as_recorded()
    given = {NAME: code_cells(handed("release").decode())}

    def make(data, **more):
        files = {} if data is None else {NAME: data}
        told = dict(secret="5e" * 32, limits=Limits(), sealed=sandbox.sealed, given=given)
        return Job(UNIT, "ada", {NAME: pattern}, files, **(told | more))

    return make


def earned(result):
    assert result.failure == ""
    (notebook,) = result.notebooks
    nbformat.validate(nbformat.reads(notebook.data.decode(), as_version=4))
    return {grade.grade_id: grade.points for grade in notebook.grades}


def test_the_solved_unit_earns_all_points(job):
    result = pickle.loads(
        pickle.dumps(grade_job(pickle.loads(pickle.dumps(job(handed("source"))))))
    )
    assert earned(result) == {
        "check_stages": 6,
        "check_forward": 4,
        "check_loss": 2,
        "check_backward": 10,
        "check_train_step": 8,
    }
    (notebook,) = result.notebooks
    assert notebook.mends == notebook.trouble == ()
    assert 0 < notebook.seconds <= result.seconds
    # what the gradebook's process need not parse
    assert notebook.answers == answers_of(json.loads(notebook.data)["cells"])
    assert "backward" in notebook.answers


def test_the_release_earns_nothing(job):
    assert set(earned(grade_job(job(handed("release")))).values()) == {0}


def test_pictures_are_the_same_whether_drawn_ahead_or_not(job):
    texts = [
        grade_job(job(handed("source"), given=given)).notebooks[0].data.decode()
        for given in ({}, job(b"").given)
    ]
    pictures = [
        [
            output["data"]["text/html"]
            for cell in json.loads(text)["cells"]
            for output in cell.get("outputs", ())
            if "<img" in "".join(output.get("data", {}).get("text/html", ""))
        ]
        for text in texts
    ]
    assert len(pictures[0]) == len(pictures[1]) == 3
    # ids in a drawing depend on nothing but what it shows
    assert pictures[0] == pictures[1]


@pytest.mark.slow
def test_a_sandbox_that_comes_down_in_the_middle_costs_nothing(job, tmp_path):
    slow = json.loads(handed("source"))
    slow["cells"].insert(1, nbformat.v4.new_code_cell("import time; time.sleep(2)"))
    del slow["cells"][1]["id"]
    sandbox = open_sandbox(Limits(), job(b"").sealed)
    forked, zygote = sandbox.fork, sandbox._zygote

    def fork(*arguments):
        sandbox.fork = forked
        threading.Timer(1.0, zygote._process.kill).start()
        return forked(*arguments)

    sandbox.fork = fork
    result = grade_job(job(json.dumps(slow).encode()))
    assert zygote.dead and sandbox._zygote is not zygote
    assert sum(earned(result).values()) == 30
    assert result.notebooks[0].trouble == ()


@pytest.mark.parametrize("data", [None, b"", b"{", b"\xff\xfe", b'{"cells": []}'])
def test_what_is_no_notebook_earns_nothing_and_says_so(job, data):
    result = grade_job(job(data))
    assert set(earned(result).values()) == {0}
    assert result.notebooks[0].mends


def test_a_fault_of_the_graders_is_told_as_one(job):
    result = grade_job(job(handed("release"), secret="short"))
    assert result.notebooks == ()
    assert "secret" in result.failure


def test_hints_are_as_many_as_the_job_says(job, monkeypatch):
    monkeypatch.setenv(VARIABLE, "first")
    wrong = json.loads(handed("source"))
    for cell in wrong["cells"]:
        cell["source"] = "".join(cell["source"]).replace("delta2 = p - y", "delta2 = y - p")
    texts = [
        grade_job(job(json.dumps(wrong).encode(), hints=hints)).notebooks[0].data.decode()
        for hints in ("all", "off")
    ]
    assert ["backprop-hint" in text for text in texts] == [True, False]
    assert os.environ[VARIABLE] == "first"
