"""One recording of an assignment's cells at a time, on a gradebook that several machines share."""

import hashlib
import os
import time
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import DBAPIError

from autograder.course_error import CourseError
from autograder.gradebook.database import open_engine, shown, unusable

KEY = int.from_bytes(hashlib.sha256(b"autograder.gradebook.recording").digest()[:7], "big")
"""The number of the lock among a database's advisory locks."""


@contextmanager
def recording(course, patience=60.0):
    """Let a block record an assignment's cells in the gradebook while nobody else does.

    nbgrader replaces the cells of a notebook that nobody has handed in yet, a commit each; who
    reads or replaces them in between finds half of them. On PostgreSQL an advisory lock keeps
    out others who record or write grades through this package. On SQLite nothing is done: a
    course's folder has one grader at a time (see grading_lock).

    Raises CourseError where the gradebook cannot be used, or is not free within patience, in
    seconds.
    """
    course.check_gradebook(patience)
    engine = open_engine(course.directory().db_url)
    try:
        if engine.dialect.name == "postgresql":
            with _held(engine, patience):
                yield
        else:
            yield
    finally:
        engine.dispose()


@contextmanager
def written_at_once(course):
    """Have a SQLite gradebook that is new go to the disk after the block, not at each commit.

    nbgrader commits each cell by itself, and to wait for the disk takes longer than all else. What
    is killed meanwhile loses nothing; a machine that loses its power then, a gradebook without
    grades. Another database than SQLite is left as it is.
    """
    engine = open_engine(course.directory().db_url)
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    engine.dispose()
    if not path or not Path(path).is_file():
        yield
        return
    event.listen(Engine, "connect", _wait_for_no_disk)
    try:
        yield
    finally:
        event.remove(Engine, "connect", _wait_for_no_disk)
        with open(path, "rb") as file:
            os.fsync(file.fileno())


def _wait_for_no_disk(connection, record):
    connection.execute("PRAGMA synchronous = OFF")


def keep_recorders_out(connection):
    """Let nobody record cells until the connection's transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock_shared(KEY)))


@contextmanager
def _held(engine, patience):
    deadline = time.monotonic() + patience
    try:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except DBAPIError as error:
        raise unusable(engine.url, error, patience) from error
    # the lock is the connection's, and ends with it however this process ends
    with connection:
        while not connection.scalar(select(func.pg_try_advisory_lock(KEY))):
            if time.monotonic() > deadline:
                raise CourseError(
                    f"The gradebook {shown(engine.url)} is being written to by other graders, "
                    f"and was not free within {patience:g} s: try again later."
                )
            time.sleep(0.05)
        yield
        connection.scalar(select(func.pg_advisory_unlock(KEY)))
