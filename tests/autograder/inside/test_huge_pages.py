"""Memory of many objects, put into huge pages where the kernel has them."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

_SWITCH = Path("/sys/kernel/mm/transparent_hugepage/enabled")
_GATHERS = """
import os
from autograder.inside import huge_pages

def huge():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("AnonHugePages"))

many = [[n, str(n)] for n in range(300_000)]
before = huge()
huge_pages.gather()
print(huge() - before, all(one == [n, str(n)] for n, one in enumerate(many)))
huge_pages.gather()  # a second time does no harm
"""


def _has_them():
    version = tuple(map(int, platform.release().split(".")[:2]))
    return version >= (6, 1) and _SWITCH.exists() and "[never]" not in _SWITCH.read_text()


@pytest.mark.skipif(not _has_them(), reason="the kernel puts nothing into huge pages")
def test_what_objects_lie_in_is_gathered_and_stays_as_it_was():
    done = subprocess.run(
        [sys.executable, "-c", _GATHERS], capture_output=True, text=True, check=True, timeout=60
    )
    kilobytes, whole = done.stdout.split()
    # how much depends on what lies where
    assert int(kilobytes) >= 8 * 1024 and whole == "True"
