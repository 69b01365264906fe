"""Kill -9 at any moment: every graded folder old or new, and whole, and none taken for what it
is not."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.gradebook.writer import GradebookWriter

from .one_writer import triples
from .small_course import ASSIGNMENT, NOTEBOOKS, hand_in, mark_of
from .tables import tables_of

ROOT = Path(__file__).parents[3]
STUDENTS = [f"s{number:03}" for number in range(35)]
KILLED = 25

pytestmark = pytest.mark.slow


def start_writer(*arguments):
    """Start the process of one_writer, with pipes to and from it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.autograder.gradebook.one_writer", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Served:
    """A process that writes one version after another, each in a fork that can be killed."""

    def __init__(self, course):
        self._process = start_writer(course.root, "serve", *STUDENTS)

    def __enter__(self):
        return self

    def write(self, version, kill_after="never"):
        """Write a version to its end, or kill it after some seconds; return how long it took."""
        print(version, kill_after, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def __exit__(self, *_):
        self._process.communicate()


def versions_of(course, student):
    """Return the versions that stand in a graded folder's notebooks; all of a folder are there."""
    folder = course.folder("autograded", ASSIGNMENT, student)
    if not folder.exists():
        return set()
    assert (folder / "timestamp.txt").is_file() and (folder / "data" / "numbers.csv").is_file()
    return {
        json.loads((folder / f"{name}.ipynb").read_text())["metadata"]["version"]
        for name in NOTEBOOKS
    }


def check_whole(course, url):
    """Hold every student to old or new and whole; return how many are marked as current."""
    marked = 0
    tables = tables_of(url)
    assert set(tables["stray"].values()) == {0}
    for student in STUDENTS:
        versions = versions_of(course, student)
        assert len(versions) <= 1
        grades = {row[3]: row[5] for row in tables["grade"] if row[1] == student}
        assert len(grades) in (0, 5)
        mark = mark_of(course, student)
        if mark:
            marked += 1
            (version,) = versions
            assert mark["digest"] == f"version {version}"
            # what is marked is what the gradebook holds
            assert grades["test_square"] == version % 3
    return marked


def test_whoever_is_killed_leaves_nothing_half_done(sqlite_course):
    course, url = sqlite_course, sqlite_course.directory().db_url
    hand_in(course, "base")
    rng = np.random.default_rng(6)
    marked = []
    with Served(course) as served:
        served.write(0)
        assert check_whole(course, url) == len(STUDENTS)
        whole = served.write(0)
        for version in range(1, KILLED + 1):
            served.write(version, kill_after=rng.uniform(0, 0.9 * whole))
            marked.append(check_whole(course, url))
    # or nobody was killed in the middle of anything
    assert min(marked) < len(STUDENTS)
    with GradebookWriter(course, ASSIGNMENT) as writer:
        left = [path.name for path in course.folder("autograded", ".", ".").glob(".grading-*")]
        assert len(left) == 2  # this writer's own folder and its lock
        given = list(triples(course, KILLED, STUDENTS))
        todo = [one for one in given if not writer.is_current(one[1], one[2])]
        assert writer.write(todo) == {}
        assert all(writer.is_current(submission, digest) for _, submission, digest in given)
    assert check_whole(course, url) == len(STUDENTS)
    assert not list(course.folder("autograded", ".", ".").glob(".grading-*"))
