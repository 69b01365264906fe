"""Users of the system, made for the tests and removed again, with all that they left running."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

COMMANDS = ("useradd", "userdel", "usermod", "groupadd", "groupdel", "gpasswd", "chpasswd")


@dataclass(frozen=True)
class User:
    """A user of the system, made for the tests."""

    name: str
    password: str
    home: Path

    @property
    def uid(self):
        """The number of the user."""
        return pwd.getpwnam(self.name).pw_uid

    def start(self, *command):
        """Start a command with this user's rights; return the Popen, with pipes for its output."""
        entry = pwd.getpwnam(self.name)
        return subprocess.Popen(
            list(map(str, command)), user=entry.pw_uid, group=entry.pw_gid,
            extra_groups=os.getgrouplist(self.name, entry.pw_gid), cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.home)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *command):
        """Run a command with this user's rights; return (exit code, output, errors)."""
        with self.start(*command) as process:
            said, errors = process.communicate(timeout=60)
        return process.returncode, said, errors


@contextmanager
def users(folder, names, group, members):
    """Users of these names with closed homes below a folder; `members` are in a group of theirs.

    Each name, and the group's, gets an ending that no other has. Yields (the group's name,
    list of User).
    """
    ending = f"-{secrets.token_hex(3)}"
    made = []
    (folder / "home").mkdir(parents=True)
    # so that a later run may remove them, should this one be killed
    (folder / "made").write_text("\n".join([str(os.getpid()), group + ending]))
    try:
        run("groupadd", group + ending)
        for name in names:
            made.append(_add(name + ending, folder / "home" / name))
            if name in members:
                run("usermod", "--append", "--groups", group + ending, name + ending)
        yield group + ending, made
    finally:
        remove(folder)


def remove(folder):
    """Remove the users that have their homes below a folder, their group, and the folder."""
    for entry in pwd.getpwall():
        if Path(entry.pw_dir).is_relative_to(folder):
            _end_processes_of(entry.pw_uid)
            run("userdel", entry.pw_name)
    with suppress(subprocess.CalledProcessError):
        run("groupdel", (folder / "made").read_text().split()[1])
    shutil.rmtree(folder)


def remove_left_behind(folders):
    """Remove what runs of the tests that were killed have left in these folders."""
    for folder in folders:
        with suppress(OSError, ValueError):
            maker = int((folder / "made").read_text().split()[0])
            # in a folder of anybody else's the file may say anything
            if folder.stat().st_uid == os.geteuid() and not Path("/proc", str(maker)).exists():
                remove(folder)


def run(*command, **settings):
    """Run a command that must succeed; return the CompletedProcess, output as text."""
    settings = {"check": True, "capture_output": True, "text": True, **settings}
    return subprocess.run(list(map(str, command)), **settings)


def _add(name, home):
    password = secrets.token_urlsafe(12)
    run(
        "useradd", "--create-home", "--home-dir", home, "--key", "HOME_MODE=0700",
        "--shell", "/bin/bash", name,
    )  # fmt: skip
    run("chpasswd", input=f"{name}:{password}\n")
    return User(name, password, home)


def _end_processes_of(uid):
    for _ in range(50):
        running = [int(pid) for pid in processes(uid)]
        if not running:
            return
        for pid in running:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def processes(uid):
    """Return the numbers, as text, of a user's processes that have not ended."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if entry.stat().st_uid == uid and state != "Z":
                found.append(entry.name)
    return found
