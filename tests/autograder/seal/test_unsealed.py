"""Without the seal: the same forks and protocol, limits and nothing else."""

import time
from dataclasses import replace

import pytest

from autograder.seal import Limits, Sandbox
from tests.autograder.seal.conftest import ENTRY, ENTRY_FOLDER, Tried

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unsealed():
    with Sandbox(Limits(), sealed=False, entry=ENTRY, entry_folder=ENTRY_FOLDER) as sandbox:
        yield sandbox


def test_it_runs_and_each_fork_has_a_folder_of_its_own(unsealed):
    code = "import os; open('a', 'w'); result = [os.getcwd(), os.listdir()]"
    folders = set()
    for _ in range(2):
        with unsealed.fork() as fork:
            folder, listed = Tried(fork)(code)["result"]
        assert listed == ["a"]
        folders.add(folder)
    assert len(folders) == 2
    assert not any(map(_exists, folders))


def _exists(folder):
    from pathlib import Path

    return Path(folder).exists()


def test_limits_hold(unsealed):
    with unsealed.fork(replace(Limits(), cpu_seconds=1)) as fork:
        assert "processor time" in Tried(fork)("while True: pass")["died"]
    with unsealed.fork(replace(Limits(), memory_bytes=2**28)) as fork:
        said = Tried(fork)("held = []\nwhile True: held.append(bytearray(2**22))")
        assert said["raised"] == "MemoryError"


def test_what_it_started_dies_with_it(unsealed):
    with unsealed.fork() as fork:
        code = "import subprocess; result = subprocess.Popen(['sleep', '600']).pid"
        pid = Tried(fork)(code)["result"]
    time.sleep(0.2)
    assert not _exists(f"/proc/{pid}/cwd")
