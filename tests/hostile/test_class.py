"""Attackers and honest students graded as one class, with feedback pages and the report."""

import csv
import json
import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.example_class.layout import lay_out

from . import in_class
from .page_reader import dangers

ROOT = Path(__file__).parents[2]
POSSIBLE = 30


@dataclass(frozen=True)
class HostileClass:
    """A graded class. printed : all that the commands said. honest : ids. marker : see `plant`."""

    root: Path
    printed: str
    honest: list
    marker: str

    def points(self):
        """Return student -> points, from the class's table."""
        with open(
            self.root / "report" / f"{in_class.ASSIGNMENT}.csv", encoding="utf-8-sig"
        ) as file:
            return {row["student"].removeprefix("'"): row["points"] for row in csv.DictReader(file)}

    def graded(self, student):
        """Return all files graded for a student, feedback too, as one text."""
        folders = [self.root / step / student for step in ("autograded", "feedback")]
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)

    def feedback(self, student):
        folder = self.root / "feedback" / student / in_class.ASSIGNMENT
        return (folder / "two_layer.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory, planted):
    root = tmp_path_factory.mktemp("hostile") / "class"
    lay_out(in_class.ASSIGNMENT, 1, 1, root)
    marker = f"mine-{secrets.token_hex(8)}"
    honest = in_class.lay_out(root, planted, marker)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Seal.cell_seconds = 3\nc.Seal.notebook_seconds = 40\n")
    environment = os.environ | {
        "HOME": str(planted.folder / "home"),
        "GRADER_TOKEN": planted.marker,
        "PYTHONPATH": str(ROOT),
    }
    printed = ""
    # of all the pages, those that somebody wrote something for
    pages = [*in_class.STRANGE_IDS, "honest-1", "flooder", "long-winded", *in_class.PAGE_STEMS]
    asked = {"feedback": [word for student in pages for word in ("--student", student)]}
    for command in ("grade", "feedback", "report"):
        words = [sys.executable, "-m", "autograder", command, in_class.ASSIGNMENT]
        ran = subprocess.run(
            [*words, *asked.get(command, ()), "--course-root", str(root)],
            env=environment, cwd=root.parent,
            capture_output=True, text=True, timeout=280, check=False,
        )  # fmt: skip
        printed += ran.stdout + ran.stderr
        assert ran.returncode == 0, printed
    return HostileClass(root, printed, honest, marker)


pytestmark = pytest.mark.slow


def test_the_honest_earn_all_and_nothing_is_said_of_them(graded_class):
    points = graded_class.points()
    assert {student: points[student] for student in graded_class.honest} == dict.fromkeys(
        graded_class.honest, str(POSSIBLE)
    )


def test_attackers_earn_what_their_work_earns(graded_class):
    points = graded_class.points()
    workers = {*in_class.CELLS, *in_class.PAGE_STEMS, "linker", "long-winded"}
    assert {student: points[student] for student in workers} == dict.fromkeys(
        workers, str(POSSIBLE)
    )
    assert float(points["forger"]) <= float(points["plain"]) < POSSIBLE


def test_nothing_of_the_hosts_comes_back(graded_class, planted):
    key = (graded_class.root / ".grader_key").read_bytes()
    students = [path.name for path in (graded_class.root / "submitted").iterdir()]
    for student in students:
        graded = graded_class.graded(student)
        assert planted.marker not in graded and key.hex() not in graded
        assert (graded_class.marker in graded) == student.startswith("honest")
    assert planted.marker not in graded_class.printed
    for log in graded_class.root.glob("*.log"):
        assert planted.marker not in log.read_text(errors="replace")


def test_nothing_of_the_hosts_is_touched(graded_class, planted):
    planted.assert_untouched()
    assert not (graded_class.root / "autograded" / "x.ipynb").exists()
    linked = graded_class.root / "autograded" / "linker" / in_class.ASSIGNMENT
    assert {path.name for path in linked.iterdir()} == {
        in_class.NOTEBOOK, "timestamp.txt", ".graded.json",
    }  # fmt: skip


@pytest.mark.parametrize("page", in_class.PAGE_STEMS)
def test_a_feedback_page_holds_no_more_than_an_honest_one(graded_class, page):
    honest = dangers(graded_class.feedback("honest-1"))
    found = dangers(graded_class.feedback(page)) - honest
    # a link in a student's own text may stay: it does nothing until somebody follows it
    assert {kind for kind in found if not kind.startswith("a href https://")} == set()


def test_a_text_that_takes_long_to_read_holds_up_nobodys_feedback(graded_class):
    page = graded_class.feedback("long-winded")
    assert "." * 300_000 in page and "\\begin{a}" * 20_000 in page


def test_no_id_or_name_breaks_out_of_the_report(graded_class):
    report = (graded_class.root / "report" / f"{in_class.ASSIGNMENT}.html").read_text("utf-8")
    found = dangers(report)
    assert not [kind for kind in found if " on" in kind or kind == "<script>"]
    assert all(" href ../feedback/" in k or k.startswith("<") or "#" in k for k in found), found


def test_no_terminal_is_spoken_to_by_students(graded_class):
    assert not re.search(r"\x1b|\x07", graded_class.printed)


def test_notebooks_keep_only_what_is_known(graded_class):
    for page in in_class.PAGE_STEMS:
        folder = graded_class.root / "autograded" / page / in_class.ASSIGNMENT
        notebook = json.loads((folder / in_class.NOTEBOOK).read_text(encoding="utf-8"))
        kinds = {kind for cell in notebook["cells"] for output in cell.get("outputs", ())
                 for kind in output.get("data", ())}  # fmt: skip
        assert not kinds & {"application/javascript", "application/pdf", "image/svg+xml"}
        assert all("tags" not in cell["metadata"] for cell in notebook["cells"])
