"""A course small enough to record in a moment, with every kind of cell that nbgrader knows."""

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade, is_grade

from autograder.course_folder import Course
from autograder.gradebook.tables import make_tables
from autograder.handed_in.submissions import read_submission
from autograder.run.job import CellGrade, GradedNotebook, Result
from autograder.through_nbgrader.assignment import record_assignment

ASSIGNMENT = "ps"
NOTEBOOKS = ("extra", "problem")
DUE = "2026-03-06 18:00:00 UTC"
DIGEST = "d" * 64
"""What was graded, where a test does not care."""

EARLY, LATE = "2026-03-06 17:00:00 UTC", "2026-03-06 19:00:00 UTC"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "small"\n'
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def cell(make, source, grade_id, points=None, **flags):
    """Return a cell that nbgrader knows of."""
    marks = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    marks |= {"grade_id": grade_id, "schema_version": 3}
    if points is not None:
        marks["points"] = points
    made = make(source, metadata={"nbgrader": marks})
    made.id = grade_id.replace("_", "-")
    return made


def source_notebooks():
    """Return name -> notebook of the assignment's source."""
    solved = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    square = "def square(x):\n    " + solved.format("    return x * x").replace(
        "\n###", "\n    ###"
    )
    problem = [
        cell(new_code_cell, square, "square", solution=True),
        cell(new_code_cell, "assert square(3) == 9", "test_square", 2, grade=True, locked=True),
        cell(new_markdown_cell, "Why?", "essay", 3, grade=True, solution=True),
        cell(new_code_cell, solved.format("y = 1"), "program", 4, grade=True, solution=True),
        cell(new_markdown_cell, "Try it, and tell.", "experiment", 5, task=True, locked=True),
        cell(new_markdown_cell, "Rules", "rules", locked=True),
    ]
    extra = [
        cell(new_code_cell, solved.format("z = 7"), "seven", solution=True),
        cell(new_code_cell, "assert z == 7", "test_seven", 1, grade=True, locked=True),
    ]
    return {
        "problem": new_notebook(cells=problem, metadata=KERNEL),
        "extra": new_notebook(cells=extra, metadata=KERNEL),
    }


def write_course(root, notebooks, config=CONFIG):
    """Write a course with one assignment, name -> notebook, and return it: without a gradebook."""
    folder = root / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (root / "nbgrader_config.py").write_text(config)
    return Course(root)


def make_course(root, config=""):
    """Make the course in a folder and return it; its gradebook knows the assignment."""
    course = write_course(root, source_notebooks(), CONFIG + config)
    data = root / "source" / ASSIGNMENT / "data"
    data.mkdir()
    (data / "numbers.csv").write_text("1,2,3\n")
    make_tables(course)
    with course.gradebook() as book:
        book.add_assignment(ASSIGNMENT, duedate=DUE)
    record_assignment(course, ASSIGNMENT)
    return course


ANSWERS = {"square": "def square(x):\n    return x * x", "essay": "Because.", "program": "y = 1"}


def hand_in(course, student, answers=ANSWERS, timestamp=EARLY, names=NOTEBOOKS, files=()):
    """Hand in notebooks with answers, grade id -> source, and return the Submission.

    The rest of the notebooks is as students are given it, and the code has not been run.
    """
    folder = course.root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        notebook = released(course, name)
        for part in notebook.cells:
            part.source = answers.get(part.metadata.nbgrader.grade_id, part.source)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / "timestamp.txt").write_text(timestamp)
    for path, text in dict(files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return read_submission(folder, sorted(NOTEBOOKS))


def released(course, name):
    """Return a notebook as students are given it, with nbgrader's checksums in it."""
    cells = source_notebooks()[name].cells
    with course.gradebook() as book:
        for part in cells:
            recorded = book.find_source_cell(part.metadata.nbgrader.grade_id, name, ASSIGNMENT)
            part.source = recorded.source
            part.metadata.nbgrader.checksum = recorded.checksum
    made = source_notebooks()[name]
    made.cells = cells
    return made


def result_of(course, submission, failed=(), **scores):
    """Return the Result of a submission whose tests all pass, but for those that failed.

    scores : grade id -> points, for tests that earn a part.
    """
    notebooks = []
    for name in sorted(NOTEBOOKS):
        path = submission.notebooks.get(name)
        notebook = nbformat.read(path, as_version=4) if path else released(course, name)
        for part in notebook.cells:
            if part.metadata.nbgrader.grade_id in failed:
                part.outputs = [
                    nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=[])
                ]
        graded = graded_notebook(name, notebook)
        grades = tuple(
            CellGrade(grade.grade_id, scores.get(grade.grade_id, grade.points), grade.possible)
            if path
            else CellGrade(grade.grade_id, 0.0, grade.possible)
            for grade in graded.grades
        )
        notebooks.append(GradedNotebook(name, graded.data, grades))
    return Result(ASSIGNMENT, submission.student, tuple(notebooks))


def graded_notebook(name, notebook):
    """Return the GradedNotebook of a notebook that was run, by nbgrader's own rule."""
    grades = [
        CellGrade(part.metadata.nbgrader.grade_id, *determine_grade(part))
        for part in notebook.cells
        if is_grade(part)
    ]
    return GradedNotebook(name, f"{nbformat.writes(notebook)}\n".encode(), tuple(grades))


def graded_like_stock(course, assignment, submission):
    """Return the Result that stands in the notebooks which stock nbgrader left of a submission."""
    folder = course.folder("autograded", assignment, submission.student)
    notebooks = tuple(
        graded_notebook(path.stem, nbformat.read(path, as_version=4))
        for path in sorted(Path(folder).glob("*.ipynb"))
    )
    return Result(assignment, submission.student, notebooks)


def mark_of(course, student):
    """Return what a graded folder says of what was graded in it, or None."""
    path = course.folder("autograded", ASSIGNMENT, student) / ".graded.json"
    return json.loads(path.read_text()) if path.is_file() else None
