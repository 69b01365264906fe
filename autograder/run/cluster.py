"""A Dask cluster's workers behind the interface of concurrent.futures.Executor.

What crosses the network is a Job and its Result. A worker needs no shared disk and no gradebook,
but this very version of the project, and a sandbox of its own: each is examined before it is
given anything, also one that joins later.
"""

import asyncio
from concurrent import futures
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import monotonic, sleep

from autograder.course_error import CourseError
from autograder.gradebook.digest import grader_version
from autograder.run.dask_client import open_client

RETRIES = 3
"""How often Dask itself tries a call anew whose worker raised."""

SECONDS = 30
"""How long to wait for a scheduler, and for its first worker."""

EXAMINED = 60
"""How long to wait for the workers that are there to say whether they can grade."""

LOOK = 5.0
"""Seconds between two looks at which workers there are."""


def open_cluster(address, limits, sealed):
    """Return a ClusterExecutor on the workers of a Dask scheduler.

    address : such as "tcp://10.0.0.1:8786"; limits, sealed : as in a Job.
    Raises CourseError where there is no scheduler, see `open_client`, or it has no worker, or no
    worker both runs this code and can seal.
    """
    client = open_client(address, SECONDS)
    try:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except Exception as error:  # its own TimeoutError is another one in each version
            raise CourseError(
                f"The scheduler {address} has no workers: start some with `dask worker {address}`."
            ) from error
        return ClusterExecutor(client, partial(examine_worker, limits, sealed))
    except BaseException:
        client.close()
        raise


@dataclass(eq=False)
class _Held:
    """A call until it is over.

    submit : a function that submits it. moves : whether others may run it where those that it
    was for have gone. future : what came of it; workers : where it may run; times : how often it
    was submitted.
    """

    submit: object
    moves: bool = True
    future: Future = field(default_factory=Future)
    workers: frozenset = frozenset()
    times: int = 0


class ClusterExecutor(Executor):
    """Calls run on those workers of a cluster that are fit; if one dies, its calls on another.

    client : a distributed.Client, which is closed with this. examine : what each worker is asked
    to call before it is given anything else; see `examine_worker` for what it returns.

    Raises CourseError where no worker is fit, and, from whatever it is asked, where the scheduler
    is gone.
    """

    def __init__(self, client, examine):
        self._client, self._examine = client, examine
        self._address = client.scheduler.address
        self._asked, self._unfit = {}, {}
        self._fit, self._threads = frozenset(), 1
        self._under_way, self._lock = {}, Lock()
        self._looked = -LOOK
        until = monotonic() + EXAMINED
        while not self._look() and monotonic() < until:
            sleep(0.1)
        if not self._fit:
            raise CourseError(
                f"No worker of {self._address} can grade, see docs/cluster.md: "
                + "; ".join(f"{worker}: {why}" for worker, why in self._unfit.items())
            )

    @property
    def workers(self):
        """How many calls run at once, about now; at least 1."""
        self._refuse_closed()
        if monotonic() - self._looked >= LOOK:
            self._look()
        return self._threads

    def submit(self, function, /, *arguments, **named):
        """Run a call on a fit worker; returns a Future.

        Where all have gone it waits for another one, and is cancelled if that happens often.
        """
        self._refuse_closed()
        return self._run(_Held(partial(self._client.submit, function, *arguments, **named)))

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Leave the cluster; what runs there is given up with cancel_futures."""
        if self._client.status == "closed":
            return
        if cancel_futures:
            self._client.cancel([*self._under_way.values()])
        elif wait:
            futures.wait([held.future for held in [*self._under_way]])
        self._client.close(timeout=2)

    def _run(self, held, workers=None):
        """Submit a call to some workers, by default those that are fit now; return its Future."""
        workers = frozenset(workers or self._fit)
        # not pure: a forced grading must run again what the cluster may remember
        asked = held.submit(workers=sorted(workers), pure=False, retries=RETRIES)
        with self._lock:
            held.workers, held.times = workers, held.times + 1
            self._under_way[held] = asked
        self._client.loop.add_callback(self._bring_home, held, asked)
        return held.future

    async def _bring_home(self, held, asked):
        """Put what came of a call into its Future, in the client's own thread.

        distributed's own executor loses a call whose worker takes its result along.
        """
        value = error = None
        try:
            value = await asked.result()
        except (Exception, asyncio.CancelledError) as raised:
            error = raised
        with self._lock:
            if self._under_way.get(held) is not asked:
                return  # it was submitted anew
            del self._under_way[held]
        if isinstance(error, (futures.CancelledError, asyncio.CancelledError)):
            held.future.cancel()
            held.future.set_running_or_notify_cancel()
        elif error:
            held.future.set_exception(error)
        else:
            held.future.set_result(value)

    def _look(self):
        """See which workers are there and fit; return whether all have been examined."""
        self._looked = monotonic()
        if self._client.status != "running":
            return False  # the client tries for a while to reach the scheduler again
        there = self._client.nthreads()
        for worker in there.keys() - self._asked.keys():
            self._asked[worker] = self._run(
                _Held(partial(self._client.submit, self._examine, priority=10), moves=False),
                {worker},
            )
        answered = [worker for worker in there if self._asked[worker].done()]
        self._unfit = {
            worker: self._why_not(worker) if worker in answered else "it has not answered yet"
            for worker in there
        }
        fit = frozenset(worker for worker, why in self._unfit.items() if not why)
        if fit and fit != self._fit:
            self._take(fit)
        self._threads = max(1, sum(there[worker] for worker in fit))
        return len(answered) == len(there)

    def _refuse_closed(self):
        if self._client.status == "closed":
            raise CourseError(
                f"The scheduler {self._address} is gone; what was graded is kept, and the next "
                "run goes on from there."
            )

    def _why_not(self, worker):
        asked = self._asked[worker]
        trouble = "cancelled" if asked.cancelled() else asked.exception()
        if trouble:
            return f"it could not be examined ({trouble})"
        version, why = asked.result()
        if version != grader_version():
            return "it runs another version of the project, and would grade otherwise"
        return why

    def _take(self, fit):
        """Submit to these workers from now on, and once more what none of them may run."""
        self._fit = fit
        for held, asked in [*self._under_way.items()]:
            if held.moves and not held.workers & fit:
                if held.times <= RETRIES:
                    self._run(held)
                asked.cancel()


def examine_worker(limits, sealed):
    """Return the version of the grader on this worker, and why it cannot seal; "" where it can."""
    from autograder.run.worker import open_sandbox

    try:
        open_sandbox(limits, sealed)
    except CourseError as error:
        return grader_version(), str(error)
    return grader_version(), ""
