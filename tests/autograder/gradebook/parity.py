"""Two courses side by side, one graded by stock nbgrader and one by this package, compared."""

import re
import stat
from dataclasses import replace

import nbformat
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.plugins.export import CsvExportPlugin
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from autograder.gradebook.autograded import MARK
from autograder.gradebook.writer import GradebookWriter
from autograder.handed_in.submissions import read_submissions
from autograder.run.grade_class import grade_class
from autograder.run.job import CellGrade, GradedNotebook
from autograder.through_nbgrader.assignment import record_assignment
from autograder.through_nbgrader.conversion import convert

from .small_course import graded_like_stock


def grade_by_nbgrader(course, assignment):
    """Grade everybody anew as `nbgrader autograde --force` does."""
    record_assignment(course, assignment)
    convert(course, Autograde, assignment, "*", force=True)


def grade_sealed(course, assignment):
    """Grade everybody anew as `autograder grade --force` does."""
    graded = list(grade_class(course, assignment, force=True, workers=2))
    assert [one.failure for one in graded if one.failure] == []


def write_what_nbgrader_found(course, assignment, by_nbgrader):
    """Record in one course the very notebooks and points that stand in the other one."""
    record_assignment(course, assignment)
    submissions = read_submissions(course, assignment)
    with GradebookWriter(course, assignment) as writer:
        batch = [
            (graded_like_stock(by_nbgrader, assignment, submission), submission, "digest")
            for submission in submissions.values()
        ]
        assert writer.write(with_missing(batch, course.notebooks(assignment))) == {}


def with_missing(batch, names):
    """Return a batch whose results have a notebook of each name, with nothing in it if need be."""
    by_name = {notebook.name: notebook for result, _, _ in batch for notebook in result.notebooks}
    whole = []
    for result, submission, digest in batch:
        given = {notebook.name: notebook for notebook in result.notebooks}
        for name in names:
            grades = tuple(
                CellGrade(grade.grade_id, 0.0, grade.possible) for grade in by_name[name].grades
            )
            given.setdefault(name, GradedNotebook(name, b"", grades))
        whole.append((replace(result, notebooks=tuple(given.values())), submission, digest))
    return whole


def files_of(course, step="autograded"):
    """Return path -> (bytes, mode) of the files, and path -> (None, mode) of folders, of a step.

    Without the students' own folders: what these inherit where a course is groupshared depends
    on who was the first to be graded.
    """
    root = course.folder(step, ".", ".")
    return {
        path.relative_to(root).as_posix(): (
            path.read_bytes() if path.is_file() else None,
            stat.S_IMODE(path.stat().st_mode),
        )
        for path in root.rglob("*")
        if path.name != MARK and path.parent != root
    }


def without_notebooks(files):
    """Return files_of with the bytes of notebooks left out, but not that they are there."""
    return {
        path: (None if path.endswith(".ipynb") else data, mode)
        for path, (data, mode) in files.items()
    }


def cells_of(course, assignment, student, name):
    """Return what is to be the same in a graded notebook, however its cells were run.

    Not in it: the kernelspec, which stock nbgrader takes from the source, and the ids of cells,
    which are not there before nbformat 4.5 and which stock nbgrader does not add.
    """
    path = course.folder("autograded", assignment, student) / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    return [
        (cell.cell_type, cell.source, _marks(cell), _points(cell))
        for cell in notebook.cells
        # what was found wrong with a file is said in a cell of its own
        if not cell.source.startswith("**Before it was graded**")
    ]


def _marks(cell):
    """Return what nbgrader goes by of a cell, as it reads it."""
    marks = cell.metadata.get("nbgrader", {})
    flags = [bool(is_so(cell)) for is_so in (is_grade, is_solution, is_locked, is_task)]
    return flags, [marks.get(name) for name in ("grade_id", "points", "checksum")]


def _points(cell):
    """Return a test cell's result as nbgrader reads it: its number, or whether it failed."""
    outputs = cell.get("outputs", ()) if cell.metadata.get("nbgrader", {}).get("grade") else ()
    return [
        output.output_type if output.output_type == "error" else output.data["text/plain"]
        for output in outputs
        if output.output_type in ("error", "execute_result")
    ]


def exported(course, path):
    """Return the lines of `nbgrader export`, sorted.

    Students without a name come in the order in which they were first graded.
    """
    with course.gradebook() as book:
        CsvExportPlugin(to=str(path)).export(book)
    return sorted(path.read_text().splitlines())


def feedback_scores(course, assignment):
    """Write everybody's feedback with nbgrader; return page -> the scores and comments on it."""
    convert(course, GenerateFeedback, assignment, "*", force=True)
    root = course.folder("feedback", ".", ".")
    return {
        path.relative_to(root).as_posix(): re.findall(
            r"\(Score: [^)]*\)|Late submission penalty[^<]*|<strong>Comments:</strong>[^<]*",
            path.read_text(),
        )
        for path in sorted(root.rglob("*.html"))
    }


def enter_by_hand(course, assignment, entries, comments):
    """Enter scores and comments as a person does in Formgrader.

    entries : (student, notebook, cell) -> (manual score, extra credit). comments : the same
    keys -> text.
    """
    with course.gradebook() as book:
        for (student, notebook, cell), (score, extra) in entries.items():
            grade = book.find_grade(cell, notebook, assignment, student)
            grade.manual_score, grade.extra_credit = score, extra
            grade.needs_manual_grade = False
        for (student, notebook, cell), text in comments.items():
            book.find_comment(cell, notebook, assignment, student).manual_comment = text
        book.db.commit()
