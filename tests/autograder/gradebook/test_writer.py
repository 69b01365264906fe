"""What the writer leaves in a gradebook, on one course with every kind of cell."""

import json
import pickle
from dataclasses import replace

import pytest

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.gradebook.writer import GradebookWriter
from autograder.mending.answers import answers_of
from autograder.run.job import CellGrade, GradedNotebook, Result

from .small_course import ANSWERS, ASSIGNMENT, DIGEST, LATE, hand_in, mark_of, result_of
from .tables import comments_of, grades_of, tables_of


def write(course, *batch, **options):
    """Write a batch of (result, submission) pairs and return the failures."""
    with GradebookWriter(course, ASSIGNMENT, **options) as writer:
        return writer.write([(result, submission, DIGEST) for result, submission in batch])


def configured(course, text):
    """Return a course with more in its configuration."""
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(text)
    return Course(course.root)


def enter(course, student, cell, **changes):
    """Enter a person's score or comment, as Formgrader does."""
    with course.gradebook() as book:
        kind = book.find_comment if "manual_comment" in changes else book.find_grade
        found = kind(cell, "problem", ASSIGNMENT, student)
        for name, value in changes.items():
            setattr(found, name, value)
        book.db.commit()


def penalty(url, student, notebook="problem"):
    (row,) = (r for r in tables_of(url)["submitted_notebook"] if r[:2] == (student, notebook))
    return row[3]


def test_a_submission_has_every_row_that_nbgrader_makes(course, url):
    ada = hand_in(course, "ada")
    assert write(course, (result_of(course, ada), ada)) == {}
    tables = tables_of(url)
    assert tables["student"] == [("ada", None, None, None, None)]
    assert tables["submitted_assignment"] == [(ASSIGNMENT, "ada", "2026-03-06 17:00:00", None)]
    assert tables["submitted_notebook"] == [("ada", "extra", 0, None), ("ada", "problem", 0, None)]
    assert grades_of(url, "ada") == {
        ("extra", "test_seven"): (1, None, False),
        ("problem", "test_square"): (2, None, False),
        ("problem", "essay"): (None, None, True),
        ("problem", "program"): (None, None, True),
        ("problem", "experiment"): (None, None, True),
    }
    assert comments_of(url, "ada") == {
        ("extra", "seven"): ("No response.", None),
        ("problem", "square"): (None, None),
        ("problem", "essay"): (None, None),
        ("problem", "program"): (None, None),
        ("problem", "experiment"): (None, None),
    }
    assert set(tables["stray"].values()) == {0}


def test_comments_are_the_same_whether_a_worker_tells_of_the_answers_or_its_text(course, url):
    answers = {"square": ANSWERS["square"], "program": "y = 2"}
    submissions = [hand_in(course, student, answers) for student in ("ada", "bob")]
    read, told = (result_of(course, submission) for submission in submissions)
    notebooks = [
        # a text that is none is not looked into
        replace(notebook, data=b"{", answers=answers_of(json.loads(notebook.data)["cells"]))
        for notebook in told.notebooks
    ]
    told = replace(told, notebooks=tuple(notebooks))
    told = pickle.loads(pickle.dumps(told))
    assert write(course, *zip((read, told), submissions, strict=True)) == {}
    assert comments_of(url, "ada") == comments_of(url, "bob")
    assert comments_of(url, "bob")["problem", "essay"] == ("No response.", None)
    assert comments_of(url, "bob")["problem", "program"] == (None, None)


def test_the_same_again_changes_nothing(course, url):
    ada = hand_in(course, "ada")
    write(course, (result_of(course, ada), ada))
    before = tables_of(url)
    write(course, (result_of(course, ada), ada))
    assert tables_of(url) == before


