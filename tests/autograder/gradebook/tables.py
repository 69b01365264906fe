"""Every row that a grading leaves in a gradebook, in words: ids replaced by what they stand for."""

from datetime import datetime

from sqlalchemy import create_engine, text

SUBMITTED = """
    JOIN submitted_notebook p ON p.id = g.notebook_id
    JOIN submitted_assignment s ON s.id = p.assignment_id
    JOIN assignment a ON a.id = s.assignment_id
    JOIN notebook n ON n.id = p.notebook_id
    JOIN base_cell b ON b.id = g.cell_id
"""
QUERIES = {
    "course": "SELECT id FROM course",
    "student": "SELECT id, first_name, last_name, email, lms_user_id FROM student",
    "assignment": "SELECT name, duedate, course_id FROM assignment",
    "notebook": """SELECT a.name, n.name, n.kernelspec FROM notebook n
        JOIN assignment a ON a.id = n.assignment_id""",
    "cell": """SELECT n.name, b.name, b.type, c.max_score, t.max_score FROM base_cell b
        JOIN notebook n ON n.id = b.notebook_id
        LEFT JOIN grade_cells c ON c.id = b.id LEFT JOIN task_cells t ON t.id = b.id""",
    "source_cell": """SELECT n.name, c.name, c.cell_type, c.locked, c.source, c.checksum
        FROM source_cell c JOIN notebook n ON n.id = c.notebook_id""",
    "submitted_assignment": """SELECT a.name, s.student_id, s.timestamp, s.extension
        FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id""",
    "submitted_notebook": """SELECT s.student_id, n.name, p.flagged, p.late_submission_penalty
        FROM submitted_notebook p JOIN submitted_assignment s ON s.id = p.assignment_id
        JOIN notebook n ON n.id = p.notebook_id""",
    "grade": f"""SELECT a.name, s.student_id, n.name, b.name, b.type, g.auto_score,
        g.manual_score, g.extra_credit, g.needs_manual_grade FROM grade g {SUBMITTED}""",
    "comment": f"""SELECT a.name, s.student_id, n.name, b.name, b.type, g.auto_comment,
        g.manual_comment FROM comment g {SUBMITTED}""",
}


def tables_of(url):
    """Return table -> its rows, sorted, from the gradebook at a URL.

    Rows that belong to nothing are counted, under "stray".
    """
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = {
            name: sorted(
                (tuple(map(_plain, row)) for row in connection.execute(text(query))), key=repr
            )
            for name, query in QUERIES.items()
        }
        counts = {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}"))
            for name in ("submitted_assignment", "submitted_notebook", "grade", "comment")
        }
    engine.dispose()
    tables["stray"] = {name: counts[name] - len(tables[name]) for name in counts}
    return tables


def grades_of(url, student):
    """Return (notebook, cell) -> (auto_score, manual_score, needs_manual_grade) of a student."""
    return {
        row[2:4]: (row[5], row[6], bool(row[8]))
        for row in tables_of(url)["grade"]
        if row[1] == student
    }


def comments_of(url, student):
    """Return (notebook, cell) -> (auto_comment, manual_comment) of a student."""
    return {row[2:4]: row[5:7] for row in tables_of(url)["comment"] if row[1] == student}


def _plain(value):
    """Return a value as every database has it: SQLite keeps times as text, and no Booleans."""
    if isinstance(value, datetime):
        return str(value)
    if isinstance(value, str):
        return value.removesuffix(".000000")
    return int(value) if isinstance(value, bool) else value
