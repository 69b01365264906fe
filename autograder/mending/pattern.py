"""The cells that nbgrader knows of in a notebook, as the source has them."""

import hashlib
from dataclasses import dataclass

from autograder.grade_id import grade_id_of
from autograder.source_notebook import read_source

__all__ = ["ExpectedCell", "Pattern", "checksum", "metadata", "pattern_of", "patterns_of"]

# nbgrader's own marks, where the course does not set others
_HIDDEN = (("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"), ("BEGIN MARK SCHEME", "END MARK SCHEME"))


@dataclass(frozen=True)
class ExpectedCell:
    """One cell that nbgrader knows of, as the source has it.

    grade_id : its id in the metadata. cell_type : "code", "markdown" or "raw".
    source : its text in the source notebook, hidden tests and all.
    points : the most that it earns, or None for a cell that earns nothing.
    grade, solution, locked, task : nbgrader's flags of those names.
    released : its text as students are given it, without hidden tests; None where that is to be
        read from its source. cell_id : the id of the cell itself in the source notebook.
    """

    grade_id: str
    cell_type: str
    source: str
    points: float | None = None
    grade: bool = False
    solution: bool = False
    locked: bool = False
    task: bool = False
    schema_version: int = 3
    released: str | None = None
    cell_id: str = ""


@dataclass(frozen=True)
class Pattern:
    """One notebook of an assignment: the cells that nbgrader knows of, in the source's order."""

    cells: tuple[ExpectedCell, ...]


def pattern_of(notebook):
    """Return the Pattern of a notebook in which nbgrader's cells are marked.

    notebook : as nbgrader records it: solutions cleared, hidden tests kept (or a released one,
    whose hidden tests are gone). Its cells keep their order.
    """
    return Pattern(tuple(_expected(cell) for cell in notebook.cells if _is_marked(cell)))


def patterns_of(course, assignment):
    """Return name -> Pattern for the notebooks of an assignment, from the course's gradebook.

    The gradebook must be up to date with the source (see `record_assignment`); it holds the
    cells, and the source notebooks their order. Raises CourseError where the gradebook cannot
    be used or there is no such assignment in source, and nbgrader's MissingEntry where the
    gradebook does not know it.
    """
    hidden = _hidden_marks(course)
    patterns = {}
    with course.gradebook() as book:
        for name in course.notebooks(assignment):
            order = _order(course, assignment, name)
            recorded = book.find_notebook(name, assignment)
            graded = {cell.name: cell for cell in recorded.grade_cells}
            tasks = {cell.name: cell for cell in recorded.task_cells}
            solutions = {cell.name for cell in recorded.solution_cells}
            last = len(order)
            cells = sorted(
                recorded.source_cells, key=lambda cell: order.get(cell.name, (last, ""))[0]
            )
            patterns[name] = Pattern(
                tuple(
                    ExpectedCell(
                        grade_id=cell.name,
                        cell_type=cell.cell_type,
                        source=cell.source,
                        points=_points(graded.get(cell.name) or tasks.get(cell.name)),
                        grade=cell.name in graded,
                        solution=cell.name in solutions,
                        locked=cell.locked,
                        task=cell.name in tasks,
                        released=without_hidden(cell.source, hidden),
                        cell_id=order.get(cell.name, (last, ""))[1],
                    )
                    for cell in cells
                )
            )
    return patterns


def without_hidden(source, marks=_HIDDEN):
    """Return the text of a cell as students are given it, without what is hidden from them.

    marks : pairs of the words that open and close what is hidden.
    """
    if not any(begin in source for begin, _ in marks):
        return source
    lines, closing = [], None
    for line in source.split("\n"):
        opening = next((end for begin, end in marks if begin in line), None)
        if closing is None and opening:
            closing = opening
        elif closing is None:
            lines.append(line)
        elif closing in line:
            closing = None
    return "\n".join(lines)


def released(expected):
    """Return the text of an expected cell as students are given it."""
    return without_hidden(expected.source) if expected.released is None else expected.released


def checksum(expected):
    """Return nbgrader's checksum of an expected cell, of which its zero for no answer depends.

    As `nbgrader.utils.compute_checksum`, which a worker need not import.
    """
    parts = [expected.source, expected.cell_type, expected.grade, expected.solution]
    parts += [expected.locked, expected.grade_id]
    if expected.grade:
        parts.append(float(expected.points))
    return hashlib.md5("".join(map(str, parts)).encode()).hexdigest()


def metadata(expected):
    """Return the metadata, a new dict, of an expected cell, as nbgrader leaves it there."""
    of_nbgrader = {
        "cell_type": expected.cell_type,
        "checksum": checksum(expected),
        "grade": expected.grade,
        "grade_id": expected.grade_id,
        "locked": expected.locked,
        "schema_version": 3,
        "solution": expected.solution,
        "task": expected.task,
    }
    if expected.points is not None:
        of_nbgrader["points"] = expected.points
    made = {"deletable": False}
    if not expected.solution:
        made["editable"] = False
    return made | {"nbgrader": of_nbgrader}


def _is_marked(cell):
    said = cell.metadata.get("nbgrader", {})
    return any(said.get(flag) for flag in ("grade", "solution", "locked", "task"))


def _expected(cell):
    said = cell.metadata["nbgrader"]
    grade, solution = bool(said.get("grade")), bool(said.get("solution"))
    task = bool(said.get("task"))
    return ExpectedCell(
        grade_id=said["grade_id"],
        cell_type=cell.cell_type,
        source=cell.source,
        points=float(said.get("points") or 0) if grade or task else None,
        grade=grade,
        solution=solution,
        # as nbgrader's is_locked: a test is, a solution is not, whatever the flag
        locked=not solution and (grade or bool(said.get("locked"))),
        task=task,
        released=without_hidden(cell.source),
        cell_id=cell.get("id", ""),
    )


def _points(recorded):
    return None if recorded is None else float(recorded.max_score)


def _order(course, assignment, name):
    """Return grade id -> (place, cell id) in a source notebook, header and footer included."""
    around = course.config.IncludeHeaderFooter
    source = course.folder("source", assignment) / f"{name}.ipynb"
    paths = [
        course.root / path for path in (around.get("header"), source, around.get("footer")) if path
    ]
    order = {}
    for path in paths:
        for cell in read_source(path).cells:
            grade_id = grade_id_of(cell)
            if grade_id:
                order.setdefault(grade_id, (len(order), cell.get("id", "")))
    return order


def _hidden_marks(course):
    tests, scheme = course.config.ClearHiddenTests, course.config.ClearMarkScheme
    (begin_test, end_test), (begin_scheme, end_scheme) = _HIDDEN
    return (
        (tests.get("begin_test_delimeter", begin_test), tests.get("end_test_delimeter", end_test)),
        (
            scheme.get("begin_mark_scheme_delimeter", begin_scheme),
            scheme.get("end_mark_scheme_delimeter", end_scheme),
        ),
    )
