"""A student's machine: the bundle unpacked, a fresh environment, its wheel installed by pip.

What the wheel requires is taken from this environment, distribution by distribution and nothing
beside, in place of the minute that a download takes; `pip check` says whether that is all.
"""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from autograder.seal.bubblewrap import find

ROOT = Path(__file__).parents[2]


class StudentsMachine:
    """A folder with the bundle in it, and an environment made as its README says.

    folder : the bundle's own folder, in which a student works; python : the environment's.
    """

    def __init__(self, archive, place):
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(place)
        (self.folder,) = Path(place).iterdir()
        self.python = self.folder / ".venv" / "bin" / "python"
        run([sys.executable, "-m", "venv", "--without-pip", self.folder / ".venv"])
        (wheel,) = self.folder.glob("*.whl")
        self.pip("install", "--quiet", "--no-index", "--no-deps", wheel)
        for name in sorted(required("backprop-course")):
            link(distribution(name), self.folder / ".venv")
        self.pip("check")

    def pip(self, *arguments):
        """Run this environment's pip on the student's."""
        run([sys.executable, "-m", "pip", "--python", self.python, *arguments])

    def command(self, *arguments):
        """Return the command line that runs the student's Python, cut off.

        Without a network, with a home of its own, and with nothing to be seen of the project
        but the packages that the environment links to.
        """
        home = self.folder.parent / "home"
        home.mkdir(exist_ok=True)
        settings = {"HOME": home, "TMPDIR": home, "PATH": os.defpath, "LANG": "C.UTF-8"}
        return [
            *(find(), "--die-with-parent", "--unshare-net", "--dev-bind", "/", "/"),
            *("--tmpfs", ROOT, "--ro-bind", sys.prefix, sys.prefix, "--bind", self.folder.parent),
            *(self.folder.parent, "--chdir", self.folder, "--clearenv"),
            *(word for name, value in settings.items() for word in ("--setenv", name, value)),
            *(self.python, *arguments),
        ]


def run(command):
    """Run a command; raise AssertionError with what it said where it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr


def required(name):
    """Return the names of all distributions that one needs, directly and indirectly."""
    found, waiting = set(), [(name, "")]
    while waiting:
        name, extra = waiting.pop()
        for line in distribution(name).requires or ():
            needed = Requirement(line)
            if needed.marker and not needed.marker.evaluate({"extra": extra}):
                continue
            for each in ("", *needed.extras):
                if (needed.name, each) not in found:
                    found.add((needed.name, each))
                    waiting.append((needed.name, each))
    return {name for name, _ in found}


def link(installed, environment):
    """Link a distribution's files into another environment, in their places there."""
    here = Path(installed.locate_file(""))
    (there,) = environment.glob("lib/python*/site-packages")
    for file in installed.files:
        if file.parts[0] != "..":
            # a package by its folder, not file by file
            source, target = here / file.parts[0], there / file.parts[0]
        elif "share" in file.parts or "etc" in file.parts:
            source = Path(os.path.normpath(here / file))
            target = environment / source.relative_to(Path(sys.prefix))
        else:
            continue
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
