"""Makes this folder an nbgrader course; nbgrader and Formgrader read it when started here."""

import os
from pathlib import Path

from autograder.exchange_folder import configure_exchange
from autograder.feedback.configure_feedback import configure_feedback
from autograder.gradebook.configure_gradebook import configure_gradebook
from autograder.releasing.release import configure_release
from autograder.through_nbgrader.configure_grading import configure_grading

c = get_config()  # noqa: F821  (nbgrader puts it there)
root = Path(__file__).resolve().parent

c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.root = str(root)

# through which units go out and work comes back; `autograder doctor` looks at it
configure_exchange(c, root / "exchange")

# what a student's notebook may use in the sandbox; autograder/seal/limits.py has the others
c.Seal.cell_seconds = 60
c.Seal.notebook_seconds = 300
c.Seal.memory_bytes = 2 * 2**30

# how many of the two hints of a mistake students see: "off", "first" or "all"
os.environ.setdefault("BACKPROP_HINTS", "all")

configure_gradebook(c)
configure_release(c)
configure_grading(c)
configure_feedback(c)

# what is otherwise on one machine alone, and no part of the project
if (root / "nbgrader_here.py").is_file():
    load_subconfig("nbgrader_here.py", path=str(root))  # noqa: F821  (as get_config)
