"""What concerns all tests."""

import gc
import shutil
import signal
from pathlib import Path

import pytest

from autograder.run.quick_imports import quick_imports

with quick_imports():
    import nbgrader.api  # noqa: F401

# until all tests are collected, see below
gc.disable()


def pytest_addoption(parser):
    parser.addoption(
        "--all-mutants",
        action="store_true",
        help="try every mechanical mutant, pair of mistakes, rewriting and damaged file: no sample",
    )
    parser.addoption(
        "--write-figures",
        action="store_true",
        help="write what the proof measures into docs/proof.md and README.md before comparing",
    )
    parser.addoption(
        "--kills", type=int, default=3, metavar="N",
        help="how often a sealed grading is killed in tests/autograder/run/test_killed.py",
    )  # fmt: skip


def pytest_sessionstart():
    """Hear Ctrl-C, as does what tests start: a shell's background jobs inherit deafness to it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path, config):
    """Leave out files that have no test of the markers asked for: to import all takes seconds."""
    from tests.sharing import may_hold, required

    if collection_path.match("test_*.py") and not may_hold(
        collection_path, required(config.option.markexpr)
    ):
        return True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Begin with what takes longest; mark as `more` what test-quick leaves out of a family."""
    from tests.sharing import beyond_a_few, rank

    items.sort(key=lambda item: rank(item.nodeid))
    for item in beyond_a_few(items):
        item.add_marker(pytest.mark.more)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Deal tests out to processes as tests/sharing.py says."""
    from tests.sharing import Sharing

    return Sharing(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_finish():
    """Leave the thousands of tests, which stay to the end, out of every garbage collection."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def same_cases_everywhere():
    """Draw the cases of `grade` as in one folder, in whichever the clone lies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.grading._FOLDER", Path("/course/autograded/ana/unit"))
        yield


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium, as playwright's Browser; skips where none is found on PATH."""
    from tests.browser.conftest import BROWSERS, running_browser

    if not any(map(shutil.which, BROWSERS)):
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is on PATH")
    with running_browser() as browser:
        yield browser
