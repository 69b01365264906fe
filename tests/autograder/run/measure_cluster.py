"""A class graded by local workers, and on a Dask cluster of as many workers of this machine.

    python -m tests.autograder.run.measure_cluster --students 60

The cluster grades it twice: the second time its sandboxes are there already. Processor time is
in seconds, of the command, the workers with their sandboxes, and the scheduler.
"""

import argparse
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import fmean

import psutil

from autograder.__main__ import main as autograder
from autograder.course_folder import Course
from autograder.handed_in.submissions import read_submissions
from autograder.mending.pattern import patterns_of
from autograder.run.jobs import JobMaker
from autograder.run.worker import grade_job
from autograder.seal import Limits
from tests.autograder.bench.watched import watch

from .dask_cluster import cluster_in
from .standin import ASSIGNMENT, ROOT

WORKERS = 2
ROW = "{:34} {:>8} {:>8} {:>8} {:>10}"


def spent(process):
    """Return the processor time of a process and all below it, also of what has ended there."""
    found = psutil.Process(process.pid)
    times = [found.cpu_times()]
    own = times[0].user + times[0].system
    below = [one.cpu_times() for one in found.children(recursive=True)]
    return own + sum(t.user + t.system + t.children_user + t.children_system for t in below)


def say(what, seen, workers, scheduler=0.0):
    parts = f"{seen.processor['main']:.1f}", f"{workers:.1f}", f"{scheduler:.1f}"
    print(ROW.format(what, f"{seen.seconds:.1f}", *parts), flush=True)


def on_a_cluster(folder, command, students):
    with cluster_in(folder) as cluster:
        workers = [cluster.processes[cluster.add_worker()] for _ in range(WORKERS)]
        scheduler = cluster.processes[cluster.address]
        for what in ("Dask, sandboxes to be started", "Dask, sandboxes there"):
            before = [sum(map(spent, workers)), spent(scheduler)]
            words = [*command, "--force", "--scheduler", cluster.address]
            seen = watch(words, cwd=ROOT, stderr=subprocess.DEVNULL)
            after = [sum(map(spent, workers)), spent(scheduler)]
            took = [late - early for early, late in zip(before, after, strict=True)]
            say(what, seen, *took)
        each = took[0] / students, seen.processor["main"] / students
        print(f"a submission: {each[0]:.3f} s of a worker, {1000 * each[1]:.0f} ms of the command")


def sizes(root):
    """Print how large jobs and results are, as they cross a network."""
    course = Course(root)
    limits = Limits.from_config(course.config)
    make_job = JobMaker(course, ASSIGNMENT, patterns_of(course, ASSIGNMENT), limits)
    found = list(read_submissions(course, ASSIGNMENT).values())[:5]
    jobs = [make_job(submission) for submission in found]
    job = fmean(len(pickle.dumps(one)) for one in jobs)
    result = fmean(len(pickle.dumps(grade_job(one))) for one in jobs)
    print(f"a job: {job / 1000:.0f} kB, its result: {result / 1000:.0f} kB")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--students", type=int, default=60)
    students = options.parse_args().students
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        root = folder / "class"
        words = ["--students", str(students), "--seed", "1", "--course-root", str(root)]
        if autograder(["example-class", ASSIGNMENT, *words]):
            raise SystemExit("The example class could not be laid out.")
        command = [
            *(sys.executable, "-m", "autograder", "grade", ASSIGNMENT),
            *("--course-root", str(root)),
        ]
        print(ROW.format("", "wall", "command", "workers", "scheduler"))
        seen = watch([*command, "--workers", str(WORKERS)], cwd=ROOT, stderr=subprocess.DEVNULL)
        local = seen.processor["workers"] + seen.processor["sandboxes"] + seen.processor["imports"]
        say("local workers, start-up included", seen, local)
        on_a_cluster(folder / "cluster", command, students)
        sizes(root)


if __name__ == "__main__":
    main()