def test_what_persons_entered_stays_and_asks_for_a_second_look(course, url):
    ada = hand_in(course, "ada")
    write(course, (result_of(course, ada), ada))
    enter(course, "ada", "test_square", manual_score=1.5, needs_manual_grade=False)
    enter(course, "ada", "essay", manual_score=3.0, extra_credit=0.5, needs_manual_grade=False)
    enter(course, "ada", "experiment", manual_score=4.0, needs_manual_grade=False)
    enter(course, "ada", "essay", manual_comment="Good.")
    ada = hand_in(course, "ada", {**ANSWERS, "essay": "YOUR ANSWER HERE"})
    write(course, (result_of(course, ada, failed=["test_square"]), ada))
    grades = grades_of(url, "ada")
    assert grades["problem", "test_square"] == (0, 1.5, True)
    assert grades["problem", "essay"] == (0, 3.0, True)
    assert grades["problem", "program"] == (None, None, True)
    # nbgrader's autograde does not touch a task
    assert grades["problem", "experiment"] == (None, 4.0, False)
    assert comments_of(url, "ada")["problem", "essay"] == ("No response.", "Good.")
    (extra,) = (row[7] for row in tables_of(url)["grade"] if row[3] == "essay")
    assert extra == 0.5


def test_a_submission_without_a_timestamp_keeps_the_one_it_had(course, url):
    ada = hand_in(course, "ada")
    write(course, (result_of(course, ada), ada))
    ada = hand_in(course, "ada", timestamp="")
    assert ada.timestamp is None
    write(course, (result_of(course, ada), ada))
    (row,) = tables_of(url)["submitted_assignment"]
    assert row[2] == "2026-03-06 17:00:00"


def test_a_notebook_that_is_missing_earns_nothing(course, url):
    ada = hand_in(course, "ada")
    write(course, (result_of(course, ada), ada))
    enter(course, "ada", "experiment", manual_score=4.0)
    (ada.folder / "problem.ipynb").unlink()
    ada = hand_in(course, "ada", names=["extra"])
    write(course, (result_of(course, ada), ada))
    grades = grades_of(url, "ada")
    assert grades.pop(("extra", "test_seven")) == (1, None, False)
    assert grades.pop(("problem", "experiment")) == (0, 4.0, False)
    assert set(grades.values()) == {(0, None, False)}
    # nobody looked into it, so nothing new is said of it
    assert comments_of(url, "ada")["problem", "square"] == (None, None)


def test_penalties_are_the_plugins_and_within_the_score(course, url):
    (course.root / "late_by_student.py").write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class ByHours(LateSubmissionPlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        if student_id == 'eve':\n"
        "            return 1 / 0\n"
        "        per_hour = {'ada': 0.5, 'bob': 100, 'cy': -1}.get(student_id)\n"
        "        return per_hour and per_hour * total_seconds_late / 3600\n"
    )
    course = configured(
        course,
        "from late_by_student import ByHours\nc.AssignLatePenalties.plugin_class = ByHours\n",
    )
    students = {name: hand_in(course, name, timestamp=LATE) for name in ("ada", "bob", "cy", "eve")}
    students["dan"] = hand_in(course, "dan", timestamp=LATE)
    students["fay"] = hand_in(course, "fay")
    pairs = [(result_of(course, one), one) for one in students.values()]
    failures = write(course, *pairs)
    assert failures.keys() == {"eve"}
    assert "3600 s late" in failures["eve"] and "ZeroDivisionError" in failures["eve"]
    assert [penalty(url, name) for name in ("ada", "bob", "cy", "dan", "fay")] == [
        0.5, 2.0, 0.0, None, None
    ]  # fmt: skip
    assert penalty(url, "ada", "extra") == 0.5
    # an extension takes it away
    with course.gradebook() as book:
        book.grant_extension(ASSIGNMENT, "ada", hours=2)
    write(course, *(pair for pair in pairs if pair[1].student != "eve"))
    assert penalty(url, "ada") is None
    assert penalty(url, "bob") == 2.0


