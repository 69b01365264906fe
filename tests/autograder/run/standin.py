"""A class graded by a stand-in: what a worker is to do stands in the notebook's metadata."""

import hashlib
import json
import os
import shutil
import signal
import time
from pathlib import Path

from autograder.mending.pattern import metadata
from autograder.run.job import CellGrade, GradedNotebook, Result

ASSIGNMENT, NAME = "05_two_layer", "two_layer"
ROOT = Path(__file__).parents[3]


def lay_out(root, does):
    """Lay out a course of one assignment; does : student -> what `grade` is to do with it."""
    shutil.copytree(ROOT / "source" / ASSIGNMENT, Path(root) / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for student, what in does.items():
        hand_in(root, student, **what)
    return Path(root)


def hand_in(root, student, **what):
    """Hand in a notebook on which `grade` does what is said."""
    folder = Path(root) / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": [], "metadata": {"standin": what}, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    (folder / "timestamp.txt").write_text("2026-03-05 10:00:00 UTC")


def grade(job):
    """Return a Result of the points that the notebook asks for, having done what it asks for.

    sleep : seconds. share : of the points, 1 where none is given. die : kill this process.
    die_once : the same, unless the file named is there, which is then made. fail : the failure.
    raises : what a RuntimeError says. log : a file to which the student's id is appended.
    """
    what = json.loads(job.files[NAME])["metadata"]["standin"]
    if "log" in what:
        with open(what["log"], "a") as file:
            file.write(f"{job.student}\n")
    time.sleep(what.get("sleep", 0))
    once = Path(what["die_once"]) if "die_once" in what else None
    if what.get("die") or (once and not once.exists()):
        if once:
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "raises" in what:
        raise RuntimeError(what["raises"])
    if "fail" in what:
        return Result(job.assignment, job.student, failure=what["fail"])
    share = what.get("share", 1)
    cells, grades = [], []
    # different for every course's key, and the same whenever this is graded again
    drawn = hashlib.sha256((job.secret + json.dumps(what)).encode()).hexdigest()
    for expected in job.patterns[NAME].cells:
        cell = {
            "cell_type": expected.cell_type,
            "id": expected.grade_id,
            "metadata": metadata(expected),
            "source": expected.source,
        }
        if expected.cell_type == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)
        if expected.grade:
            grades.append(CellGrade(expected.grade_id, expected.points * share, expected.points))
    whole = {"cells": cells, "metadata": {"drawn": drawn}, "nbformat": 4, "nbformat_minor": 5}
    data = json.dumps(whole).encode()
    mends, trouble = tuple(what.get("mends", ())), tuple(what.get("trouble", ()))
    notebook = GradedNotebook(NAME, data, tuple(grades), mends=mends, trouble=trouble)
    return Result(job.assignment, job.student, (notebook,), what.get("sleep", 0))
