"""From which numbers a grade's cases are drawn: the same for the same work, and nobody's guess."""

import hashlib
import hmac
import json

import numpy as np
from nbgrader.utils import is_grade, is_solution

LEAST_SECRET = 32
"""Hexadecimal digits; fewer could be tried out."""


def work_of(notebook, others=None):
    """Return a digest of all that a student's code can go by: code cells, and the files it reads.

    others : relative path -> bytes of those files. Of the tests only their places count, between
    which the student's cells stand. Whatever else the code could go by would be room for a table
    of answers: whoever knows the cases of one grading could hand in the same code again.
    """
    texts = [
        cell.source if is_solution(cell) or not is_grade(cell) else None
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    files = {path: hashlib.sha256(data).hexdigest() for path, data in (others or {}).items()}
    work = json.dumps([texts, sorted(files.items())]).encode()
    return hashlib.sha256(work).hexdigest()


def generator(secret, task_id, work):
    """Return the random generator of a task's cases.

    secret : hexadecimal, of this submission alone. work : see `work_of`. The same three give the
    same cases; whoever lacks the secret can draw none of them, and whoever changes their work
    meets others. Raises ValueError for a secret that is too short or not hexadecimal.
    """
    if len(secret) < LEAST_SECRET:
        raise ValueError(
            f"Got a secret of {len(secret)} digits, but it must have at least {LEAST_SECRET}."
        )
    key = bytes.fromhex(secret)
    digest = hmac.new(key, f"{task_id}/{work}".encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def cases_of(task, secret, work):
    """Return the Cases that a task is graded on, one for each of its grade_kinds."""
    rng = generator(secret, task.id, work)
    return [task.draw(rng, kind) for kind in task.grade_kinds]
