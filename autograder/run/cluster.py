"""A Dask cluster's workers behind the interface of concurrent.futures.Executor.

What crosses the network is a Job and its Result. A worker needs no shared disk and no gradebook,
but this very version of the project, and a sandbox of its own.
"""

from concurrent.futures import Executor
from functools import partial
from time import monotonic

from autograder.course_error import CourseError
from autograder.gradebook.digest import grader_version

RETRIES = 3
"""How often Dask itself tries a call anew whose worker raised."""

SECONDS = 30
"""How long to wait for a scheduler, and for its first worker."""

LOOK = 5.0
"""Seconds between two looks at how many workers there are."""


def open_cluster(address, limits, sealed):
    """Return a ClusterExecutor on the workers of a Dask scheduler.

    address : such as "tcp://10.0.0.1:8786"; limits, sealed : as in a Job.
    Raises CourseError where distributed is not installed, there is no scheduler or no worker,
    a worker runs other code than this, or none can seal.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError(
            f"Got the scheduler {address!r}, but `distributed` is not installed: "
            "`pip install -e '.[cluster]'` in the project's folder brings it."
        ) from error
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CourseError(
            f"Got the scheduler {address!r}, but none answers there ({error}): start one with "
            "`dask scheduler`, and name it as it says, such as tcp://10.0.0.1:8786."
        ) from error
    try:
        return ClusterExecutor(client, _fit_workers(client, address, limits, sealed))
    except BaseException:
        client.close()
        raise


class ClusterExecutor(Executor):
    """Calls run on a cluster's workers; those of a worker that dies are run on another one.

    client : a distributed.Client, which is closed with this. only : the addresses of the workers
    to use, or None for all, also those that join later.
    """

    def __init__(self, client, only=None):
        self._client = client
        # not pure: a forced grading must run again what the cluster may remember
        self._executor = client.get_executor(pure=False, retries=RETRIES, workers=only)
        self._workers, self._asked = 1, -LOOK

    @property
    def workers(self):
        """How many calls run at once, about now; at least 1."""
        if monotonic() - self._asked >= LOOK:
            self._workers = max(1, sum(self._client.nthreads().values()))
            self._asked = monotonic()
        return self._workers

    def submit(self, function, /, *arguments, **named):
        """Run a call on a worker; returns a Future."""
        return self._executor.submit(function, *arguments, **named)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Leave the cluster; what runs there is given up with cancel_futures."""
        if self._client.status != "closed":
            self._executor.shutdown(wait=wait and not cancel_futures)
            self._client.close(timeout=2)


def examine_worker(limits, sealed):
    """Return the version of the grader on this worker, and why it cannot seal; "" where it can."""
    from autograder.run.worker import open_sandbox

    try:
        open_sandbox(limits, sealed)
    except CourseError as error:
        return grader_version(), str(error)
    return grader_version(), ""


def _fit_workers(client, address, limits, sealed):
    """Return the addresses of the workers that can grade, or None where all can."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except Exception as error:  # its own TimeoutError is another one in each version
        raise CourseError(
            f"The scheduler {address} has no workers: start some with `dask worker {address}`."
        ) from error
    found = client.run(partial(examine_worker, limits, sealed), on_error="return")
    fit, unfit = [], []
    for worker, said in found.items():
        if isinstance(said, BaseException):
            unfit.append(f"{worker}: {type(said).__name__}: {said}")
        elif said[0] != grader_version():
            unfit.append(f"{worker} runs another version of the project, and would grade otherwise")
        elif said[1]:
            unfit.append(f"{worker}: {said[1]}")
        else:
            fit.append(worker)
    if not fit:
        raise CourseError(
            f"No worker of {address} can grade, see docs/cluster.md: {'; '.join(unfit)}"
        )
    return fit if unfit else None
