"""A class of another course, graded and reported: two notebooks, shared ids, an essay, a task."""

import csv

import pytest
from bs4 import BeautifulSoup

from autograder.__main__ import main
from autograder.report.class_results import read_results
from autograder.similar.answers import read_tasks

from .two_notebooks import ASSIGNMENT, grade_by_hand, hand_in, lay_out

pytestmark = pytest.mark.nbgrader

WAITING = "4 submissions wait to be graded by hand (essay, plan): their points are those so far."


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = lay_out(tmp_path_factory.mktemp("two"))
    hand_in(course, "amara")
    hand_in(course, "kofi", thrice="x")
    hand_in(course, "leo", twice="1 / 0")
    hand_in(course, "zoe", essay=None)
    return course


@pytest.fixture(scope="module")
def printed(course):
    """What grading the class printed."""
    out = course.root / "printed.txt"
    with pytest.MonkeyPatch.context() as patch, out.open("w") as file:
        patch.setattr("sys.stdout", file)
        assert main(["grade", ASSIGNMENT, "--course-root", str(course.root)]) == 0
    return out.read_text().splitlines()


def report(course, capsys):
    """Return what `autograder report` left: the page, both tables, what it printed."""
    assert main(["report", ASSIGNMENT, "--course-root", str(course.root)]) == 0
    folder = course.root / "report"
    page = BeautifulSoup((folder / f"{ASSIGNMENT}.html").read_text("utf-8"), "html.parser")
    tables = [
        list(csv.DictReader((folder / name).read_text("utf-8-sig").splitlines()))
        for name in (f"{ASSIGNMENT}.csv", f"{ASSIGNMENT}.mistakes.csv")
    ]
    return page, *tables, capsys.readouterr().out


def test_the_points_are_the_gradebooks(course, printed):
    with course.gradebook() as book:
        of_the_book = {one.student.id: one.score for one in book.assignment_submissions(ASSIGNMENT)}
    results = read_results(course, ASSIGNMENT)
    assert {one.student: one.points for one in results} == of_the_book
    assert of_the_book == {"amara": 9, "kofi": 5, "leo": 4, "zoe": 9}
    assert {one.possible for one in results} == {20}
    for one in results:
        assert sum(one.cells.values()) == one.points


def test_grading_says_what_waits_and_where_a_mistake_is(printed):
    assert [" ".join(line.split()) for line in printed[1:6]] == [
        "amara 9 of 20 essay: Waits to be graded by hand.",
        "kofi 5 of 20 two/answer: AssertionError.",
        "leo 4 of 20 one/answer: ZeroDivisionError: division by zero.",
        "zoe 9 of 20 essay: Not written yet.",
        WAITING,
    ]


def test_what_is_read_back_is_what_the_run_printed(course, printed):
    firsts = [one.first_finding for one in read_results(course, ASSIGNMENT)]
    assert all(line.endswith(said) for line, said in zip(printed[1:5], firsts, strict=True))


def test_what_waits_is_no_loss(course, printed, capsys):
    page, students, losses, said = report(course, capsys)
    assert WAITING in said.splitlines()
    assert page.find(class_="figures").find_next_sibling("p").get_text() == WAITING
    assert page.find("dt", string="mean of 20") is not None
    told = {(row["student"], row["task"], row["cause"]): row["points_lost"] for row in losses}
    assert told == {
        ("kofi", "two/answer", "not named"): "4",
        ("leo", "one/answer", "broke off"): "2",
        ("leo", "again", "broke off"): "3",
        ("zoe", "essay", "not written"): "5",
    }
    amara = students[0]
    assert [amara[task] for task in ("one/answer", "again", "essay", "two/answer", "plan")] == [
        *("2", "3", "", "4", "")
    ]
    rows = {row.th.code.get_text(): row for row in page.find(id="tasks").tbody("tr")}
    assert list(rows) == ["one/answer", "again", "essay", "two/answer", "plan"]
    counts = {task: [cell.get_text() for cell in row("td")][2:6] for task, row in rows.items()}
    # zoe's essay alone has its points
    assert counts["essay"] == ["0", "0", "1", "0.0"]
    assert counts["plan"] == ["0", "0", "0", "–"]
    assert counts["two/answer"] == ["3", "0", "1", "3.0"]
    assert "4 waiting" in rows["plan"].th.get_text()


def test_answers_of_one_id_are_compared_with_their_own_points(course, printed):
    tasks, _ = read_tasks(course, ASSIGNMENT)
    earned = {
        name: {one.student: (one.earned, one.possible) for one in task.answers}
        for name, task in tasks.items()
    }
    assert earned["one: answer"]["leo"] == (0, 2)
    assert earned["two: answer"]["kofi"] == (0, 4)
    assert earned["two: answer"]["leo"] == (4, 4)


def test_what_was_lost_by_hand_has_a_cause_of_its_own(course, printed, capsys):
    for student in ("amara", "kofi", "leo", "zoe"):
        grade_by_hand(course, student, essay=4 if student == "amara" else 5, plan=6)
    page, _, losses, said = report(course, capsys)
    assert "by hand (" not in said + page.get_text()
    told = {(row["task"], row["cause"]): row["points_lost"] for row in losses}
    assert told["essay", "graded by hand"] == "1"
    assert not any(task == "plan" for task, _ in told)
    section = page.find("h3", string="essay").find_next_sibling("details")
    assert section.summary.get_text() == "Graded by hand: 1 student, 1 point"
    row = next(one for one in page.find(id="tasks").tbody("tr") if one.th.get_text() == "plan")
    assert [cell.get_text() for cell in row("td")][2:6] == ["4", "0", "0", "6.0"]


def test_a_second_look_at_a_score_is_no_waiting(course, printed):
    with course.gradebook() as book:
        grade = book.find_grade("check_answer", "two", ASSIGNMENT, "kofi")
        # as a test's points that were given by hand, where the class is graded again
        grade.manual_score, grade.needs_manual_grade = 3.0, True
        book.db.commit()
    (kofi,) = read_results(course, ASSIGNMENT, ["kofi"])
    assert kofi.cells["two/check_answer"] == 3
    assert "two/check_answer" not in (*kofi.waiting, *kofi.by_hand)


def test_of_what_is_not_there_any_more_the_gradebooks_points_are_told(course, printed):
    folder = course.root / "submitted" / "leo"
    aside = folder.rename(course.root / "aside")
    (leo,) = (one for one in read_results(course, ASSIGNMENT) if one.student == "leo")
    with course.gradebook() as book:
        points = book.find_submission(ASSIGNMENT, "leo").score
        book.add_student("mia")
    assert points and not leo.handed_in and leo.points is None
    assert leo.first_finding.endswith(f"the gradebook still holds {points:g} points for it.")
    (mia,) = (one for one in read_results(course, ASSIGNMENT) if one.student == "mia")
    assert mia.first_finding == "Handed in nothing."
    aside.rename(folder)
