"""A small assignment of two notebooks that share grade ids, with an essay and a task."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.gradebook.tables import make_tables
from autograder.through_nbgrader.assignment import record_assignment
from tests.autograder.gradebook.small_course import ASSIGNMENT, KERNEL, cell, write_course

SOLVED = "def {0}(x):\n    ### BEGIN SOLUTION\n    return {1}\n    ### END SOLUTION"


def source_notebooks():
    """Return name -> notebook of the source: 2 + 3 + 5 points in one, 4 + 6 in the other."""
    one = [
        new_markdown_cell("## 1 · Twice", id="twice-text"),
        cell(new_code_cell, SOLVED.format("twice", "2 * x"), "answer", solution=True),
        cell(new_code_cell, "assert twice(3) == 6", "check_answer", 2, grade=True, locked=True),
        cell(new_code_cell, "assert twice(1) == 2", "again", 3, grade=True, locked=True),
        cell(new_markdown_cell, "Why?", "essay", 5, grade=True, solution=True),
    ]
    two = [
        new_markdown_cell("## 2 · Thrice", id="thrice-text"),
        cell(new_code_cell, SOLVED.format("thrice", "3 * x"), "answer", solution=True),
        cell(new_code_cell, "assert thrice(3) == 9", "check_answer", 4, grade=True, locked=True),
        cell(new_markdown_cell, "Measure it.", "plan", 6, task=True, locked=True),
    ]
    return {
        name: new_notebook(cells=cells, metadata=KERNEL)
        for name, cells in (("one", one), ("two", two))
    }


def lay_out(root):
    """Lay out the course in a folder and return it; its gradebook knows the assignment."""
    course = write_course(root, source_notebooks())
    make_tables(course)
    record_assignment(course, ASSIGNMENT)
    return course


def hand_in(course, student, twice="2 * x", thrice="3 * x", essay="Because."):
    """Hand in both notebooks with these answers; the essay is as it was given where it is None."""
    folder = course.root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    answers = {"one": f"def twice(x):\n    return {twice}"}
    answers["two"] = f"def thrice(x):\n    return {thrice}"
    with course.gradebook() as book:
        for name, notebook in source_notebooks().items():
            for part in notebook.cells:
                if "nbgrader" not in part.metadata:
                    continue
                grade_id = part.metadata.nbgrader.grade_id
                given = book.find_source_cell(grade_id, name, ASSIGNMENT)
                part.metadata.nbgrader.checksum = given.checksum
                written = {"answer": answers[name], "essay": essay}.get(grade_id)
                part.source = given.source if written is None else written
            nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / "timestamp.txt").write_text("2026-03-05 10:00:00 UTC")


def grade_by_hand(course, student, **points):
    """Give a student points by hand; points : grade id -> points, of cells that wait."""
    with course.gradebook() as book:
        submission = book.find_submission(ASSIGNMENT, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.name in points:
                    grade.manual_score = points[grade.name]
                    grade.needs_manual_grade = False
        book.db.commit()
