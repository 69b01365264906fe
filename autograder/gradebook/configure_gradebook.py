"""Setting nbgrader up so that it can make a gradebook."""

import os
import shutil
import sysconfig


def configure_gradebook(c):
    """Let nbgrader find the command `alembic`, which it asks when it makes a gradebook.

    It is installed beside this Python, and found only where somebody activated the environment.
    Without it Formgrader leaves half a gradebook, and shows no assignments.
    """
    if shutil.which("alembic") is None:
        path = os.environ.get("PATH", os.defpath)
        os.environ["PATH"] = os.pathsep.join([path, sysconfig.get_path("scripts")])
