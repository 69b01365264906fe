"""The database behind a gradebook: opened, waited for, and asked in one transaction at a time."""

from importlib import import_module
from threading import Event
from time import monotonic

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from autograder.course_error import CourseError

TURN = 1.0
"""Seconds that the database itself waits for a lock, before it is asked again."""

PASSING = ("40001", "40P01", "55P03", "42710", "42P07")
"""PostgreSQL's codes for what another try mends: serialization, deadlock, lock not available, and a
type or a table that somebody else has made just now."""

DIALECTS = "sqlite", "postgresql"
"""Those that are written to."""


def insert_into(connection, table):
    """Return an INSERT … ON CONFLICT into a table, as a connection's dialect has its own of it."""
    # PostgreSQL's takes time to import
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    return dialect.insert(table)


def open_engine(text):
    """Return a SQLAlchemy engine for the gradebook at a URL.

    SQLite's journal mode is left as it is: it belongs to the file, and other programs read it.
    Raises CourseError for a database that is neither SQLite nor PostgreSQL, or whose driver is
    not installed.
    """
    try:
        url = make_url(text)
        is_sqlite = url.get_backend_name() == "sqlite"
        engine = create_engine(
            url,
            pool_pre_ping=not is_sqlite,
            connect_args={"timeout": TURN} if is_sqlite else {"connect_timeout": 10},
        )
    except ModuleNotFoundError as error:
        raise CourseError(
            f"The gradebook is at {shown(text)}, but {error.name} is not installed: "
            "`pip install 'backprop-course[postgres]'` brings it."
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        # without the URL: one that cannot be read may hold a password anywhere
        raise CourseError(
            "CourseDirectory.db_url is no database URL that SQLAlchemy reads "
            f"({type(error).__name__}): write sqlite:////path/gradebook.db or "
            "postgresql+psycopg://user@host/name."
        ) from error
    if engine.dialect.name not in DIALECTS:
        raise CourseError(
            f"The gradebook is at {shown(text)}, but grades are written to SQLite and "
            f"PostgreSQL, not to {engine.dialect.name}: set CourseDirectory.db_url to one of them."
        )
    if is_sqlite:
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _limit_waiting)
    return engine


def in_transaction(engine, work, patience, stop, reading=False):
    """Return work(connection, attempt), done in one transaction that is committed after it.

    reading : whether the work only reads, and can do so while others write.

    Where somebody else holds what is needed, the whole is tried again, for patience seconds or
    until the event stop is set; attempt counts from 0. A broken constraint is tried twice more,
    since somebody may have recorded the assignment anew in between.

    Raises CourseError where it cannot be done; then nothing is.
    """
    deadline, attempt = monotonic() + patience, 0
    while True:
        try:
            with engine.execution_options(reading=reading).begin() as connection:
                return work(connection, attempt)
        except DBAPIError as error:
            passing = is_passing(error) or (isinstance(error, IntegrityError) and attempt < 2)
            if not passing or stop.is_set() or monotonic() > deadline:
                raise unusable(engine.url, error, patience) from error
        attempt += 1
        stop.wait(min(0.02 * 2**attempt, TURN))


def refuse_strange(url, patience):
    """Raise CourseError where a database is of an older nbgrader, or is no gradebook at all.

    nbgrader itself would add to such a one the tables that it misses, and then fail. Whatever
    the database at the URL, nothing is written to it; an empty one is fine. patience : seconds
    to wait where it is locked.
    """
    engine = open_engine(url)
    try:
        in_transaction(engine, _refuse_strange, patience, Event(), reading=True)
    finally:
        engine.dispose()


def _refuse_strange(connection, _):
    # with all that nbgrader has, whose import takes longer than this question
    from nbgrader.api import Base

    columns = inspect(connection).get_multi_columns()
    held = {table: {column["name"] for column in has} for (_, table), has in columns.items()}
    wanted = Base.metadata.tables
    if not held:
        return
    where = shown(connection.engine.url)
    if not held.keys() & wanted.keys():
        raise CourseError(
            f"The database {where} is no gradebook, it holds {', '.join(sorted(held)[:5])}: set "
            "CourseDirectory.db_url to another one, and nothing of this one is touched."
        )
    missing = [
        f"{name}.{column.name}"
        for name, table in wanted.items()
        for column in table.columns
        if column.name not in held.get(name, ())
    ]
    if missing:
        raise CourseError(
            f"The gradebook {where} was made by an older nbgrader (it has no {missing[0]}): "
            "`nbgrader db upgrade`, in the course's folder, brings it up to date; all that is in "
            "it stays."
        )


def is_passing(error):
    """Whether an error of the database is one of those that another try may mend."""
    if getattr(error.orig, "sqlstate", None) in PASSING:
        return True
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def unusable(url, error, patience):
    """Return a CourseError that says in words what is wrong with the gradebook at a URL."""
    said = " ".join(str(error.orig).split())
    way_out = "see that it exists, that you may write to it, and that its disk is not full"
    if is_passing(error):
        way_out = f"somebody else kept it for more than {patience:g} s; try again later"
    elif "not a database" in said or "malformed" in said:
        way_out = "it is damaged; put your backup in its place"
    elif "no such table" in said or "does not exist" in said or "no such column" in said:
        way_out = "it is no gradebook of this nbgrader; `nbgrader db upgrade` mends an older one"
    return CourseError(f"The gradebook {shown(url)} cannot be used ({said}): {way_out}.")


def shown(url):
    """Return a database URL as text, without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _leave_transactions_to_us(connection, record):
    # Python's sqlite3 begins transactions late and by itself, which breaks savepoints
    connection.isolation_level = None


def _begin(connection):
    # a transaction that first reads and then writes could lose its turn in between, for good
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _limit_waiting(connection):
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(TURN * 1000)}ms'")
