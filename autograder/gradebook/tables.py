"""The tables of a new gradebook, as nbgrader makes them, in a fraction of the time."""

import threading

from nbgrader.api import Base
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Column, MetaData, String, Table, insert, inspect
from sqlalchemy.exc import DBAPIError

from autograder.gradebook.database import in_transaction, open_engine, unusable

_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))


def make_tables(course, patience=60.0):
    """Make the tables of a course's gradebook where it has none yet; else do nothing.

    nbgrader.api.Gradebook makes them too, but asks a command for the number of the newest
    version, which takes as long as grading some twenty notebooks. patience : seconds to wait for
    others who use the database. Raises CourseError where it cannot be used.
    """
    engine = open_engine(course.directory().db_url)
    try:
        if not inspect(engine).get_table_names():
            in_transaction(engine, _make, patience, threading.Event())
    except DBAPIError as error:
        raise unusable(engine.url, error, patience) from error
    finally:
        engine.dispose()


def _make(connection, attempt):
    if inspect(connection).get_table_names():
        return  # somebody else was quicker
    # most gradebooks are there already, and this takes longer to import than to use
    from alembic.script import ScriptDirectory

    Base.metadata.create_all(connection)
    _VERSION.create(connection)
    newest = ScriptDirectory(ALEMBIC_DIR).get_current_head()
    connection.execute(insert(_VERSION).values(version_num=newest))
