"""The lines of docs/cluster.md for a batch system: two jobs, not 128, and an `sbatch` of ours.

They speak TLS, since the page says that they do where Dask's configuration has certificates.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from autograder.run import cluster as module
from autograder.run.cluster import open_cluster
from autograder.seal.limits import Limits
from tests.docs.pages import blocks

from .dask_cluster import PAGE, configured_by, encrypted_home
from .standin import ROOT

pytestmark = pytest.mark.slow
COMMANDS = Path(__file__).with_name("batch_system")


@dataclass(frozen=True)
class Begun:
    """The page's lines while they run: their process, the scheduler's address, and a home.

    jobs : a folder with the script of each job, NUMBER.sh.
    """

    process: subprocess.Popen
    address: str
    home: Path
    jobs: Path

    def numbers(self):
        return {path.stem for path in self.jobs.glob("*.sh")}


@pytest.fixture
def begun(tmp_path):
    (lines,) = (block.text for block in blocks(PAGE) if block.kind == "python")
    assert lines.count("_jobs=128") == 2
    home = encrypted_home(tmp_path / "home")
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    environment = {
        "PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "JOBS": str(jobs),
        "PYTHONPATH": str(ROOT),
        "DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT": "1s",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", lines.replace("=128", "=2")],
        cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    address = process.stdout.readline().strip()
    begun = Begun(process, address, home, jobs)
    yield begun
    process.kill()
    process.communicate()
    for number in begun.numbers():
        subprocess.run([COMMANDS / "scancel", number], stderr=subprocess.DEVNULL)


def wait_until(holds, seconds=120):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def runs(number):
    """Return whether a job is at work; what is dead may not have been buried."""
    try:
        return psutil.Process(int(number)).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_pages_lines_start_workers_that_can_grade_and_replace_a_lost_job(begun, monkeypatch):
    assert begun.address.startswith("tls://")
    monkeypatch.setattr(module, "LOOK", 0.2)
    with (
        configured_by(begun.home),
        open_cluster(begun.address, Limits(), sealed=True) as executor,
    ):
        wait_until(lambda: executor.workers == 2)
        first = begun.numbers()
        assert len(first) == 2
        script = (begun.jobs / f"{min(first)}.sh").read_text()
        for said in ("-t 01:00:00", "--cpus-per-task=1", "--mem=3G"):
            assert f"\n#SBATCH {said}\n" in script
        assert f"\n{sys.executable} -m distributed.cli.dask_worker tls://" in script
        assert " --nthreads 1 " in script and "--nworkers" not in script
        subprocess.run([COMMANDS / "scancel", min(first)], check=True)
        wait_until(lambda: len(begun.numbers()) == 3)
        (third,) = begun.numbers() - first
        assert runs(third)
        wait_until(lambda: executor.workers == 2)
    begun.process.communicate("\n", timeout=60)
    assert begun.process.returncode == 0
    assert not [number for number in begun.numbers() if runs(number)]
