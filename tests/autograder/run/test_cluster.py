"""Grading on a Dask cluster: real schedulers and workers, one of them killed in the middle."""

import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import nbformat
import pytest

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.gradebook.autograded import MARK
from autograder.report.class_results import read_results

from ..conftest import digests
from .dask_cluster import Cluster, cluster_in
from .standin import ASSIGNMENT, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.nbgrader]


def another_version(folder):
    """Copy the project to a folder, with one sentence of the grader's changed."""
    for name in ("autograder", "course"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "autograder/verdict/seeds.py").open("a") as file:
        file.write("# one line more\n")
    return folder


def command(course, cluster, *options):
    """Return the words of a grading on the cluster."""
    return [
        *(sys.executable, "-m", "autograder", "grade", ASSIGNMENT, "--course-root"),
        *(str(course.root), "--scheduler", cluster.address, *options),
    ]


def graded(course):
    """Return the ids of those whose graded folders are whole."""
    return {path.parts[-3] for path in course.root.glob(f"autograded/*/{ASSIGNMENT}/{MARK}")}


def points(course):
    return {result.student: result.points for result in read_results(course, ASSIGNMENT)}


def wait_until(holds, seconds=120):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@dataclass(frozen=True)
class OnTheCluster:
    """A class graded on a cluster, one worker killed in the middle, and one left at the end.

    under_way : whether that one was at a submission when it was killed. calls : worker -> how
    many calls it ran.
    """

    course: Course
    cluster: Cluster
    good: list
    odd: list
    exit_code: int
    under_way: bool
    calls: dict


@pytest.fixture(scope="module")
def on_the_cluster(tmp_path_factory):
    from distributed import Client

    folder = tmp_path_factory.mktemp("on-the-cluster")
    root = folder / "class"
    words = ["example-class", ASSIGNMENT, "--students", "8", "--course-root", str(root)]
    assert main(words) == 0
    course = Course(root)
    # what was graded is recorded after a second: there is to be something left by then
    last = max(root.glob(f"submitted/*/{ASSIGNMENT}/*.ipynb"))
    notebook = nbformat.read(last, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import time; time.sleep(3)"))
    nbformat.write(notebook, last)
    with cluster_in(folder / "cluster") as cluster, Client(cluster.address) as client:
        good = [cluster.add_worker(hidden=root) for _ in range(2)]
        odd = [
            cluster.add_worker(code=another_version(folder / "other")),
            cluster.add_worker(path="/nowhere"),
        ]
        with subprocess.Popen(command(course, cluster), cwd=ROOT) as run:
            wait_until(lambda: graded(course) and client.processing()[good[1]])
            under_way = bool(client.processing()[good[0]])
            cluster.kill(good[0])
            exit_code = run.wait(timeout=240)
        calls = client.run(lambda dask_worker: dask_worker.state.executed_count)
        yield OnTheCluster(course, cluster, good, odd, exit_code, under_way, calls)


def test_a_worker_killed_in_the_middle_loses_nothing(on_the_cluster):
    assert on_the_cluster.exit_code == 0
    assert on_the_cluster.under_way
    earned = points(on_the_cluster.course)
    assert len(earned) == 8 and None not in earned.values()


def test_only_workers_that_run_this_code_and_can_seal_are_given_work(on_the_cluster):
    # each of them was examined, which is a call
    assert {on_the_cluster.calls[worker] for worker in on_the_cluster.odd} == {1}
    assert on_the_cluster.calls[on_the_cluster.good[1]] > 1


def test_scores_and_files_are_those_of_one_machine(on_the_cluster, tmp_path):
    root, here = on_the_cluster.course.root, tmp_path / "class"
    shutil.copytree(root, here, ignore=shutil.ignore_patterns("autograded", "gradebook.db"))
    assert main(["grade", ASSIGNMENT, "--course-root", str(here)]) == 0
    assert points(Course(here)) == points(on_the_cluster.course)
    assert digests(here / "autograded") == digests(root / "autograded")


def test_ctrl_c_leaves_the_cluster_at_once_and_the_next_run_goes_on(on_the_cluster):
    course, cluster = on_the_cluster.course, on_the_cluster.cluster
    before = digests(course.root / "autograded")
    shutil.rmtree(course.root / "autograded")
    with subprocess.Popen(
        command(course, cluster), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as run:
        wait_until(lambda: graded(course))
        pressed = time.monotonic()
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=30)
        assert time.monotonic() - pressed < 2
    assert run.returncode == 130
    done, left = re.search(r"stopped; (\d+) of 8 are done.* (\d+) are left", said).groups()
    assert "Traceback" not in said
    assert int(done) == len(graded(course)) and 0 < int(left) == 8 - int(done)
    assert subprocess.run(command(course, cluster), cwd=ROOT).returncode == 0
    assert digests(course.root / "autograded") == before
