"""A clone of the project, in which an author adds something: what is there, and safe writing."""

import ast
import subprocess
import sys
from difflib import get_close_matches
from pathlib import Path
from string import Template

from autograder.course_error import CourseError

TEMPLATES = Path(__file__).with_name("templates")
UNITS = "course/tasks/__init__.py"


class Clone:
    """The files of a clone of the project, read and written by their names in it.

    Nothing is written before `write`: what cannot be added whole is not added at all.
    Raises CourseError where the folder is no clone of the project.
    """

    def __init__(self, root):
        self.root = Path(root).resolve()
        self._changed = {}
        if not (self.root / UNITS).is_file() or not (self.root / "tests" / "proof").is_dir():
            raise CourseError(
                f"Got the folder {self.root}, but it is no clone of the project: start in the "
                "folder that holds course/ and tests/, or name it with --course-root."
            )

    def units(self):
        """Return unit -> folder of its notebook, as the course lists them."""
        for node in ast.parse(self.read(UNITS)).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "UNITS":
                return ast.literal_eval(node.value)
        raise CourseError(f"{self.root / UNITS} assigns no UNITS: take it anew from the project.")

    def folder_of(self, unit):
        """Return the notebook's folder of a unit; raises CourseError, naming the nearest."""
        units = self.units()
        if unit not in units:
            near = get_close_matches(unit, units, n=1, cutoff=0)
            raise CourseError(
                f"Got the unit {unit!r}, but the course has none of that name; the nearest is "
                f"{near[0]!r}, and `autograder new-unit` makes a new one."
            )
        return units[unit]

    def notebook_of(self, unit):
        """Return the name of the file of a unit's notebook in source/."""
        folder = self.folder_of(unit)
        there = (self.root / "source" / folder).glob("*.ipynb")
        found = {path.relative_to(self.root).as_posix() for path in there}
        found |= {name for name in self._changed if name.startswith(f"source/{folder}/")}
        if len(found) != 1:
            raise CourseError(
                f"Got the unit {unit!r}, but source/{folder} holds {len(found)} notebooks: one is "
                "needed, to put the cells into."
            )
        return found.pop()

    def read(self, name):
        """Return the text of a file, with what is to be changed in it."""
        if name in self._changed:
            return self._changed[name]
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except OSError as error:
            raise CourseError(f"{self.root / name} cannot be read ({error.strerror}).") from error

    def add(self, name, text):
        """Prepare a new file; raises CourseError where there is one already."""
        if (self.root / name).exists() or name in self._changed:
            raise CourseError(f"Got {name}, but there is one already: choose another name.")
        self._changed[name] = text

    def change(self, name, text):
        """Prepare another text of a file."""
        self._changed[name] = text

    def add_line(self, name, line):
        """Prepare a line more in a sorted list of lines."""
        lines = {*self.read(name).splitlines(), line}
        self.change(name, "\n".join(sorted(lines)) + "\n")

    def write(self):
        """Write what was prepared, Python files in the project's format; return their names."""
        for name, text in self._changed.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")
        python = [name for name in self._changed if name.endswith(".py")]
        # where ruff is not installed, the files are right all the same
        for how in (("check", "--select", "I", "--fix"), ("format",)):
            command = [sys.executable, "-m", "ruff", *how, "--quiet", "--no-cache", *python]
            subprocess.run(command, cwd=self.root, capture_output=True, check=False)
        return sorted(self._changed)


def filled(template, **words):
    """Return the text of a template with its words filled in."""
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(words)
