"""`nbgrader autograde`, the command, on a class of the course: sealed, mended, graded alike."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.grader_key import course_key
from autograder.through_nbgrader.assignment import record_assignment

from ..conftest import ASSIGNMENT, NOTEBOOK, digests, hand_in, with_answer
from ..nbgrader_command import nbgrader, points_of

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

FULL = {"stages": 6, "forward": 4, "loss": 2, "backward": 10, "train_step": 8}
BLANK = dict.fromkeys(FULL, 0)
EXITS = "import os\n\ndef loss(p, y):\n    os._exit(0)"
LOOPS = """while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
TELLS = "import os\nprint('execution:', os.environ.get('NBGRADER_EXECUTION'))\n"


@dataclass(frozen=True)
class Twins:
    """One class twice: graded by nbgrader's command, and by this package's."""

    theirs: Path
    ours: Path
    exit_code: int
    printed: str
    submitted_before: dict[str, str]


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    root = tmp_path_factory.mktemp("twins") / "theirs"
    course = ["--course-root", str(root)]
    assert main(["example-class", ASSIGNMENT, "--students", "6", *course]) == 0
    source = root / "source" / ASSIGNMENT / NOTEBOOK
    whole = source.read_bytes()
    hand_in(root, "zz-cut", {NOTEBOOK: whole[: len(whole) * 2 // 3]})
    hand_in(root, "zz-conflict", {NOTEBOOK: in_conflict(whole)})
    hand_in(root, "zz-exits", {NOTEBOOK: with_answer(source, "loss", EXITS)})
    hand_in(root, "zz-loops", {NOTEBOOK: with_answer(source, "loss", LOOPS)})
    hand_in(root, "zz-renamed", {"my two_layer (2).ipynb": whole})
    tells = with_answer(source, "loss", TELLS + solution(source, "loss"))
    hand_in(root, "zz-tells", {NOTEBOOK: tells})
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Seal.cell_seconds = 8\n")
    record_assignment(Course(root), ASSIGNMENT)
    course_key(root)  # the same cases for both
    before = digests(root / "submitted")
    ours = root.with_name("ours")
    shutil.copytree(root, ours)
    ended = nbgrader(root, "autograde", ASSIGNMENT)
    assert main(["grade", ASSIGNMENT, "--course-root", str(ours)]) == 0
    yield Twins(root, ours, ended.returncode, ended.stdout, before)
    shutil.rmtree(root.parent)


def solution(path, grade_id):
    """Return the text of an answer in a notebook."""
    return next(
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def in_conflict(data):
    """Return a notebook with the marks of a merge that nobody ended, in its first solution."""
    lines = data.decode().split("\n")
    at = next(place for place, line in enumerate(lines) if "BEGIN SOLUTION" in line)
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", ">>>>>>> other"]
    return "\n".join(lines).encode()


def cells_of(points, student):
    return {
        cell.removeprefix("check_"): earned
        for (_, cell), earned in points[student].items()
        if cell.startswith("check_")
    }


def graded_text(twins, student):
    return (twins.theirs / "autograded" / student / ASSIGNMENT / NOTEBOOK).read_text()


def test_every_cell_earns_what_autograder_grade_gives_it(twins):
    assert twins.exit_code == 0, twins.printed[-3000:]
    theirs, ours = (points_of(root, ASSIGNMENT) for root in (twins.theirs, twins.ours))
    assert len(theirs) == 12
    assert theirs == ours


def test_the_points_are_those_that_the_work_deserves(twins):
    theirs = points_of(twins.theirs, ASSIGNMENT)
    assert cells_of(theirs, "zz-conflict") == FULL
    assert cells_of(theirs, "zz-renamed") == FULL
    assert cells_of(theirs, "zz-tells") == FULL
    # what stood before the cut is there, what came after it is not
    assert BLANK != cells_of(theirs, "zz-cut") != FULL


@pytest.mark.parametrize("student", ["zz-exits", "zz-loops"])
def test_an_attacker_loses_that_cell_alone(twins, student):
    theirs = points_of(twins.theirs, ASSIGNMENT)
    lost = {name for name, points in cells_of(theirs, student).items() if points < FULL[name]}
    assert lost == {"loss"}


def test_the_student_and_the_log_are_told_what_was_done(twins):
    assert "The file is cut off; what came whole before the cut was kept." in twins.printed
    assert "cut off" in graded_text(twins, "zz-cut")
    assert "Graded my two_layer (2).ipynb as two_layer.ipynb." in twins.printed
    # it would not be interrupted
    assert "was killed" in graded_text(twins, "zz-loops")


def test_a_notebook_is_told_that_it_is_graded(twins):
    assert "execution: autograde" in graded_text(twins, "zz-tells")


def test_what_was_handed_in_stays_as_it_was(twins):
    assert digests(twins.theirs / "submitted") == twins.submitted_before


def test_the_report_reads_what_nbgrader_left(twins, capsys):
    assert main(["report", ASSIGNMENT, "--course-root", str(twins.theirs)]) == 0
    page = (twins.theirs / "report" / f"{ASSIGNMENT}.html").read_text()
    assert "cut off" in page


def test_autograder_grade_goes_on_from_there(twins, capsys):
    options = ["--course-root", str(twins.theirs), "--student", "zz-conflict"]
    assert main(["grade", ASSIGNMENT, *options]) == 0
    assert "30 of 30" in capsys.readouterr().out
