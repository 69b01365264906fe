"""A Dask cluster on this machine: a scheduler, and workers that share no folder with a course."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from itertools import count

from .standin import ROOT


class Cluster:
    """A scheduler and its workers, each a process in a folder and with a home of its own.

    folder : where they are. Attributes: address, the scheduler's; processes, by address. The
    folder of a process is called scheduler-0, worker-1 and so on, in the order of their starts.
    """

    def __init__(self, folder):
        self.folder, self.processes = folder, {}
        self._numbers = count()
        self.address = self._start(
            "scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard",
            until=r"Scheduler at: +(tcp://\S+)",
        )  # fmt: skip

    def add_worker(self, code=ROOT, path=None, hidden=None):
        """Start a worker with one thread and return its address.

        code : the folder of the project that it runs. path : its PATH, maybe one without bwrap.
        hidden : a folder that it does not see, as on a machine that shares no disk.
        """
        hides = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--tmpfs", hidden]
        return self._start(
            "worker", self.address, "--nthreads=1", "--no-nanny", "--no-dashboard",
            until=r"Registered to: +tcp", path=path, code=code,
            around=hides if hidden else (),
        )  # fmt: skip

    def kill(self, address):
        """Kill one of the processes, and return when it is gone."""
        process = self.processes.pop(address)
        process.kill()
        process.wait()
        process.stdout.close()

    def close(self):
        for address in [*self.processes]:
            self.kill(address)

    def _start(self, kind, *arguments, until, path=None, code=ROOT, around=()):
        here = self.folder / f"{kind}-{next(self._numbers)}"
        here.mkdir()
        process = subprocess.Popen(
            [*map(str, around), sys.executable, "-m", "dask", kind, *arguments],
            cwd=here, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={"PATH": path or os.environ["PATH"], "HOME": str(here), "PYTHONPATH": str(code)},
        )  # fmt: skip
        address = ""
        for line in process.stdout:
            address = address or "".join(re.findall(r"(?:Start worker|Scheduler) at: +(\S+)", line))
            if re.search(until, line):
                self.processes[address] = process
                return address
        raise AssertionError(f"dask {kind} did not start")


@contextmanager
def cluster_in(folder):
    """Yield a Cluster without workers; all of its processes end with the block."""
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()
