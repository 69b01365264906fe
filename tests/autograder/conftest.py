"""One class, graded once: every kind of submission, and what only a test would hand in."""

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.__main__ import main

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "05_two_layer"
NOTEBOOK = "two_layer.ipynb"


@dataclass(frozen=True)
class GradedClass:
    """A graded course: its root, who is of which kind, and what the grading printed."""

    root: Path
    kinds: dict[str, str]
    exit_code: int
    printed: str
    submitted_before: dict[str, str]

    def student(self, kind):
        """Return the id of the one student of a kind."""
        (student,) = (name for name, of in self.kinds.items() if of == kind)
        return student

    def feedback(self, kind):
        """Return the feedback page, as text, of the one student of a kind."""
        page = self.root / "feedback" / self.student(kind) / ASSIGNMENT / "two_layer.html"
        return page.read_text(encoding="utf-8")


def digests(folder):
    """Return path -> digest of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hand_in(root, student, files, timestamp="2026-03-05 10:00:00 UTC"):
    """Put files, name -> bytes, into a student's folder of a course."""
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "timestamp.txt").write_text(timestamp)


def with_answer(notebook, grade_id, source):
    """Return the bytes of a notebook with another text in one of its answer cells."""
    notebook = nbformat.read(notebook, as_version=4)
    (cell,) = (
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )
    cell.source = source
    return nbformat.writes(notebook).encode()


@pytest.fixture(scope="session")
def quickstart_course(tmp_path_factory):
    """The folder of the course that `nbgrader quickstart` makes; to be copied, since it takes long.

    It has manual answers, tasks and two notebooks, and nobody has handed in.
    """
    root = tmp_path_factory.mktemp("quickstart") / "course101"
    command = [sys.executable, "-m", "nbgrader", "quickstart", root.name]
    subprocess.run(command, cwd=root.parent, check=True, capture_output=True)
    return root


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """A class with one of each kind, and a few stranger ones, graded sealed."""
    root = tmp_path_factory.mktemp("graded") / "class"
    assert main(["example-class", ASSIGNMENT, "--students", "24", "--course-root", str(root)]) == 0
    kinds = json.loads((root / "class.json").read_text())["kinds"]
    source = root / "source" / ASSIGNMENT / NOTEBOOK
    hand_in(root, "zz-source", {NOTEBOOK: source.read_bytes()})
    hand_in(root, "zz-damaged", {NOTEBOOK: b'{"cells": ['})
    changed = with_answer(source, "loss", "def loss(p, y):\n    return 0.0")
    hand_in(root, "zz-two-others", {"a.ipynb": source.read_bytes(), "b.ipynb": changed})
    endless = with_answer(source, "loss", "while True:\n    pass")
    hand_in(root, "zz-endless-cell", {NOTEBOOK: endless}, timestamp="soon")
    # seconds enough for the slowest cell of the others, and few enough to wait for
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Seal.cell_seconds = 12\n")
    # so that every run of the tests draws the same cases
    (root / ".grader_key").write_bytes(b"a key of the tests, never secret")
    before = digests(root / "submitted")
    printed = root.parent / "printed.txt"
    with pytest.MonkeyPatch.context() as patch, printed.open("w") as file:
        patch.setattr("sys.stdout", file)
        exit_code = main(["grade", ASSIGNMENT, "--course-root", str(root)])
        exit_code = exit_code or main(["feedback", ASSIGNMENT, "--course-root", str(root)])
    kinds |= {
        name: name for name in ("zz-source", "zz-damaged", "zz-two-others", "zz-endless-cell")
    }
    yield GradedClass(root, kinds, exit_code, printed.read_text(), before)
    shutil.rmtree(root)
