"""A machine set up as docs/hub.md says, below one folder: users, programs, course, exchange."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.releasing.student_bundle import build_wheel
from tests.deploy.users import COMMANDS, User, remove_left_behind, run, users

ROOT = Path(__file__).parents[2]
_SITE = Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
UNIT = "05_two_layer"
# what no server of a hub needs, and takes long to copy
LEFT_OUT = ("playwright", "pip", "torch", "*.pth", "ruff*")


@dataclass(frozen=True)
class Machine:
    """Where things are, and who is there."""

    folder: Path
    students_group: str
    grader: User
    instructor: User
    students: tuple[User, ...]

    @property
    def programs(self):
        """The programs of the students, and of the hub."""
        return self.folder / "programs" / "bin"

    @property
    def course(self):
        """The course folder, in the grader's home."""
        return self.grader.home / "backprop"

    @property
    def exchange(self):
        """The folder through which work is handed out and in."""
        return self.folder / "exchange"


def missing():
    """Return what this machine lacks for such a set-up, in words; "" for nothing."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "users of the system can be made by root on Linux alone"
    for command in COMMANDS:
        if not shutil.which(command):
            return f"there is no {command} to make users with"
    if not _interpreter():
        return f"there is no Python {_version()} that an ordinary user may start"
    return ""


def _version():
    return ".".join(map(str, sys.version_info[:2]))


def _interpreter():
    """Return a Python of our version that ordinary users may start, or None."""
    ask = "import sys, venv; print(*sys.version_info[:2], sep='.')"
    own = Path(sys._base_executable).resolve()
    for candidate in (own, "/usr/bin/python3", "/usr/local/bin/python3"):
        if _as_nobody(candidate, "-c", ask) == f"{_version()}\n":
            return candidate
    return None


def _as_nobody(*command):
    """Run a command as a user who owns nothing; return its output, or None where it failed."""
    nobody = pwd.getpwnam("nobody")
    rights = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        return run(*command, cwd="/", **rights).stdout
    except (OSError, subprocess.SubprocessError):
        return None


@contextmanager
def machine():
    """A Machine with a grader, an instructor and two students, removed again at the end."""
    places = Path("/tmp")
    remove_left_behind(places.glob("hub-*"))
    # where everybody may pass, unlike in pytest's own
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir=places))
    folder.chmod(0o755)
    students = ["ana", "ben"]
    with users(folder, ["grader", "meyer", *students], "students", students) as (group, made):
        whole = Machine(folder, group, *made[:2], tuple(made[2:]))
        _set_up(whole)
        yield whole


def _set_up(machine):
    installed = _installed(machine.folder / "installed")
    site = _environment(machine.folder / "programs", installed)
    with zipfile.ZipFile(build_wheel(ROOT, machine.folder)) as wheel:
        wheel.extractall(site)
    shutil.copytree(ROOT / "deploy", machine.folder / "deploy")
    (machine.folder / "state").mkdir(mode=0o700)
    _course_folder(machine, installed)
    machine.exchange.mkdir()
    machine.exchange.chmod(0o1777)
    (machine.exchange / "backprop").mkdir(mode=0o755)
    shutil.chown(machine.exchange / "backprop", machine.grader.name, machine.grader.name)


def _installed(copy):
    """Return the folder of an environment with all packages that everybody may read.

    It is the one that runs the tests, or a copy where that is in a closed folder.
    """
    if _as_nobody("test", "-r", Path(sys.prefix, _SITE, "jupyterhub", "app.py")) is not None:
        return Path(sys.prefix)
    for part in ("share", "etc", "bin", _SITE):
        shutil.copytree(
            Path(sys.prefix, part), copy / part, symlinks=True, copy_function=_link,
            ignore=shutil.ignore_patterns(*LEFT_OUT),
        )  # fmt: skip
    return copy


def _link(source, target):
    """Copy a file by a hard link where that can be, as it can within one file system."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _environment(folder, installed, *more):
    """Make an environment that finds what is installed, and more folders; return its packages'.

    In place of an installation, which would take as long as all of the tests. Files that say
    what else to import, as that of this project does, are not read there.
    """
    run(_interpreter(), "-m", "venv", "--without-pip", folder)
    (folder / _SITE / "packages.pth").write_text(
        "".join(f"{path}\n" for path in (installed / _SITE, *more))
    )
    for name in ("share", "etc"):
        (folder / name).symlink_to(installed / name)
    for script in (installed / "bin").iterdir():
        if script.is_file() and script.name != "autograder":
            _install(script, folder)
    return folder / _SITE


def _install(script, environment, name=None):
    """Put a script into an environment, as pip does; what is none is passed over."""
    first, _, rest = script.read_bytes().partition(b"\n")
    if first.startswith(b"#!") and b"python" in first:
        target = environment / "bin" / (name or script.name)
        target.write_bytes(f"#!{environment / 'bin' / 'python'}\n".encode() + rest)
        target.chmod(0o755)


def _course_folder(machine, installed):
    course = machine.course
    course.mkdir(mode=0o700)
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("autograder", "course", f"source/{UNIT}", f"release/{UNIT}"):
        shutil.copytree(ROOT / name, course / name, ignore=ignore)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copy(ROOT / "deploy" / "course" / "nbgrader_here.py", course)
    _environment(course / ".venv", installed, course)
    _install(ROOT / "autograder" / "command", course / ".venv", "autograder")
    run("chown", "--recursive", "--no-dereference", f"{machine.grader.name}:", course)
