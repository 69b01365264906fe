"""Where a class's submissions are graded: processes of this machine, or a cluster's workers."""

import os
from contextlib import suppress
from functools import partial

from autograder.run.executors import WorkerProcesses
from autograder.seal.seal_error import SealError


def grade_in_worker(job):
    """Return the Result of a Job: what a worker is asked to call.

    Whoever asks imports none of what grading takes.
    """
    from autograder.run.worker import grade_job

    return grade_job(job)


def get_ready_in_worker(limits, sealed, given, line):
    """Start a worker's sandbox before its first job; raises SealError where it cannot be sealed.

    given : name of a notebook -> cells whose pictures are drawn then, too, see `given_code`.
    line : a socket to the zygote that all workers share, or None for one of its own.
    """
    from autograder.run.worker import open_sandbox, pictures_ahead

    sandbox = open_sandbox(limits, sealed, line)
    # a sandbox that comes down meanwhile is met again by the first job, which starts it anew
    with suppress(SealError):
        for cells in given.values():
            pictures_ahead(cells, sandbox, limits)


def open_executor(workers, scheduler, limits, sealed, zygote=None, given=None, expected=0):
    """Return the Executor that a grading asks for: see grade_class for its arguments.

    zygote : a SharedZygote for worker processes on this machine, or None to have one for each.
    given : what they draw before their first call, see `get_ready_in_worker`. expected : for how
    many calls they get ready now; for further ones as they come.
    Raises CourseError where a cluster is asked for and cannot be used.
    """
    if scheduler:
        from autograder.run.cluster import open_cluster

        return open_cluster(scheduler, limits, sealed)
    prepare = partial(get_ready_in_worker, limits, sealed, given or {})
    # a worker keeps to the limits by itself; this is for one that is itself at fault
    patience = 3 * limits.notebook_seconds + 60
    if not workers:
        # one more than there are cores, where it costs no zygote of its own: while a worker waits
        # for a notebook's process to start, or to be gone, there is another for its core
        sharing = sealed and zygote is not None and zygote.can_be_shared
        workers = len(os.sched_getaffinity(0)) + sharing

    def hand(number):
        return zygote.line(number, workers, limits) if zygote and sealed else None

    executor = WorkerProcesses(workers, prepare, patience, hand)
    executor.start(expected)
    return executor
