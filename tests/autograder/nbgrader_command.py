"""nbgrader's own command, in a process of its own, and what it leaves in a gradebook."""

import os
import subprocess
import sys
from pathlib import Path

from autograder.course_folder import Course

ROOT = Path(__file__).parents[2]


def nbgrader(root, *arguments, **environment):
    """Run `nbgrader ARGUMENTS` in a course's folder; return the CompletedProcess.

    stdout has all that it printed. environment : variables to set for it.
    """
    own = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **environment}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root, env=own, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=300,
    )  # fmt: skip


def points_of(root, assignment, config=None):
    """Return student -> {(notebook, cell): points that the gradebook has, None for unknown}."""
    with Course(root, config).gradebook() as book:
        return {
            submission.student_id: {
                (notebook.name, grade.name): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in book.assignment_submissions(assignment)
        }
