"""Grading on a Dask cluster: real schedulers and workers, one of them killed in the middle."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from autograder.__main__ import main
from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.report.class_results import read_results
from autograder.run.cluster import open_cluster
from autograder.seal.limits import Limits

from .standin import ASSIGNMENT, ROOT


def test_without_distributed_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"'tcp://x:1', but `distributed` is not installed"):
        open_cluster("tcp://x:1", Limits(), True)


class Cluster:
    """A scheduler, and workers that share no folder with the course."""

    def __init__(self, folder):
        self.folder, self.workers = folder, []
        self.scheduler, line = self._start(
            "distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard",
            until=r"Scheduler at: +(tcp://\S+)",
        )  # fmt: skip
        self.address = line

    def add_worker(self, path=None):
        """Start a worker with one process and thread; path : its PATH, without bwrap maybe."""
        worker, _ = self._start(
            "distributed.cli.dask_worker", self.address, "--nthreads=1", "--no-nanny",
            "--no-dashboard", until=r"Registered to: +(tcp://\S+)", path=path,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
            process.stdout.close()

    def _start(self, module, *arguments, until, path=None):
        here = self.folder / f"process-{len(self.workers)}-{module[-6:]}"
        here.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=here, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "PATH": path or os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        for line in process.stdout:
            found = re.search(until, line)
            if found:
                return process, found[1]
        raise AssertionError(f"{module} did not start")


@pytest.fixture
def cluster(tmp_path):
    pytest.importorskip("distributed", reason="distributed is not installed")
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "class"
    assert main(["example-class", ASSIGNMENT, "--students", "24", "--course-root", str(root)]) == 0
    return Course(root)


def points(course):
    return {result.student: result.points for result in read_results(course, ASSIGNMENT)}


@pytest.mark.slow
@pytest.mark.nbgrader
@pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
class TestCluster:
    def test_a_worker_killed_in_the_middle_loses_nothing(self, cluster, course, capsys):
        first, _ = cluster.add_worker(), cluster.add_worker()
        here = ["grade", ASSIGNMENT, "--course-root", str(course.root)]
        with subprocess.Popen(
            [sys.executable, "-m", "autograder", *here, "--scheduler", cluster.address], cwd=ROOT
        ) as run:
            deadline = time.monotonic() + 120
            while not list(course.root.glob("autograded/*/*/*.ipynb")):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            first.kill()
            assert run.wait(timeout=240) == 0
        on_the_cluster = points(course)
        assert None not in on_the_cluster.values()
        assert main([*here, "--force"]) == 0
        assert points(course) == on_the_cluster

    def test_a_worker_that_cannot_seal_grades_nothing(self, cluster, course, capsys):
        cluster.add_worker(path="/nowhere")
        here = ["grade", ASSIGNMENT, "--course-root", str(course.root)]
        assert main([*here, "--scheduler", cluster.address]) == 2
        assert "can grade, see docs/cluster.md" in capsys.readouterr().err
        cluster.add_worker()
        assert main([*here, "--scheduler", cluster.address, "--student", "ana-murphy"]) == 0
        assert "28 of 30" in capsys.readouterr().out
