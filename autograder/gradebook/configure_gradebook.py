"""Setting nbgrader up so that it can make a gradebook, and says when one is too old for it."""

import os
import shutil
import sysconfig
from functools import cache

from traitlets.log import get_logger


def configure_gradebook(c):
    """Let nbgrader find the command `alembic`, which it asks when it makes a gradebook.

    It is installed beside this Python, and found only where somebody activated the environment.
    Without it Formgrader leaves half a gradebook, and shows no assignments.

    Where the course has a SQLite gradebook that an older nbgrader made, this is logged as a
    warning, with the way out: Formgrader would only load, for ever. c : the configuration, in
    which the course's root is set.
    """
    if shutil.which("alembic") is None:
        path = os.environ.get("PATH", os.defpath)
        os.environ["PATH"] = os.pathsep.join([path, sysconfig.get_path("scripts")])
    path = os.path.join(c.CourseDirectory.root, "gradebook.db")
    if "db_url" not in c.CourseDirectory and os.path.isfile(path):
        _warn_of_a_strange_one(path, os.stat(path).st_mtime_ns)


@cache  # a configuration is read several times by one command
def _warn_of_a_strange_one(path, when):
    from autograder.course_error import CourseError
    from autograder.gradebook.database import refuse_strange

    try:
        refuse_strange(f"sqlite:///{path}", patience=0)
    except CourseError as error:
        get_logger().warning("%s", error)
