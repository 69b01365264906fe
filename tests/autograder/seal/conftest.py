"""A sandbox whose forks run text that the tests send them."""

import os
import textwrap
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from autograder.inside.wire import ClosedError, WireError
from autograder.seal import Limits, Sandbox, bubblewrap

ENTRY = "tried:main"
ENTRY_FOLDER = Path(__file__).with_name("entry")


@pytest.fixture(scope="session", autouse=True)
def bubblewrap_is_here():
    """Fail, not skip, where nothing can be sealed; the message says how to get it."""
    if os.environ.get("BACKPROP_NO_SEAL") == "1":
        pytest.skip("BACKPROP_NO_SEAL=1: nothing is sealed here")
    bubblewrap.find()


@pytest.fixture(scope="session")
def sandbox(bubblewrap_is_here):
    """One sandbox for all tests that do not break it."""
    with Sandbox(Limits(), entry=ENTRY, entry_folder=ENTRY_FOLDER) as sandbox:
        yield sandbox


class Tried:
    """A fork that runs text."""

    def __init__(self, fork):
        self.fork = fork

    def start(self, code):
        """Send it text, and do not wait."""
        self.fork.channel.send(textwrap.dedent(code))

    def finish(self, seconds=20):
        """Return {"result": …} or {"raised": …, "said": …}, or {"died": why} if it died of it."""
        try:
            return self.fork.channel.receive(time.monotonic() + seconds)
        except WireError:
            return {"died": self.fork.died}

    def __call__(self, code, seconds=20):
        # one that is gone already says so when it is asked for the rest
        with suppress(ClosedError):
            self.start(code)
        return self.finish(seconds)


@pytest.fixture
def forked(sandbox):
    """A context manager: a fresh fork, under limits that the test names."""

    @contextmanager
    def forked(limits=None):
        with sandbox.fork(limits) as fork:
            yield Tried(fork)

    return forked


@pytest.fixture
def run(forked):
    """Run text in a fork of its own; see Tried.finish for what comes back."""

    def run(code, limits=None, seconds=20):
        with forked(limits) as tried:
            return tried(code, seconds)

    return run
