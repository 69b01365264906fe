"""The same seal for whoever grades without root's rights: attackers of each kind, once more."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .small import FULL

ROOT = Path(__file__).parents[2]
# root in here is a user without any rights to the kernel of there
ORDINARY = [
    "bwrap",
    "--unshare-user",
    "--uid",
    "1000",
    "--gid",
    "1000",
    "--dev-bind",
    "/",
    "/",
    "--die-with-parent",
    "--",
]


@pytest.fixture(scope="module")
def came(planted):
    if os.geteuid() != 0:
        pytest.skip("whoever runs these tests is an ordinary user, in all of them")
    ran = subprocess.run(
        [*ORDINARY, sys.executable, "-m", "tests.hostile.as_ordinary_user"],
        input=planted.told, cwd=ROOT, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["user"] == 1000
    return told["came"]


@pytest.mark.slow
def test_each_earns_what_the_work_earns(came):
    assert {name: points for name, (points, _, _) in came.items()} == dict.fromkeys(came, FULL)
    assert not came["honest"][2] and not came["honest-2"][2]


@pytest.mark.slow
def test_nothing_is_reached(came, planted):
    ends = {
        "reader": "FOUND 0",
        "writer": "DONE []",
        "caller": "REACHED []",
        "signaller": "DONE []",
    }
    assert {name: end in came[name][1] for name, end in ends.items()} == dict.fromkeys(ends, True)
    assert planted.marker not in json.dumps(came)
    planted.assert_untouched()
