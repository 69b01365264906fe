"""The site, made once."""

import subprocess
import sys

import pytest

from tests.docs.pages import ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, made as `make docs` makes it."""
    place = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-E", "-n", "-W", "--keep-going", "--quiet"),
            *("-d", place / "doctrees", ROOT / "docs", place / "site"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return place / "site"
