"""What this machine can do for a class, line by line, and what to do about what it cannot."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from autograder.course_error import CourseError
from autograder.exchange_folder import examine_exchange
from autograder.inside import kernel, landlock
from autograder.seal import Limits, Sandbox, SealError, bubblewrap, mends

_PACKAGES = (
    "jupyterlab",
    "numpy",
    "matplotlib",
    "nbgrader",
    "ipywidgets",
    "anywidget",
    "jinja2",
    "rich",
)
_OLDEST_PYTHON = (3, 11)
_BYTES_A_WORKER = 2**30
_FORKS = 20


@dataclass(frozen=True)
class Line:
    """One thing looked at: its name, whether it is as it should be, what is so, what to do."""

    name: str
    fine: bool
    says: str
    mend: str = ""

    def __str__(self):
        mark = "ok " if self.fine else "!! "
        return f"{mark} {self.name:<16} {self.says}" + (f" — {self.mend}" if self.mend else "")


def examine(root="."):
    """Yield a Line for each thing that grading needs; `root` is the folder of a course."""
    yield _python()
    yield _packages()
    yield _bubblewrap()
    yield _user_namespaces()
    yield _landlock()
    yield _seccomp()
    yield from _course(root)
    yield _machine()


def _python():
    found = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= _OLDEST_PYTHON
    return Line("Python", fine, found, "" if fine else "install Python 3.11 or later")


def _packages():
    missing = []
    for name in _PACKAGES:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        names = " ".join(missing)
        return Line("packages", False, f"missing: {names}", f"pip install {names}")
    return Line("packages", True, f"all {len(_PACKAGES)} are installed")


def _bubblewrap():
    try:
        path = bubblewrap.find()
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    except SealError:
        return Line("bubblewrap", False, "not installed", bubblewrap.HOW_TO_GET_IT)
    except (OSError, subprocess.SubprocessError) as error:
        return Line("bubblewrap", False, f"does not run ({error})", mends.REINSTALL)
    return Line("bubblewrap", True, f"{said.stdout.strip()}, {path}")


def _user_namespaces():
    forbidden = mends.forbidden_by()
    if forbidden and os.geteuid() != 0 and not _makes_user_namespaces():
        return Line("user namespaces", False, "forbidden, as it seems", forbidden)
    return Line("user namespaces", True, "nothing is known to forbid them; the seal tells")


def _makes_user_namespaces():
    """Whether bubblewrap makes one all the same: a container's marks say what is usual there."""
    try:
        tried = [bubblewrap.find(), "--unshare-user", "--ro-bind", "/", "/", "true"]
        return subprocess.run(tried, capture_output=True).returncode == 0
    except (SealError, OSError):
        return False


def _landlock():
    found = landlock.abi()
    if found:
        return Line("Landlock", True, f"version {found}")
    return Line(
        "Landlock",
        False,
        "the kernel has none",
        "namespaces and seccomp hold without it; Linux 5.13 or later adds it",
    )


def _seccomp():
    try:
        kernel.prctl(kernel.PR_GET_SECCOMP)
    except OSError:
        return Line("seccomp", False, "the kernel has none", "use a kernel with CONFIG_SECCOMP")
    return Line("seccomp", True, "the kernel has it")


def _course(root):
    from autograder.course_folder import Course

    try:
        course = Course(root)
        limits = Limits.from_config(course.config)
    except CourseError as error:
        yield Line("course", False, str(error))
        yield _seal(Limits())
        return
    yield _seal(limits)
    yield _exchange(course)
    yield _gradebook(course)


def _seal(limits):
    try:
        with Sandbox(limits) as sandbox:
            times = sorted(_one_fork(sandbox) for _ in range(_FORKS))
    except SealError as error:
        return Line("seal", False, str(error))
    middle = times[_FORKS // 2] * 1000
    return Line(
        "seal", True, f"holds, as tried from inside; a notebook's own takes {middle:.0f} ms"
    )


def _one_fork(sandbox):
    start = time.perf_counter()
    with sandbox.fork() as fork:
        fork.channel.send({"op": "end"})
        with suppress(Exception):
            fork.channel.receive(time.monotonic() + 5)
    return time.perf_counter() - start


def _exchange(course):
    from nbgrader.exchange.default import Exchange

    directory = course.directory()
    folder = Exchange(config=course.config).root
    return Line("exchange", *examine_exchange(folder, course.course_id, directory.groupshared))


def _gradebook(course):
    if not course.has_gradebook():
        return Line("gradebook", True, "there is none yet; the first grading makes it")
    try:
        with course.gradebook() as book:
            count = len(book.assignments)
    except CourseError as error:
        return Line("gradebook", False, str(error))
    return Line("gradebook", True, f"readable, {count} assignment{'' if count == 1 else 's'}")


def _machine():
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    says = f"{cores} core{'' if cores == 1 else 's'}, {memory / 2**30:.0f} GB of memory"
    if memory >= cores * _BYTES_A_WORKER:
        return Line("machine", True, says)
    return Line("machine", False, says, f"grade with --workers {max(1, memory // _BYTES_A_WORKER)}")
