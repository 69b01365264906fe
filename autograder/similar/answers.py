"""The answers of a graded class, read as text: each cell beside what it was released with."""

import re
from collections import defaultdict

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.utils import is_solution

from autograder.grade_id import grade_id_of
from autograder.report.cell_names import graded_cells, labels_of
from autograder.report.class_results import read_results
from autograder.similar.alike import Answer, Task
from autograder.similar.oddities import oddities, words_of
from autograder.similar.pieces import take_apart
from autograder.source_notebook import read_source
from course.reading import NOT_WRITTEN

_NOTHING = (NOT_WRITTEN, "Not filled in yet.", "None came;", "Nothing came back")
"""How the findings begin that are about what is not there."""

_DEFINED = re.compile(r"^\s*(?:def|class)\s+(\w+)", re.MULTILINE)
_NUMBER = re.compile(r"\d[\d.,e+−-]*")


class _Cell:
    """One cell to be filled in: what students were given, and how the course fills it."""

    def __init__(self, released, solved, given, words, possible):
        self.released, self.given, self.words, self.possible = released, given, words, possible
        start, solution = take_apart(released, given), take_apart(solved, given)
        self.known = frozenset(start.keys), frozenset(solution.keys)
        self.values = start.values | solution.values
        self.answers = []

    def add(self, student, text, earned, wrong):
        if text.strip() == self.released.strip():
            return
        pieces = take_apart(text, self.given)
        possible = None if earned is None else self.possible
        self.answers.append(
            Answer(
                student,
                pieces.without(self.values),
                oddities(pieces.text, self.words),
                earned,
                possible,
                wrong,
            )
        )

    def task(self):
        return Task(tuple(self.answers), *self.known)


def read_tasks(course, assignment):
    """Return (name of a cell -> Task, how many students' notebooks were read).

    Read is what was graded: mended notebooks, in which each cell stands where it belongs.
    Raises CourseError where nothing of the assignment has been graded.
    """
    results = {result.student: result for result in read_results(course, assignment)}
    names, label = course.notebooks(assignment), labels_of(course, assignment)
    possible = graded_cells(course, assignment)
    cells = {name: _cells(course, assignment, name, possible, label) for name in names}
    read = 0
    for student, result in results.items():
        findings = {found.cell: found for found in result.findings}
        folder = course.folder("autograded", assignment, student)
        for name in names if result.points is not None else ():
            path = folder / f"{name}.ipynb"
            if not path.is_file():
                continue
            read += name == names[0]
            for cell in nbformat.v4.reads(path.read_text(encoding="utf-8")).cells:
                grade_id = grade_id_of(cell)
                if grade_id in cells[name] and cell.cell_type == "code":
                    test = label(name, f"check_{grade_id}")
                    wrong = mistakes_in(findings.get(test))
                    cells[name][grade_id].add(student, cell.source, result.cells.get(test), wrong)
    several = len(names) > 1
    return {
        f"{name}: {grade_id}" if several else grade_id: cell.task()
        for name, found in cells.items()
        for grade_id, cell in found.items()
    }, read


def mistakes_in(found):
    """Return what a CellFindings (or None) says is wrong, as an Answer has it.

    Numbers in a sentence may be those of one student's own cases: it counts with and without.
    """
    wrong = set()
    if found is None:
        return frozenset(wrong)
    if found.trouble:
        # many come to the same error by themselves
        wrong.add((found.trouble, True))
    for finding in found.findings:
        if finding.right or finding.message.startswith(_NOTHING):
            continue
        if finding.misconceptions:
            wrong.add((", ".join(finding.misconceptions), True))
        else:
            said = f"{finding.part}: {finding.message}"
            wrong |= {(said, False), (without_numbers(said), False)}
    return frozenset(wrong)


def without_numbers(said):
    """Return a sentence with a dot leader in place of each number."""
    return _NUMBER.sub("…", said)


def _cells(course, assignment, name, possible, label):
    """Return grade id -> _Cell of the cells to be filled in of a notebook, in its order.

    possible, label : see `graded_cells` and `labels_of`.
    """
    path = course.folder("source", assignment) / f"{name}.ipynb"
    source = read_source(path)
    solved = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.cell_type == "code" and is_solution(cell)
    }
    released = _released(course, assignment, name, solved)
    whole = "\n".join(cell.source for cell in source.cells)
    given = frozenset(_DEFINED.findall(whole))
    words = words_of(whole) | frozenset().union(
        *map(words_of, [*solved.values(), *released.values()])
    )
    return {
        grade_id: _Cell(
            released[grade_id], text, given, words, possible.get(label(name, f"check_{grade_id}"))
        )
        for grade_id, text in solved.items()
    }


def _released(course, assignment, name, solved):
    """Return grade id -> text of the cells as they were released, which the gradebook keeps."""
    released = defaultdict(str)
    with course.gradebook() as book:
        for grade_id in solved:
            try:
                cell = book.find_source_cell(grade_id, name, assignment)
            except MissingEntry:
                continue
            released[grade_id] = cell.source or ""
    return released
