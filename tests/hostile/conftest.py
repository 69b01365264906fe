"""What attackers would like to reach, and honest students who are graded beside them."""

import os

import pytest

from autograder.seal import bubblewrap

from . import small
from .planted import plant


@pytest.fixture(scope="session", autouse=True)
def bubblewrap_is_here():
    """Fail, not skip, where nothing can be sealed; the message says how to get it."""
    if os.environ.get("BACKPROP_NO_SEAL") == "1":
        pytest.skip("BACKPROP_NO_SEAL=1: nothing is sealed here")
    bubblewrap.find()


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    """Files with a marker in them and sockets that listen; afterwards all is as it was."""
    with plant(tmp_path_factory.mktemp("host")) as planted:
        yield planted
        planted.assert_untouched()


@pytest.fixture
def attack(planted):
    """A function that grades an attacker between two honest students, and holds what must hold.

    It takes what `small.grade` takes, and returns what came of the attacker.
    """

    def attack(**parts):
        before = small.grade(student="honest-1")
        came = small.grade(**parts)
        after = small.grade(student="honest-2")
        for honest in (before, after):
            assert honest.points == small.FULL
            assert not honest.trouble
            assert planted.attacker not in honest.text
        assert planted.marker not in came.shown + came.trouble
        planted.assert_untouched()
        return came

    return attack
