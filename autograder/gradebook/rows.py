"""Writing submissions into a gradebook's tables: all that nbgrader's autograde leaves there."""

from itertools import chain

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import bindparam, func, or_, select, update

from autograder.gradebook.database import insert_into
from autograder.gradebook.entry import Refused
from autograder.gradebook.penalties import seconds_late


def write_rows(connection, recorded, entries, penalties, create_students=True):
    """Record entries of an assignment, new or graded before, each student once.

    connection : within a transaction. recorded : the RecordedAssignment. entries : of Entry.
    penalties : the LatePenalties. create_students : nbgrader's Autograde.create_student.

    What persons entered stays: manual scores, extra credit, comments, flags, extensions. As in
    nbgrader, an automatic score under a manual one asks for a second look.

    Rows are taken in the order of the students, so that two writers never wait for each other
    in a circle. Raises Refused for a student that the gradebook does not hold, where none may
    be added, and for a penalty that cannot be had.
    """
    entries = sorted(entries, key=lambda entry: entry.student)
    _students(connection, [entry.student for entry in entries], create_students)
    whole = _submissions(connection, recorded, entries)
    parts = _notebooks(connection, recorded, [row.id for row in whole.values()])
    _grades(connection, recorded, entries, whole, parts)
    _comments(connection, recorded, entries, whole, parts)
    _late(connection, recorded, entries, whole, parts, penalties)


def _students(connection, students, create):
    table = Student.__table__
    if create:
        insert = insert_into(connection, table).on_conflict_do_nothing()
        connection.execute(insert, [{"id": student} for student in students])
        return
    held = set(connection.scalars(select(table.c.id).where(table.c.id.in_(students))))
    for student in students:
        if student not in held:
            raise Refused(
                f"The gradebook has no student {student!r}, and Autograde.create_student is "
                f"off: add the student first (`nbgrader db student add {student}`)."
            )


def _submissions(connection, recorded, entries):
    """Return student -> row (id, timestamp, extension) of the submissions, made where needed."""
    table = SubmittedAssignment.__table__
    insert = insert_into(connection, table)
    # a submission without a timestamp keeps the one that it had
    insert = insert.on_conflict_do_update(
        index_elements=[table.c.assignment_id, table.c.student_id],
        set_={"timestamp": func.coalesce(insert.excluded.timestamp, table.c.timestamp)},
    )
    rows = [
        {
            "assignment_id": recorded.id,
            "student_id": entry.student,
            "timestamp": entry.submission.timestamp,
        }
        for entry in entries
    ]
    connection.execute(insert, rows)
    found = connection.execute(
        select(table.c.student_id, table.c.id, table.c.timestamp, table.c.extension)
        .where(table.c.assignment_id == recorded.id)
        .where(table.c.student_id.in_([entry.student for entry in entries]))
    )
    return {row.student_id: row for row in found}


def _notebooks(connection, recorded, submissions):
    """Return (submission id, notebook id) -> id of the row, made where there is none."""
    table = SubmittedNotebook.__table__
    insert = insert_into(connection, table).on_conflict_do_nothing()
    rows = [
        {"assignment_id": submission, "notebook_id": notebook.id}
        for submission in submissions
        for notebook in recorded.notebooks
    ]
    connection.execute(insert, rows)
    found = connection.execute(
        select(table.c.assignment_id, table.c.notebook_id, table.c.id)
        .where(table.c.assignment_id.in_(submissions))
        # the table's index begins with it: without, the whole class is read for every batch
        .where(table.c.notebook_id.in_([notebook.id for notebook in recorded.notebooks]))
    )
    return {(row.assignment_id, row.notebook_id): row.id for row in found}


