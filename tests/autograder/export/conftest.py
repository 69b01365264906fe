"""One gradebook with what makes an export hard: odd ids and names, late and missing work."""

import logging
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.course_folder import Course
from autograder.gradebook.tables import make_tables

FORMULA = '=HYPERLINK("http://evil","x")'
DUE = datetime(2026, 3, 6, 18)
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "small"\n'


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course whose gradebook holds two assignments with work, and a third without."""
    root = tmp_path_factory.mktemp("export")
    (root / "nbgrader_config.py").write_text(CONFIG)
    course = Course(root)
    make_tables(course)
    with course.gradebook() as book:
        for name, month in (("02_nodes", 3), ("01_chain", 2), ("03_matrix", 4)):
            book.add_assignment(name, duedate=datetime(2026, month, 6, 18))
            book.add_notebook("n", name)
            for cell, points in (("check_a", 4), ("check_b", 6)):
                book.add_grade_cell(cell, "n", name, max_score=points, cell_type="code")
            book.add_solution_cell("a", "n", name)
        book.add_student(
            "amara", first_name="Amára", last_name='O"Kafor, Jr', email="a@x.org", lms_user_id="17"
        )
        book.add_student("00123", first_name="李", last_name="小龙\nX", email="b@x.org")
        book.add_student("zoe", first_name=FORMULA, last_name="-Weiß", email="z@x.org")
        book.add_student("dot@x.org")
        submit(book, "01_chain", "amara", check_a=4, check_b=2.125)
        submit(book, "01_chain", "00123", late=1.5, check_a=1, check_b=3)
        submit(book, "01_chain", "zoe", late=5, check_a=1, check_b=1)
        submit(book, "02_nodes", "amara", check_a=4, check_b=None)
        book.find_comment("a", "n", "01_chain", "amara").manual_comment = "+1, well\ndone"
        book.find_comment("a", "n", "01_chain", "zoe").auto_comment = "No response."
        book.db.commit()
    return course


def submit(book, assignment, student, late=0, **scores):
    """Record a graded submission: points by cell, None for one that waits for a grader."""
    book.add_submission(assignment, student)
    book.find_submission_notebook("n", assignment, student).late_submission_penalty = late
    for cell, points in scores.items():
        grade = book.find_grade(cell, "n", assignment, student)
        grade.auto_score, grade.needs_manual_grade = points, points is None
    book.db.commit()


@pytest.fixture
def export(course, tmp_path, caplog):
    """A function export(kind, **traits) -> text of the file, without the mark of its encoding."""

    def exported(kind, **traits):
        to = traits.pop("to", tmp_path / "out.csv")
        log = logging.getLogger("export")
        with caplog.at_level(logging.INFO, "export"):
            plugin = kind(config=Config(), log=log, to=str(to), **traits)
            with Gradebook(course.directory().db_url, course.course_id) as book:
                plugin.export(book)
        data = to.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        return data.decode("utf-8-sig")

    return exported
