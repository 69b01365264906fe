"""Score for score and row for row: stock nbgrader and this package on the same submissions."""

import json
import re
import shutil
from functools import cache

import nbformat
import pytest
from nbgrader.converters import GenerateAssignment

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.through_nbgrader.conversion import convert

from .parity import (
    cells_of,
    enter_by_hand,
    exported,
    feedback_scores,
    files_of,
    grade_by_nbgrader,
    grade_sealed,
    without_notebooks,
    write_what_nbgrader_found,
)
from .small_course import ANSWERS, ASSIGNMENT, LATE, NOTEBOOKS, hand_in, make_course
from .tables import tables_of

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class ByHours(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.25 * total_seconds_late / 3600
"""
CONFIGURED = (
    "\nfrom late_by_hours import ByHours\nc.AssignLatePenalties.plugin_class = ByHours\n"
    "c.CourseDirectory.groupshared = True\nc.ClearSolutions.code_stub = {'python': 'pass'}\n"
)
KINDS = (
    "nested_lists", "late", "blank", "half_done", "syntax_error",
    "missing-activation-derivative", "inputs-mutated",
)  # fmt: skip


def check_same(stock, ours, assignment, tmp_path):
    """Hold two courses to the same gradebook, files, notebooks, feedback and exported grades."""
    theirs, own = (tables_of(course.directory().db_url) for course in (stock, ours))
    for table, rows in theirs.items():
        assert own[table] == rows, table
    assert without_notebooks(files_of(ours)) == without_notebooks(files_of(stock))
    for path in stock.folder("autograded", ".", ".").glob(f"*/{assignment}/*.ipynb"):
        where = (assignment, path.parents[1].name, path.stem)
        assert cells_of(ours, *where) == cells_of(stock, *where), where
    assert exported(ours, tmp_path / "ours.csv") == exported(stock, tmp_path / "stock.csv")
    pages = stock_feedback(stock, assignment)
    assert pages and feedback_scores(ours, assignment) == pages


@cache
def stock_feedback(stock, assignment):
    """Return the feedback_scores of a course that stays as it is: they take seconds to write."""
    return feedback_scores(stock, assignment)


def twin(course, root):
    """Return a copy of a course, as far as it has come."""
    shutil.copytree(course.root, root, symlinks=True)
    return Course(root)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A few of the example class, graded by stock nbgrader; and a copy from before that."""
    root = tmp_path_factory.mktemp("example") / "stock"
    unit = "05_two_layer"
    assert main(["example-class", unit, "--students", "24", "--course-root", str(root)]) == 0
    kinds = json.loads((root / "class.json").read_text())["kinds"]
    for student, kind in kinds.items():
        if kind not in KINDS:
            shutil.rmtree(root / "submitted" / student)
    (root / "late_by_hours.py").write_text(PLUGIN)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(CONFIGURED.rpartition("c.ClearSolutions")[0])
    stock = Course(root)
    before = twin(stock, root.parent / "before")
    grade_by_nbgrader(stock, unit)
    return stock, before, unit


def test_the_example_class_written_by_hand(example, tmp_path):
    stock, before, unit = example
    ours = twin(before, tmp_path / "ours")
    write_what_nbgrader_found(ours, unit, stock)
    check_same(stock, ours, unit, tmp_path)
    assert files_of(ours) == files_of(stock)
    late = [row for row in tables_of(ours.directory().db_url)["submitted_notebook"] if row[3]]
    assert len(late) == 1


def test_the_example_class_graded_sealed(example, tmp_path):
    """No score of the class depends on which cases are drawn: all of them are compared."""
    stock, before, unit = example
    ours = twin(before, tmp_path / "ours")
    grade_sealed(ours, unit)
    check_same(stock, ours, unit, tmp_path)


STUDENTS = {
    "ada": {},
    "bob": {"answers": {**ANSWERS, "square": "def square(x):\n    return x"}, "timestamp": LATE},
    "cy": {"answers": {}},
    "dan": {"names": ["problem"], "files": {"notes.txt": "mine", "data/numbers.csv": "4"}},
    "eve": {"answers": {**ANSWERS, "seven": "z = 7"}, "timestamp": LATE},
}
BY_HAND = {
    ("ada", "problem", "essay"): (3.0, None),
    ("ada", "problem", "program"): (3.5, 0.5),
    ("ada", "problem", "experiment"): (4.0, None),
    ("bob", "problem", "test_square"): (1.0, None),
    ("eve", "problem", "experiment"): (5.0, 1.0),
}
REMARKS = {("ada", "problem", "essay"): "Good.", ("eve", "problem", "experiment"): "Well told."}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A course with every kind of cell, graded by stock nbgrader, then by hand, then again.

    Returns the stock course after the first grading and after the second, and what it was
    before each.
    """
    folder = tmp_path_factory.mktemp("every-kind")
    (folder / "stock").mkdir()
    (folder / "stock" / "late_by_hours.py").write_text(PLUGIN)
    stock = make_course(folder / "stock", CONFIGURED)
    for student, how in STUDENTS.items():
        hand_in(stock, student, **how)
    before = twin(stock, folder / "before")
    grade_by_nbgrader(stock, ASSIGNMENT)
    first = twin(stock, folder / "first")
    enter_by_hand(stock, ASSIGNMENT, BY_HAND, REMARKS)
    # ada gives up an answer, bob mends his, dan finds his other notebook
    for student, how in again(STUDENTS).items():
        hand_in(stock, student, **how)
    grade_by_nbgrader(stock, ASSIGNMENT)
    return before, first, stock


def again(students):
    """Return what students hand in the second time."""
    changed = {
        "ada": {"answers": {**ANSWERS, "essay": "YOUR ANSWER HERE"}},
        "bob": {"answers": ANSWERS, "timestamp": LATE},
        "dan": {"timestamp": LATE},
    }
    return students | changed


@pytest.mark.parametrize("grade", ["by hand", "sealed"])
def test_every_kind_of_cell_twice_with_a_person_between(small, tmp_path, grade):
    before, first, second = small
    ours = twin(before, tmp_path / "ours")
    # by its name: a course moves with its gradebook, and its scores with it
    for stock, round_ in ((first, 1), (second, 2)):
        if round_ == 2:
            enter_by_hand(ours, ASSIGNMENT, BY_HAND, REMARKS)
            for student, how in again(STUDENTS).items():
                hand_in(ours, student, **how)
        if grade == "sealed":
            grade_sealed(ours, ASSIGNMENT)
            drop_what_was_not_handed_in(ours)
        else:
            write_what_nbgrader_found(ours, ASSIGNMENT, stock)
        check_same(stock, ours, ASSIGNMENT, tmp_path)


def drop_what_was_not_handed_in(course):
    """Remove the one thing that differs: the notebook that says that none was handed in.

    Stock nbgrader leaves no file of it, and so no feedback says anything.
    """
    for student in STUDENTS:
        for name in NOTEBOOKS:
            if not (course.folder("submitted", ASSIGNMENT, student) / f"{name}.ipynb").exists():
                path = course.folder("autograded", ASSIGNMENT, student) / f"{name}.ipynb"
                assert "not handed in" in path.read_text()
                path.unlink()


QUICK = "ps1"
GOOD = {
    "squares": (
        "def squares(n):\n    if n < 1:\n        raise ValueError('n')\n"
        "    return [i ** 2 for i in range(1, n + 1)]"
    ),
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    "sum_of_squares_equation": r"$\sum_{i=1}^n i^2$",
    "sum_of_squares_application": ("def pyramidal_number(n):\n    return sum_of_squares(n)"),
}
WORSE = {**GOOD, "squares": "def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]"}
QUALITIES = {"bitdiddle": GOOD, "hacker": WORSE, "reasoner": {}}


@pytest.fixture(scope="module")
def quickstart(quickstart_course, tmp_path_factory):
    """The course that `nbgrader quickstart` makes, with submissions of three qualities."""
    folder = tmp_path_factory.mktemp("qualities")
    shutil.copytree(quickstart_course, folder / "course101")
    config = folder / "course101" / "nbgrader_config.py"
    # where nbgrader is started it takes that folder; a course of this package is found by name
    text = config.read_text()
    header = "c.IncludeHeaderFooter.header = "
    assert header in text
    config.write_text(text.replace(header + '"', f'{header}"{folder / "course101"}/'))
    stock = Course(folder / "course101")
    convert(stock, GenerateAssignment, QUICK)
    for student, answers in QUALITIES.items():
        target = stock.folder("submitted", QUICK, student)
        shutil.copytree(stock.folder("release", QUICK), target)
        (target / "timestamp.txt").write_text("2026-03-06 10:00:00 UTC")
        for path in target.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                answer = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
                cell.source = answer or cell.source
            nbformat.write(notebook, path)
    before = twin(stock, folder / "before")
    grade_by_nbgrader(stock, QUICK)
    return stock, before


@pytest.mark.parametrize("grade", ["by hand", "sealed"])
def test_the_course_of_nbgraders_quickstart(quickstart, tmp_path, grade):
    stock, before = quickstart
    ours = twin(before, tmp_path / "ours")
    if grade == "sealed":
        grade_sealed(ours, QUICK)
    else:
        write_what_nbgrader_found(ours, QUICK, stock)
    check_same(stock, ours, QUICK, tmp_path)
    scores = re.findall(r",(\w+),\w*,\w*,\w*,([\d.]+),", "\n".join(exported(ours, tmp_path / "x")))
    assert len({score for _, score in scores}) == 3
