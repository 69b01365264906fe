"""Students whose ids are no plain names: nobody is lost, and nobody holds up the class."""

import csv
import os

import pytest

from autograder.__main__ import main
from autograder.feedback.pages import _as_pattern
from autograder.report.class_results import read_results
from autograder.run.grade_class import grade_class
from tests.autograder.conftest import digests

from .standin import ASSIGNMENT, NAME, grade

pytestmark = pytest.mark.nbgrader

ODD = (
    "ana maria", " lead", "trail ", "o'brien", 'qu"ote', "zoë-łukasz", "李雷", "=1+1", "-x", "a,b",
    "<img src=x onerror=alert(1)>", "st[ar]*", "a{b}", "a%2e", "back\\slash", "x" * 200, "tab\tid",
)  # fmt: skip


@pytest.fixture
def course(class_of):
    """A class of them, and one that no gradebook could hold."""
    from concurrent.futures import ThreadPoolExecutor

    course = class_of({student: {} for student in (*ODD, os.fsdecode(b"by\xffte"), "a\nb")})
    done = list(grade_class(course, ASSIGNMENT, executor=ThreadPoolExecutor(2), grade=grade))
    assert {one.student: one.failure for one in done} == dict.fromkeys(ODD, "")
    return course


def test_each_is_graded_and_reported_and_printed(course, capsys):
    points = {result.student: result.points for result in read_results(course, ASSIGNMENT)}
    assert points == dict.fromkeys(ODD, 30)
    # nothing has changed, so that the command grades nobody again
    root = ["--course-root", str(course.root)]
    assert main(["grade", ASSIGNMENT, *root]) == 1
    said = capsys.readouterr().out
    assert r"submitted/by\udcffte'" in said
    assert r"submitted/a\nb'" in said and "line break" in said
    assert said.count("Give the folder the student's id for a name.") == 2
    assert all(line.isprintable() for line in said.splitlines())
    assert main(["report", ASSIGNMENT, *root]) == 0
    page = (course.root / "report" / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page and "&lt;img src=x onerror" in page
    table = (course.root / "report" / f"{ASSIGNMENT}.csv").read_text(encoding="utf-8-sig")
    named = [row[0] for row in csv.reader(table.splitlines()[1:])]
    assert "'=1+1" in named and "'-x" in named and "zoë-łukasz" in named
    assert not any(name.startswith(("=", "-", "+", "@")) for name in named)


@pytest.mark.parametrize("command", ["grade", "feedback"])
@pytest.mark.parametrize("student", ["../submitted/ana", "../../ana", "/", "ana/..", "*", ""])
def test_a_path_or_a_pattern_is_no_student_wherever_it_leads(class_of, command, student, capsys):
    course = class_of({"ana": {}})
    before = digests(course.root)
    options = ["--student", student, "--course-root", str(course.root)]
    assert main([command, ASSIGNMENT, *options]) == 2
    said = capsys.readouterr().err
    assert f"Got the student {student!r}, who has handed in nothing" in said
    assert "the nearest who has is 'ana'" in said
    assert digests(course.root) == before


@pytest.mark.slow
def test_feedback_is_written_or_said_why_not(course, capsys):
    asked = [" lead", "<img src=x onerror=alert(1)>", "st[ar]*"]
    options = [part for student in asked for part in ("--student", student)]
    options += ["--course-root", str(course.root), "--workers", "1"]
    assert main(["feedback", ASSIGNMENT, *options]) == 1
    said = capsys.readouterr().out
    assert "2 of 3 students" in said
    assert "nbgrader takes ids with *, ? or [ for patterns" in said
    page = course.folder("feedback", ASSIGNMENT, asked[1]) / f"{NAME}.html"
    text = page.read_text(encoding="utf-8")
    assert "<img src=x" not in text and "feedback for &lt;img src=x onerror" in text
    assert (course.folder("feedback", ASSIGNMENT, " lead") / f"{NAME}.html").is_file()


@pytest.mark.parametrize("student", [*ODD, " ", " a b "])
def test_a_pattern_matches_its_student_alone(tmp_path, student):
    for name in {*ODD, " ", " a b ", "star", "s", "lead", "trail", "a b"}:
        (tmp_path / name).mkdir()
    pattern = _as_pattern(student)
    assert pattern.strip() == pattern
    assert [path.name for path in tmp_path.glob(pattern)] == [student]