def _grades(connection, recorded, entries, whole, parts):
    table = Grade.__table__
    scored, missing, untouched = [], [], []
    for part, notebook, entry in _each(recorded, entries, whole, parts):
        for name, cell in notebook.grades.items():
            points = entry.scores[name] if entry.handed_in else 0.0
            row = {
                "notebook_id": part,
                "cell_id": cell,
                "auto_score": points,
                "needs_manual_grade": points is None,
            }
            (scored if entry.handed_in else missing).append(row)
        for cell in notebook.tasks.values():
            row = {"notebook_id": part, "cell_id": cell}
            if entry.handed_in:
                untouched.append({**row, "needs_manual_grade": True})
            else:
                missing.append({**row, "auto_score": 0.0, "needs_manual_grade": False})
    insert = insert_into(connection, table)
    new = insert.excluded
    second_look = or_(table.c.manual_score.is_not(None), new.auto_score.is_(None))
    _upsert(connection, table, scored, auto_score=new.auto_score, needs_manual_grade=second_look)
    _upsert(
        connection,
        table,
        missing,
        auto_score=new.auto_score,
        needs_manual_grade=new.needs_manual_grade,
    )
    _upsert(connection, table, untouched)


def _comments(connection, recorded, entries, whole, parts):
    table = Comment.__table__
    told, untouched = [], []
    for part, notebook, entry in _each(recorded, entries, whole, parts):
        for name, cell in chain(notebook.solutions.items(), notebook.tasks.items()):
            row = {"notebook_id": part, "cell_id": cell}
            if name in entry.comments:
                told.append({**row, "auto_comment": entry.comments[name]})
            else:
                untouched.append(row)
    new = insert_into(connection, table).excluded
    _upsert(connection, table, told, auto_comment=new.auto_comment)
    _upsert(connection, table, untouched)


def _late(connection, recorded, entries, whole, parts, penalties):
    """Set the penalties as configured, and none where nothing is late or nothing handed in."""
    if penalties is None:
        return
    seconds = {
        student: seconds_late(row.timestamp, recorded.due, row.extension)
        for student, row in whole.items()
    }
    late = {
        parts[whole[entry.student].id, notebook.id]: entry.student
        for entry in entries
        for notebook, part in zip(recorded.notebooks, entry.notebooks, strict=True)
        if part.handed_in and seconds[entry.student] > 0
    }
    scores = _scores(connection, recorded, late)
    rows = [
        {
            "part": part,
            "penalty": penalties.penalty(late[part], scores.get(part, 0.0), seconds[late[part]])
            if part in late
            else None,
        }
        for part in parts.values()
    ]
    table = SubmittedNotebook.__table__
    connection.execute(
        update(table)
        .where(table.c.id == bindparam("part"))
        .values(late_submission_penalty=bindparam("penalty")),
        rows,
    )


def _scores(connection, recorded, parts):
    """Return id -> score of submitted notebooks, what persons gave included, as nbgrader does."""
    if not parts:
        return {}
    cells = [
        cell
        for notebook in recorded.notebooks
        for cell in (*notebook.grades.values(), *notebook.tasks.values())
    ]
    score = func.coalesce(func.sum(Grade.score), 0.0)
    found = connection.execute(
        select(Grade.notebook_id, score)
        .where(Grade.notebook_id.in_(list(parts)))
        # the table's index begins with it
        .where(Grade.cell_id.in_(cells))
        .group_by(Grade.notebook_id)
    )
    return dict(map(tuple, found))


def _each(recorded, entries, whole, parts):
    """Yield (id of the submitted notebook, RecordedNotebook, EntryNotebook) of all entries."""
    for entry in entries:
        for notebook, part in zip(recorded.notebooks, entry.notebooks, strict=True):
            yield parts[whole[entry.student].id, notebook.id], notebook, part


def _upsert(connection, table, rows, **changes):
    """Insert rows of grades or comments; where there is one already, make the changes to it."""
    if not rows:
        return
    insert = insert_into(connection, table)
    where = [table.c.cell_id, table.c.notebook_id]
    if changes:
        insert = insert.on_conflict_do_update(index_elements=where, set_=changes)
    else:
        insert = insert.on_conflict_do_nothing(index_elements=where)
    connection.execute(insert, rows)
