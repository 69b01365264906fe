"""What concerns all tests."""

import gc
import shutil

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--all-mutants",
        action="store_true",
        help="try every mechanical mutant, not a fixed sample of each task's",
    )
    parser.addoption(
        "--write-figures",
        action="store_true",
        help="write what the proof measures into docs/proof.md and README.md before comparing",
    )
    parser.addoption(
        "--kills", type=int, default=5, metavar="N",
        help="how often a sealed grading is killed in tests/autograder/run/test_killed.py",
    )  # fmt: skip


def pytest_collection_finish():
    """Leave the thousands of tests, which stay to the end, out of every garbage collection."""
    gc.freeze()


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium, as playwright's Browser; skips where none is found on PATH."""
    from tests.browser.conftest import BROWSERS, running_browser

    if not any(map(shutil.which, BROWSERS)):
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on PATH")
    with running_browser() as browser:
        yield browser
