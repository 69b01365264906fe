"""An assignment as the gradebook holds it: its notebooks and cells, by name, with their ids."""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    Assignment,
    BaseCell,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import select

from autograder.course_error import CourseError


@dataclass(frozen=True)
class RecordedNotebook:
    """One notebook of an assignment: ids, by grade id, of the cells that submissions mirror.

    grades, solutions, tasks : grade id -> id of the cell's row; an answer that is graded by
    hand stands in the first two. points : grade id of a graded cell -> its points.
    checksums : grade id -> checksum of the source, for all cells that have one.
    """

    id: str
    name: str
    grades: dict[str, str]
    solutions: dict[str, str]
    tasks: dict[str, str]
    points: dict[str, float]
    checksums: dict[str, str]


@dataclass(frozen=True)
class RecordedAssignment:
    """One assignment: the id of its row, when it is due (UTC) or None, its notebooks."""

    id: str
    name: str
    due: datetime | None
    notebooks: tuple[RecordedNotebook, ...]


def read_recorded(connection, name):
    """Return the RecordedAssignment of a name; raises CourseError where there is none."""
    rows = Assignment.__table__
    found = connection.execute(select(rows.c.id, rows.c.duedate).where(rows.c.name == name)).first()
    books = Notebook.__table__
    notebooks = (
        connection.execute(
            select(books.c.id, books.c.name)
            .where(books.c.assignment_id == found.id)
            .order_by(books.c.name)
        ).all()
        if found
        else ()
    )
    if not notebooks:
        raise CourseError(
            f"The gradebook holds no notebook of an assignment {name!r}: release it first "
            f"(`nbgrader generate_assignment {name}`)."
        )
    return RecordedAssignment(
        found.id, name, found.duedate, tuple(_notebook(connection, *row) for row in notebooks)
    )


def recorded_students(connection, recorded):
    """Return the ids of the students whose whole submission the gradebook holds."""
    whole = SubmittedAssignment.__table__
    part = SubmittedNotebook.__table__
    rows = connection.execute(
        select(whole.c.student_id, part.c.notebook_id)
        .join_from(whole, part, part.c.assignment_id == whole.c.id)
        .where(whole.c.assignment_id == recorded.id)
    )
    held = {}
    for student, notebook in rows:
        held.setdefault(student, set()).add(notebook)
    wanted = {notebook.id for notebook in recorded.notebooks}
    return {student for student, notebooks in held.items() if wanted <= notebooks}


def _notebook(connection, notebook_id, name):
    base = BaseCell.__table__

    def cells(kind, *columns):
        table = kind.__table__
        return connection.execute(
            select(base.c.name, base.c.id, *(table.c[column] for column in columns))
            .join_from(base, table, base.c.id == table.c.id)
            .where(base.c.notebook_id == notebook_id)
        ).all()

    grades, tasks = cells(GradeCell, "max_score"), cells(TaskCell, "max_score")
    source = SourceCell.__table__
    sums = connection.execute(
        select(source.c.name, source.c.checksum).where(source.c.notebook_id == notebook_id)
    )
    return RecordedNotebook(
        notebook_id,
        name,
        {row.name: row.id for row in grades},
        {row.name: row.id for row in cells(SolutionCell)},
        {row.name: row.id for row in tasks},
        {row.name: row.max_score for row in (*grades, *tasks)},
        dict(map(tuple, sums)),
    )
