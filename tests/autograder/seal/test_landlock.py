"""Landlock alone, in a process that nothing else keeps in."""

import json
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.inside import landlock

ROOT = Path(__file__).parents[3]
TRIES = """
    import json, os, socket, sys
    sys.path.insert(0, {root!r})
    from autograder.inside import kernel, landlock
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict({version}, {work!r})
    def succeeds(attempt):
        try:
            attempt()
        except OSError:
            return False
        return True
    def connect(family, address):
        with socket.socket(family) as client:
            client.connect(address)
    tried = dict(
        read=lambda: open({outside!r}).read(),
        write=lambda: open({outside!r}, "a"),
        truncate=lambda: os.truncate({outside!r}, 0),
        remove=lambda: os.unlink({outside!r}),
        work=lambda: open({work!r} + "/a", "w").write("x"),
        null=lambda: open(os.devnull, "w"),
        port=lambda: connect(socket.AF_INET, ("127.0.0.1", {port})),
        abstract=lambda: connect(socket.AF_UNIX, "\\0" + {abstract!r}),
        signal=lambda: os.kill(os.getppid(), 0),
    )
    print(json.dumps({{name: succeeds(attempt) for name, attempt in tried.items()}}))
"""


@pytest.fixture
def tried(tmp_path):
    """Restrict a fresh process by a version of Landlock, and tell what it could do then."""
    if not landlock.abi():
        pytest.skip("this kernel has no Landlock")
    work, outside = tmp_path / "work", tmp_path / "outside"
    work.mkdir()
    outside.write_text("kept")
    abstract = f"landlock-{tmp_path.name}-{id(tmp_path)}"
    with socket.socket() as port, socket.socket(socket.AF_UNIX) as named:
        port.bind(("127.0.0.1", 0))
        named.bind("\0" + abstract)
        port.listen()
        named.listen()

        def tried(version):
            code = TRIES.format(
                root=str(ROOT),
                version=version,
                work=str(work),
                outside=str(outside),
                port=port.getsockname()[1],
                abstract=abstract,
            )
            ran = subprocess.run(
                [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True
            )
            assert ran.returncode == 0, ran.stderr
            return json.loads(ran.stdout)

        yield tried


def test_without_it_everything_could_be_done(tried):
    could = tried(0)
    assert could.pop("remove")
    assert all(could.values())


def test_files_are_held_from_the_first_version_on(tried):
    could = tried(1)
    assert could["read"] and could["work"] and could["null"]
    assert not (could["write"] or could["remove"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("version", "what"), [(3, "truncate"), (4, "port"), (6, "abstract"), (6, "signal")]
)
def test_later_versions_hold_more(tried, version, what):
    if landlock.abi() < version:
        pytest.skip(f"this kernel speaks version {landlock.abi()}")
    assert tried(version - 1)[what]
    assert not tried(version)[what]
    assert not tried(landlock.abi())[what]


def test_programs_cannot_be_started(tmp_path):
    if not landlock.abi():
        pytest.skip("this kernel has no Landlock")
    code = f"""
        import os, sys
        sys.path.insert(0, {str(ROOT)!r})
        from autograder.inside import kernel, landlock
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict(landlock.abi(), {str(tmp_path)!r})
        os.execv("/bin/sh", ["sh", "-c", "echo ran"])
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True
    )
    assert "PermissionError" in ran.stderr
    assert "ran" not in ran.stdout
