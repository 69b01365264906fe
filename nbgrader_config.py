"""Makes this folder an nbgrader course; nbgrader and Formgrader read it when started here."""

from pathlib import Path

from autograder.feedback import configure_feedback

c = get_config()  # noqa: F821  (nbgrader puts it there)
HERE = Path(__file__).resolve().parent if "__file__" in globals() else Path.cwd()
