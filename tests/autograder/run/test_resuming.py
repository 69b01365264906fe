"""Killed at any moment: the next run completes the class, nothing lost, doubled or half there."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest

from autograder.gradebook.autograded import MARK

from ..conftest import digests
from .standin import ASSIGNMENT, NAME, ROOT, hand_in

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

STUDENTS = [f"s{i:02}" for i in range(48)]
KILLS = 50

POINTS = """
select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score
from grade
join base_cell on grade.cell_id = base_cell.id
join submitted_notebook on grade.notebook_id = submitted_notebook.id
join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
order by 1, 2
"""


class Runs:
    """The process that forks gradings."""

    def __init__(self):
        command = [sys.executable, "-m", "tests.autograder.run.forked_runs"]
        self.nursery = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.nursery.stdout.readline() == "ready\n"

    def start(self, root):
        print(root, file=self.nursery.stdin, flush=True)
        return self._told("child")

    def end(self):
        return self._told("ended")

    def _told(self, what):
        # by name: who took how one ended, 0, for a process and killed it would kill all tests
        name, _, number = self.nursery.stdout.readline().partition(" ")
        assert name == what
        return int(number)

    def grade(self, root):
        before = time.monotonic()
        self.start(root)
        assert self.end() == 0
        return time.monotonic() - before

    def kill(self, root, after):
        child = self.start(root)
        time.sleep(after)
        # it may be through already
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return self.end()


@pytest.fixture(scope="module")
def runs():
    runs = Runs()
    yield runs
    with runs.nursery:
        runs.nursery.stdin.close()
    assert runs.nursery.returncode == 0


def rows(root):
    """Return what the gradebook holds of every graded cell, after asking whether it is sound."""
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        assert book.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert book.execute("pragma foreign_key_check").fetchall() == []
        return book.execute(POINTS).fetchall()


def assert_sound(root):
    """Nothing is doubled and nothing half there, at whatever moment a run was killed."""
    found = rows(root)
    assert len({row[:2] for row in found}) == len(found)
    per_student = {row[0]: 0 for row in found}
    for row in found:
        per_student[row[0]] += 1
    assert set(per_student.values()) <= {5}
    for folder in root.glob(f"autograded/s*/{ASSIGNMENT}"):
        notebook = json.loads((folder / f"{NAME}.ipynb").read_text())
        assert notebook["metadata"]["drawn"]
        assert (folder / "timestamp.txt").read_text() == "2026-03-05 10:00:00 UTC"


def test_killed_at_fifty_moments_the_class_is_as_if_undisturbed(class_of, runs, tmp_path):
    rng = random.Random(6)
    course = class_of({student: {"sleep": 0.005, "turn": 0} for student in STUDENTS})
    root = course.root
    about = runs.grade(root)
    killed = turn = 0
    while killed < KILLS:
        turn += 1
        assert turn < 3 * KILLS, "the runs are through before they are killed"
        # as many change as are graded in the time, so that no moment is without work
        for student in rng.sample(STUDENTS, 30):
            hand_in(root, student, sleep=0.005, turn=turn, share=rng.choice([0, 0.5, 1]))
        in_time = runs.kill(root, rng.uniform(0.02, about)) == -signal.SIGKILL
        # how long a run takes changes with what else the machine does
        about *= 1.05 if in_time else 0.8
        killed += in_time
        assert_sound(root)
        if turn % 5 == 0:
            runs.grade(root)
            assert len(rows(root)) == 5 * len(STUDENTS)
    runs.grade(root)

    undisturbed = class_of({}, "undisturbed").root
    shutil.copytree(root / "submitted", undisturbed / "submitted")
    shutil.copy(root / ".grader_key", undisturbed)
    runs.grade(undisturbed)
    assert rows(root) == rows(undisturbed)
    assert digests(root / "autograded") == digests(undisturbed / "autograded")
    left = {path.name for path in root.iterdir()} - {path.name for path in undisturbed.iterdir()}
    assert left == set()
    marks = list(root.glob(f"autograded/*/{ASSIGNMENT}/{MARK}"))
    assert len(marks) == len(STUDENTS)


def test_what_was_done_before_a_kill_is_not_done_again(class_of, runs, tmp_path):
    log = tmp_path / "log"
    does = {student: {"sleep": 0.1, "log": str(log)} for student in STUDENTS}
    root = class_of(does).root
    child = runs.start(root)
    while len(list(root.glob(f"autograded/*/{ASSIGNMENT}/{MARK}"))) < 20:
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    assert runs.end() == -signal.SIGKILL
    done = {path.parts[-3] for path in root.glob(f"autograded/*/{ASSIGNMENT}/{MARK}")}
    log.unlink()
    runs.grade(root)
    assert sorted(log.read_text().split()) == sorted(set(STUDENTS) - done)
