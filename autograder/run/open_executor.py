"""Where a class's submissions are graded: processes of this machine, or a cluster's workers."""

from functools import partial

from autograder.run.executors import WorkerProcesses


def grade_in_worker(job):
    """Return the Result of a Job: what a worker is asked to call.

    Whoever asks imports none of what grading takes.
    """
    from autograder.run.worker import grade_job

    return grade_job(job)


def open_sandbox_in_worker(limits, sealed):
    """Start a worker's sandbox before its first job; raises SealError where it cannot be sealed."""
    from autograder.run.worker import open_sandbox

    open_sandbox(limits, sealed)


def open_executor(workers, scheduler, limits, sealed):
    """Return the Executor that a grading asks for: see grade_class for its arguments.

    Raises CourseError where a cluster is asked for and cannot be used.
    """
    if scheduler:
        from autograder.run.cluster import open_cluster

        return open_cluster(scheduler, limits, sealed)
    prepare = partial(open_sandbox_in_worker, limits, sealed)
    # a worker keeps to the limits by itself; this is for one that is itself at fault
    return WorkerProcesses(workers, prepare, patience=3 * limits.notebook_seconds + 60)
