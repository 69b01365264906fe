"""The exchange as `autograder doctor` finds it: made if missing, and what is amiss is told."""

import os
import pickle
import pwd
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.exchange_folder import OPEN, examine_exchange, make_exchange

NOBODY = pwd.getpwnam("nobody")


@pytest.fixture
def folder():
    """Where an exchange is to be, in a folder that everybody reaches."""
    with tempfile.TemporaryDirectory() as reached:
        os.chmod(reached, 0o755)
        yield Path(reached, "exchange")


def mode_of(path):
    return path.stat().st_mode & 0o7777


def seen_by_nobody(folder):
    """Return what an ordinary user sees of an exchange: root may write everywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY.pw_gid)
            os.setuid(NOBODY.pw_uid)
        os.write(writing, pickle.dumps(tuple(examine_exchange(folder, "backprop"))))
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with open(reading, "rb") as answer:
        return pickle.loads(answer.read())


def test_it_is_made_where_there_is_none_open_to_all_whatever_the_umask(folder):
    before = os.umask(0o077)
    try:
        seen = examine_exchange(folder, "backprop")
    finally:
        os.umask(before)
    assert (seen.fine, seen.mend) == (True, "")
    assert seen.says == f"{folder} was made, and can be written by all"
    assert mode_of(folder) == OPEN
    assert examine_exchange(folder, "backprop").says == f"{folder} can be written by all"


def test_what_is_there_is_never_made_again(folder):
    folder.mkdir(mode=0o700)
    assert make_exchange(folder) is False
    assert mode_of(folder) == 0o700


def test_one_that_others_do_not_reach_is_said_to_be_yours_alone(folder):
    folder.parent.chmod(0o700)
    seen = examine_exchange(folder, "backprop")
    assert seen.fine
    assert f"by your account alone: {folder.parent} is closed to others" in seen.says
    assert "c.Exchange.root" in seen.mend


@pytest.mark.parametrize(
    ("mode", "says"),
    [(0o755, "nobody fetch or submit who cannot write"), (0o777, "in your course's place")],
)
def test_a_mode_that_is_no_exchanges_is_told_with_the_command_that_mends_it(folder, mode, says):
    folder.mkdir()
    folder.chmod(mode)
    seen = examine_exchange(folder, "backprop")
    assert not seen.fine
    assert says in seen.says
    assert seen.mend == f"`chmod 1777 {folder}`"
    # the mend in words is left to persons
    assert mode_of(folder) == mode
    folder.chmod(0o1777)
    assert examine_exchange(folder, "backprop").fine


def test_modes_are_a_groups_own_affair(folder):
    folder.mkdir()
    folder.chmod(0o2770)
    assert examine_exchange(folder, "backprop", groupshared=True).fine


def test_one_that_cannot_be_made_is_told(folder):
    folder.parent.chmod(0o555)
    fine, says, mend = seen_by_nobody(folder)
    assert not fine
    assert says.startswith(f"{folder} is not there, or out of your reach, and cannot be made")
    assert f"sudo install -d -m 1777 {folder}" in mend
    assert not folder.exists()


def test_one_that_cannot_be_written_is_told_whose_it_is(folder):
    folder.mkdir()
    folder.chmod(0o555)
    fine, says, mend = seen_by_nobody(folder)
    assert not fine
    owner = pwd.getpwuid(os.geteuid()).pw_name
    assert says == f"{folder} is {owner}'s, mode 0555, and cannot be written by you"
    assert "sudo chmod 1777" in mend and "c.Exchange.root" in mend


def test_a_disk_that_is_read_only_is_told(folder, monkeypatch):
    make_exchange(folder)
    read_only = SimpleNamespace(f_flag=os.ST_RDONLY)
    monkeypatch.setattr("autograder.exchange_folder.os.statvfs", lambda _: read_only)
    seen = examine_exchange(folder, "backprop")
    assert (seen.fine, seen.says) == (False, f"{folder} lies on a disk that is read-only")


def test_a_file_in_its_place_is_left_alone(folder):
    folder.write_text("somebody's")
    seen = examine_exchange(folder, "backprop")
    assert (seen.fine, seen.says) == (False, f"{folder} is no folder")
    assert folder.read_text() == "somebody's"


def test_a_link_of_your_own_is_followed_and_a_broken_one_told(folder):
    target = folder.parent / "large disk"
    folder.symlink_to(target)
    seen = examine_exchange(folder, "backprop")
    assert not seen.fine
    assert f"is a link to {target}, which is not there" in seen.says
    target.mkdir()
    target.chmod(OPEN)
    assert examine_exchange(folder, "backprop").fine


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another's link")
def test_anothers_link_is_not_trusted(folder):
    target = folder.parent / "elsewhere"
    target.mkdir(mode=OPEN)
    folder.symlink_to(target)
    os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid, follow_symlinks=False)
    seen = examine_exchange(folder, "backprop")
    assert not seen.fine
    assert "a link that nobody made" in seen.says


@pytest.mark.parametrize(
    ("name", "mode", "says"),
    [
        ("inbound", 0o755, "students cannot submit"),
        ("inbound", 0o2777, "students can list or change what is not theirs"),
        ("outbound", 0o700, "students cannot fetch what was released"),
        ("feedback", 0o700, "students cannot fetch their feedback"),
        ("feedback", 0o755, "students can list"),
        (".", 0o750, "students cannot reach the course"),
    ],
)
def test_a_courses_folders_are_as_nbgrader_makes_them(folder, name, mode, says):
    make_exchange(folder)
    modes = {".": 0o755, "outbound": 0o755, "inbound": 0o2733, "feedback": 0o711}
    for each, right in modes.items():
        (folder / "backprop" / each).mkdir(exist_ok=True, parents=True)
        (folder / "backprop" / each).chmod(right)
    assert examine_exchange(folder, "backprop").fine
    path = folder / "backprop" / name
    path.chmod(mode)
    seen = examine_exchange(folder, "backprop")
    assert not seen.fine
    assert says in seen.says
    # what is to be typed mends it
    path.chmod(int(seen.mend.split()[1], 8))
    assert examine_exchange(folder, "backprop").fine


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_courses_folder_of_another_user_is_told(folder):
    make_exchange(folder)
    (folder / "backprop").mkdir()
    os.chown(folder / "backprop", NOBODY.pw_uid, NOBODY.pw_gid)
    seen = examine_exchange(folder, "backprop")
    assert not seen.fine
    assert "is nobody's" in seen.says and "folders of your own" in seen.says
    assert "release as nobody" in seen.mend
