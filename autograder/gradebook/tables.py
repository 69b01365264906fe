"""The tables of a new gradebook, as nbgrader makes them, in a fraction of the time."""

import ast
import threading
from pathlib import Path

from nbgrader.api import Base
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Column, MetaData, String, Table, insert, inspect

from autograder.gradebook.database import in_transaction, open_engine

_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))


def make_tables(course, patience=60.0):
    """Make the tables of a course's gradebook where it has none yet; return whether it had none.

    nbgrader.api.Gradebook makes them too, but asks a command for the number of the newest
    version, which takes as long as grading some twenty notebooks. patience : seconds to wait for
    others who use the database. Raises CourseError where it cannot be used.
    """
    engine = open_engine(course.directory().db_url)
    try:
        forever = threading.Event()
        if in_transaction(engine, _has_tables, patience, forever, reading=True):
            return False
        return in_transaction(engine, _make, patience, forever)
    finally:
        engine.dispose()


def _has_tables(connection, attempt):
    return bool(inspect(connection).get_table_names())


def _make(connection, attempt):
    if _has_tables(connection, attempt):
        return False  # somebody else was quicker
    Base.metadata.create_all(connection)
    _VERSION.create(connection)
    connection.execute(insert(_VERSION).values(version_num=_newest_version()))
    return True


def _newest_version():
    """Return nbgrader's newest version of the tables: the one that no other is made from.

    Alembic would say so too, and takes a quarter of a second to import.
    """
    made_from = {}
    for path in Path(ALEMBIC_DIR, "versions").glob("*.py"):
        names = {
            statement.targets[0].id: statement.value.value
            for statement in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        }
        made_from[names["revision"]] = names["down_revision"]
    (newest,) = made_from.keys() - made_from.values()
    return newest
