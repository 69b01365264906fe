"""Where a class's submissions are graded: processes of this machine, or a cluster's workers."""

import os
from functools import partial

from autograder.run.executors import WorkerProcesses


def grade_in_worker(job):
    """Return the Result of a Job: what a worker is asked to call.

    Whoever asks imports none of what grading takes.
    """
    from autograder.run.worker import grade_job

    return grade_job(job)


def open_sandbox_in_worker(limits, sealed, line):
    """Start a worker's sandbox before its first job; raises SealError where it cannot be sealed.

    line : a socket to the zygote that all workers share, or None for one of its own.
    """
    from autograder.run.worker import open_sandbox

    open_sandbox(limits, sealed, line)


def open_executor(workers, scheduler, limits, sealed, zygote=None):
    """Return the Executor that a grading asks for: see grade_class for its arguments.

    zygote : a SharedZygote for worker processes on this machine, or None to have one for each.
    Raises CourseError where a cluster is asked for and cannot be used.
    """
    if scheduler:
        from autograder.run.cluster import open_cluster

        return open_cluster(scheduler, limits, sealed)
    prepare = partial(open_sandbox_in_worker, limits, sealed)
    # a worker keeps to the limits by itself; this is for one that is itself at fault
    patience = 3 * limits.notebook_seconds + 60
    workers = workers or len(os.sched_getaffinity(0))

    def hand(number):
        return zygote.line(number, workers, limits) if zygote and sealed else None

    return WorkerProcesses(workers, prepare, patience, hand)
