"""A course as nbgrader sees it: a root folder, its configuration, its gradebook."""

import os
import sys
import sysconfig
import warnings
from contextlib import contextmanager
from copy import deepcopy
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DatabaseError, SAWarning
from traitlets.config.loader import PyFileConfigLoader

from autograder.course_error import CourseError
from autograder.gradebook.database import open_engine, refuse_strange, shown

CONFIG = "nbgrader_config.py"

KEPT_CONFIG = "nbgrader_config.json"
"""What nbgrader's own commands read even where the other file cannot be read: they go on then,
without it, and would grade without the sandbox. This has them refuse."""


class Course:
    """The course in a folder: where its files are, its configuration, its gradebook.

    root : the folder that holds nbgrader_config.py; no other configuration is read, so that
    a course is graded alike on every machine.
    config : a configuration to use as it is, such as that of one of nbgrader's own commands.

    Attributes: root, config, course_id, log_file (what nbgrader has to say goes there).
    Raises CourseError where the folder is no course, or its configuration cannot be loaded.
    """

    def __init__(self, root=".", config=None):
        self.root = Path(root).resolve()
        self.config = _load(self.root) if config is None else deepcopy(config)
        self.config.CourseDirectory.root = str(self.root)
        self.course_id = self.directory().course_id
        self.log_file = self.root / ".nbgrader.log"

    def directory(self, config=None, **settings):
        """Return nbgrader's own idea of where things are, with settings of one run."""
        return CourseDirectory(config=config or self.config, **settings)

    @cached_property
    def _directory(self):
        # asked for again and again for each student, and slow to make
        return self.directory()

    def folder(self, step, assignment, student="."):
        """Return the folder of a step: "source", "release", "submitted", "autograded", …"""
        name = getattr(self._directory, f"{step}_directory")
        return Path(self._directory.format_path(name, str(student), assignment))

    def notebooks(self, assignment):
        """Return the names, without suffix, of an assignment's notebooks in source.

        Raises CourseError, naming the nearest, where source has no such assignment. A path is
        no assignment, wherever it leads: nbgrader empties the folder that it writes to.
        """
        source = self.folder("source", "x").parent
        known = sorted({path.parent.name for path in source.glob("*/*.ipynb")})
        if assignment not in known:
            near = get_close_matches(str(assignment), known, n=1, cutoff=0)
            hint = f"; the nearest is {near[0]!r}" if near else ""
            raise CourseError(
                f"Got the assignment {assignment!r}, but it is not the name of a folder in "
                f"{source} that holds a notebook{hint}."
            )
        return sorted(path.stem for path in (source / assignment).glob("*.ipynb"))

    @contextmanager
    def gradebook(self):
        """Open the course's gradebook for a block, and close it after.

        Raises CourseError where it is no gradebook, is an older nbgrader's, or somebody else
        keeps it locked, and for a database other than SQLite and PostgreSQL.
        """
        self.check_gradebook()
        url = self.directory().db_url
        with scripts_on_path(), warnings.catch_warnings():
            # nbgrader adds some entries through others; SQLAlchemy frowns, and all is recorded
            warnings.simplefilter("ignore", SAWarning)
            try:
                with Gradebook(url, self.course_id) as book:
                    yield book
            except DatabaseError as error:
                raise CourseError(
                    f"The gradebook {shown(url)} cannot be used ({error.orig}): move it away, or "
                    "wait until nobody else writes to it."
                ) from error

    def check_gradebook(self, patience=5.0):
        """Raise CourseError where the gradebook cannot be used as it is, with the way out.

        A SQLite gradebook that is not there is fine, and stays so. patience : seconds to wait
        where somebody else keeps it locked.
        """
        url = self.directory().db_url
        # for what is wrong with the URL, also where there is nothing yet
        open_engine(url).dispose()
        if self.has_gradebook():
            refuse_strange(url, patience)

    def has_gradebook(self):
        """Whether there is a gradebook; opening one that is not there would make it."""
        url = self.directory().db_url
        path = url.removeprefix("sqlite:///")
        return path == url or Path(path).is_file()


def _load(root):
    if not (root / CONFIG).is_file():
        got = (
            f"the folder {root}, but it holds no {CONFIG}"
            if root.is_dir()
            else f"{root}, no folder"
        )
        raise CourseError(
            f"Got {got}: start in the folder of a course, or name it with --course-root."
        )
    try:
        with modules_on_path(root):
            return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:
        raise CourseError(
            f"{root / CONFIG} cannot be loaded ({type(error).__name__}: {error}): "
            "mend it, or copy it anew from the course."
        ) from error


@contextmanager
def modules_on_path(folder):
    """Let a block import modules from a folder, as nbgrader's commands do when started there.

    A course may keep a plugin of its own beside its configuration.
    """
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


@contextmanager
def scripts_on_path():
    """Let a block find the commands installed beside this Python.

    nbgrader asks the command `alembic` when it makes a gradebook, and finds it only where
    somebody activated the environment.
    """
    before = os.environ.get("PATH")
    scripts = sysconfig.get_path("scripts")
    os.environ["PATH"] = scripts if before is None else os.pathsep.join([scripts, before])
    try:
        yield
    finally:
        if before is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = before
