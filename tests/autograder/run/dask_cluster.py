"""A Dask cluster on this machine: a scheduler, and workers that share no folder with a course.

Its certificates are made by the lines that docs/cluster.md shows.
"""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from itertools import count

import yaml

from tests.docs.pages import blocks

from .standin import ROOT

PAGE = ROOT / "docs" / "cluster.md"


def encrypted_home(folder):
    """Make a home folder in which Dask finds a certificate of its own; return it."""
    folder.mkdir()
    (lines,) = (block.text for block in blocks(PAGE) if "openssl" in block.text)
    made = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    subprocess.run(["sh", "-ec", lines], env=made, check=True, capture_output=True)
    return folder


@contextmanager
def configured_by(home, **more):
    """Let Dask be configured in this process as the file in a home says, if there is one.

    more : what is otherwise, by its names in distributed.comm.
    """
    import dask
    import distributed

    file = home / ".config/dask/grading.yaml"
    written = yaml.safe_load(file.read_text()) if file.exists() else {}
    otherwise = {f"distributed.comm.{name}": value for name, value in more.items()}
    as_read = dask.config.merge(distributed.config, written)
    with dask.config.set(as_read), dask.config.set(otherwise):
        yield


class Cluster:
    """A scheduler and its workers, each a process in a folder and with a home of its own.

    folder : where they are. home : one for all of them, which may hold Dask's configuration; by
    default each has its own. Attributes: address, the scheduler's; processes, by address. The
    folder of a process is called scheduler-0, worker-1 and so on, in the order of their starts.
    """

    def __init__(self, folder, home=None):
        self.folder, self.home, self.processes = folder, home, {}
        self._numbers = count()
        self.address = self._start(
            "scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard",
            until=r"Scheduler at: +\S+",
        )  # fmt: skip

    def add_worker(self, code=ROOT, path=None, hidden=None):
        """Start a worker with one thread and return its address.

        code : the folder of the project that it runs. path : its PATH, maybe one without bwrap.
        hidden : a folder that it does not see, as on a machine that shares no disk.
        """
        hides = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--tmpfs", hidden]
        return self._start(
            "worker", self.address, "--nthreads=1", "--no-nanny", "--no-dashboard",
            until=r"Registered to: +\S+", path=path, code=code,
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
        home = self.home or here
        process = subprocess.Popen(
            [*map(str, around), sys.executable, "-m", "dask", kind, *arguments],
            cwd=here, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={"PATH": path or os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(code)},
        )  # fmt: skip
        address = ""
        for line in process.stdout:
            address = address or "".join(re.findall(r"(?:Start worker|Scheduler) at: +(\S+)", line))
            if re.search(until, line):
                self.processes[address] = process
                return address
        raise AssertionError(f"dask {kind} did not start")


@contextmanager
def cluster_in(folder, home=None):
    """Yield a Cluster without workers; all of its processes end with the block."""
    folder.mkdir()
    cluster = Cluster(folder, home)
    try:
        yield cluster
    finally:
        cluster.close()
