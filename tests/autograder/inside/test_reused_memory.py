"""Arrays that come and go in one process lie in the same memory, whatever their size."""

import subprocess
import sys

import pytest

FAULTS = """
import resource
import numpy as np
from autograder.inside.reused_memory import reuse_memory

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        # so many at a time that by itself the C library would not keep them all
        [np.ones(100_000) for _ in range(5)]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

{first}
faults()
print(faults())
"""
PAGES = 5 * 100_000 * 8 // 4096


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's settings are tried")
@pytest.mark.parametrize(("first", "again"), [("reuse_memory()", True), ("", False)])
def test_arrays_that_come_and_go_cost_no_fault_a_page(first, again):
    command = [sys.executable, "-c", FAULTS.format(first=first)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (int(done.stdout) < PAGES) == again
