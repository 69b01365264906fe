"""A notebook of two tasks, small enough that an attack on it is graded in a tenth of a second."""

from dataclasses import dataclass

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.mending.pattern import pattern_of
from autograder.run.job import Job, Result
from autograder.run.worker import grade_job
from autograder.seal import Limits

SECRET = "5e" * 32
LIMITS = Limits(cell_seconds=1.5, notebook_seconds=20)
"""The same for all, so that one sandbox serves attackers and honest students alike."""

AFFINE = "from course import check\nimport numpy as np\ndef affine(w, x, b):\n    return w @ x + b"
WRONG = AFFINE.replace("+ b", "")
SIGMOID = "def sigmoid(z):\n    e = np.exp(-np.abs(z))\n    return np.where(z >= 0, 1, e) / (1 + e)"
FULL = {"check_affine": 2.0, "check_sigmoid": 2.0}
HALF = {"check_affine": 0.0, "check_sigmoid": 2.0}
"""What somebody earns whose affine is WRONG and whose sigmoid is right."""


@dataclass(frozen=True)
class Came:
    """What came of one submission: points by cell, every word of the graded notebook."""

    result: Result

    @property
    def points(self):
        return {grade.grade_id: grade.points for grade in self.result.notebooks[0].grades}

    @property
    def causes(self):
        return " ".join(grade.cause for grade in self.result.notebooks[0].grades)

    @property
    def text(self):
        return self.result.notebooks[0].data.decode()

    @property
    def trouble(self):
        return " ".join(self.result.notebooks[0].trouble)

    @property
    def cells(self):
        return nbformat.reads(self.text, as_version=4).cells

    @property
    def shown(self):
        """All that the code cells show, as text; what they hold as source is not in it."""
        return "\n".join(str(o) for cell in self.cells for o in cell.get("outputs", ()))


def marked(grade_id, source, grade, points=None):
    """Return a code cell that nbgrader knows of: a test with points, or a solution."""
    cell = new_code_cell(source)
    flags = {"grade": grade, "solution": not grade, "locked": grade, "task": False}
    cell.metadata.nbgrader = {"grade_id": grade_id, "schema_version": 3, **flags}
    if points is not None:
        cell.metadata.nbgrader["points"] = points
    return cell


def check_of(task, handed):
    """Return the test cell of a task of the course, worth 2 points."""
    name = task.partition(".")[2]
    source = f'check("{task}", {handed})\nfrom autograder import grade\n\ngrade("{task}", {handed})'
    return marked(f"check_{name}", source, True, 2.0)


def assignment(affine="", sigmoid=""):
    """Return the four cells that nbgrader knows of."""
    return [
        marked("affine", affine, False),
        check_of("start.affine", "affine"),
        marked("sigmoid", sigmoid, False),
        check_of("chain.sigmoid", "sigmoid"),
    ]


def notebook(before=(), between=(), after=(), affine=AFFINE, sigmoid=SIGMOID):
    """Return a student's notebook, with cells of their own around those of the assignment.

    before, between, after : texts of code cells, or cells.
    """
    first, first_test, second, second_test = assignment(affine, sigmoid)
    cells = [*before, first, first_test, *between, second, second_test, *after]
    return new_notebook(cells=[new_code_cell(c) if isinstance(c, str) else c for c in cells])


def grade_bytes(data, student="mallory", others=None, opening=()):
    """Return what comes of a file as it was handed in.

    opening : the texts of the first cells of the source notebook, run once for all.
    """
    patterns = {"small": pattern_of(new_notebook(cells=assignment()))}
    job = Job(
        "a", student, patterns, {"small": data}, others or {}, (), SECRET, LIMITS,
        opening={"small": opening},
    )  # fmt: skip
    came = Came(grade_job(job))
    assert came.result.failure == ""
    return came


def grade(student="mallory", others=None, opening=(), **parts):
    """Return what comes of a notebook; opening : see `grade_bytes`; parts : see `notebook`."""
    return grade_bytes(nbformat.writes(notebook(**parts)).encode(), student, others, opening)
