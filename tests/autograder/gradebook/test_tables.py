"""A gradebook made here is the one that nbgrader makes."""

import sqlite3
import threading

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, inspect, text

from autograder.course_folder import scripts_on_path
from autograder.gradebook import tables
from autograder.gradebook.recording import written_at_once

pytestmark = pytest.mark.slow


class At:
    """What stands for a Course: a gradebook at a URL."""

    def __init__(self, url):
        self.db_url = url

    def directory(self):
        return self


def described(url):
    """Return the tables of a database with their columns, keys and version."""
    engine = create_engine(url)
    look = inspect(engine)
    found = {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
            look.get_pk_constraint(name),
            look.get_foreign_keys(name),
            look.get_unique_constraints(name),
        )
        for name in look.get_table_names()
        for columns in [look.get_columns(name)]
    }
    with engine.connect() as connection:
        version = list(connection.execute(text("SELECT version_num FROM alembic_version")))
    engine.dispose()
    return found, version


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def two_urls(request, tmp_path):
    """Where two databases are, both empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"
    server = request.getfixturevalue("postgres")
    for name in ("bare_one", "bare_two"):
        server.execute(f"CREATE DATABASE {name}")
    return server.url("bare_one"), server.url("bare_two")


def test_the_tables_are_those_of_nbgrader(two_urls):
    ours, theirs = two_urls
    assert tables.make_tables(At(ours))
    with scripts_on_path(), Gradebook(theirs, "any"):
        assert described(ours) == described(theirs)


def test_two_who_make_them_at_once_have_one_gradebook(postgres, monkeypatch):
    postgres.execute("CREATE DATABASE made_twice")
    at = At(postgres.url("made_twice"))
    make = tables.Base.metadata.create_all

    def late(connection):
        # between our look for tables and the making of them, somebody else makes them
        monkeypatch.setattr(tables.Base.metadata, "create_all", make)
        assert tables.make_tables(at)
        make(connection, checkfirst=False)

    monkeypatch.setattr(tables.Base.metadata, "create_all", late)
    assert not tables.make_tables(at)
    found, _ = described(at.db_url)
    assert set(tables.Base.metadata.tables) <= set(found)


def test_what_is_there_stays(tmp_path):
    url = f"sqlite:///{tmp_path}/one.db"
    tables.make_tables(At(url))
    with Gradebook(url, "any") as book:
        book.add_student("ada")
    before = described(url)
    assert not tables.make_tables(At(url))
    assert described(url) == before
    with Gradebook(url, "any") as book:
        assert [student.id for student in book.students] == ["ada"]


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_somebody_elses_lock_is_waited_for(tmp_path, how):
    url = f"sqlite:///{tmp_path}/one.db"
    tables.make_tables(At(url))
    other = sqlite3.connect(tmp_path / "one.db", check_same_thread=False, isolation_level=None)
    other.execute(f"BEGIN {how}")
    timer = threading.Timer(2.5, other.rollback)
    timer.start()
    assert not tables.make_tables(At(url), patience=30)
    if how == "EXCLUSIVE":
        assert not timer.is_alive()
    timer.join()
    other.close()


def test_half_a_gradebook_is_never_left(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/one.db"

    def fails():
        raise RuntimeError("no version")

    monkeypatch.setattr(tables, "_newest_version", fails)
    with pytest.raises(RuntimeError):
        tables.make_tables(At(url))
    assert inspect(create_engine(url)).get_table_names() == []


def test_only_a_new_gradebook_waits_for_no_disk(tmp_path):
    url = f"sqlite:///{tmp_path}/one.db"
    tables.make_tables(At(url))

    def how_often_it_waits():
        engine = create_engine(url)
        with engine.connect() as connection:
            return connection.scalar(text("PRAGMA synchronous"))

    before = how_often_it_waits()
    with written_at_once(At(url)):
        assert how_often_it_waits() == 0
    assert how_often_it_waits() == before != 0