def test_a_penalty_counts_what_persons_gave(course, url):
    course = configured(course, 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    ada = hand_in(course, "ada", timestamp=LATE)
    write(course, (result_of(course, ada), ada))
    assert penalty(url, "ada") == 2.0
    enter(course, "ada", "essay", manual_score=3.0, extra_credit=1.0)
    write(course, (result_of(course, ada), ada))
    assert penalty(url, "ada") == 6.0


def test_no_penalties_where_the_step_is_left_out(course, url):
    course = configured(
        course,
        'c.LateSubmissionPlugin.penalty_method = "zero"\nc.AssignLatePenalties.enabled = False\n',
    )
    ada = hand_in(course, "ada", timestamp=LATE)
    write(course, (result_of(course, ada), ada))
    assert penalty(url, "ada") is None


def test_unknown_students_are_refused_where_the_course_says_so(course, url):
    course = configured(course, "c.Autograde.create_student = False\n")
    with course.gradebook() as book:
        book.add_student("ada")
    ada, bob = hand_in(course, "ada"), hand_in(course, "bob")
    failures = write(course, (result_of(course, bob), bob), (result_of(course, ada), ada))
    assert failures.keys() == {"bob"}
    assert "create_student" in failures["bob"]
    assert {row[1] for row in tables_of(url)["submitted_assignment"]} == {"ada"}
    assert mark_of(course, "ada") and not course.folder("autograded", ASSIGNMENT, "bob").exists()


GRADES = (CellGrade("test_square", 2, 2), CellGrade("essay", None, 3), CellGrade("program", 0, 4))
EXTRA = GradedNotebook("extra", b'{"cells": []}', (CellGrade("test_seven", 1, 1),))
TOO_MUCH = (CellGrade("test_square", 2.5, 2), *GRADES[1:])
NOT_A_NUMBER = (CellGrade("test_square", float("nan"), 2), *GRADES[1:])
NEGATIVE = (CellGrade("test_square", -1, 2), *GRADES[1:])


def problem(grades=GRADES, data=b'{"cells": []}'):
    return GradedNotebook("problem", data, grades)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (Result(ASSIGNMENT, "bob", failure="The worker died."), "The worker died."),
        (Result(ASSIGNMENT, "eve", (EXTRA, problem())), "belongs to 'bob'"),
        (Result("other", "bob", (EXTRA, problem())), "'other'"),
        (Result(ASSIGNMENT, "bob", (problem(),)), "holds extra, problem"),
        (Result(ASSIGNMENT, "bob", (EXTRA, EXTRA, problem())), "extra, extra, problem"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(GRADES[:2]))), "essay, test_square in problem"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem((*GRADES, GRADES[0])))), "another source"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(TOO_MUCH))), "from 0 to 2"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(NOT_A_NUMBER))), "nan points for test_square"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(NEGATIVE))), "-1 points"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(data=b"{"))), "problem is no notebook"),
        (Result(ASSIGNMENT, "bob", (EXTRA, problem(data=b"[" * 10**5))), "problem is no notebook"),
    ],
)
def test_what_is_no_result_is_refused_alone(course, url, result, said):
    ada, bob = hand_in(course, "ada"), hand_in(course, "bob")
    failures = write(course, (result, bob), (result_of(course, ada), ada))
    assert failures.keys() == {"bob"}
    assert said in failures["bob"]
    assert {row[0] for row in tables_of(url)["student"]} == {"ada"}
    assert mark_of(course, "ada") and mark_of(course, "bob") is None


def test_what_the_database_refuses_is_reported_alone(course, url):
    name = "\udcff" * 3  # a folder's name that is no Unicode
    names = ("ada", name, "zoe")
    submissions = [hand_in(course, student) for student in names]
    failures = write(course, *((result_of(course, one), one) for one in submissions))
    assert failures.keys() == {name}
    assert "did not take it" in failures[name]
    assert {row[0] for row in tables_of(url)["student"]} == {"ada", "zoe"}
    assert not course.folder("autograded", ASSIGNMENT, name).exists()


def test_an_assignment_that_is_not_recorded_is_refused(course):
    with pytest.raises(CourseError, match="holds no notebook of an assignment 'other'"):
        GradebookWriter(course, "other")


def test_a_source_recorded_anew_in_between_is_seen(course, url):
    ada = hand_in(course, "ada")
    with GradebookWriter(course, ASSIGNMENT) as writer:
        with course.gradebook() as book:
            # as nbgrader does for a notebook that nobody has handed in: other ids
            book.remove_notebook("extra", ASSIGNMENT)
            book.add_notebook("extra", ASSIGNMENT)
            book.add_grade_cell("test_seven", "extra", ASSIGNMENT, max_score=1, cell_type="code")
        assert writer.write([(result_of(course, ada), ada, DIGEST)]) == {}
    tables = tables_of(url)
    assert set(tables["stray"].values()) == {0}
    assert grades_of(url, "ada")["extra", "test_seven"] == (1, None, False)
