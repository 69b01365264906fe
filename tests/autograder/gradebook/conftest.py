"""A small course, made once for each kind of database and copied for each test."""

import itertools
import shutil

import pytest

from autograder.course_folder import Course

from .postgres_server import PostgresServer, find_programs
from .small_course import DIGEST, hand_in, make_course, result_of

TEMPLATE = "made"


@pytest.fixture(scope="session")
def made_course(tmp_path_factory):
    """The course as it is before anybody handed in; not to be changed."""
    return make_course(tmp_path_factory.mktemp("small") / "course").root


@pytest.fixture
def sqlite_course(made_course, tmp_path):
    """A course of one's own, its assignment recorded in its gradebook.db."""
    shutil.copytree(made_course, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def batch(course):
    """One submission to write, to the course of the test's own module."""
    ada = hand_in(course, "ada")
    return [(result_of(course, ada), ada, DIGEST)]


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for the tests."""
    programs = find_programs()
    if not programs:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with PostgresServer(programs) as server:
        yield server


@pytest.fixture(scope="session")
def new_database(postgres, tmp_path_factory):
    """A function that makes a database with the assignment recorded in it, and returns its URL."""
    numbers = itertools.count()
    postgres.execute(f"CREATE DATABASE {TEMPLATE}")
    where = at(postgres.url(TEMPLATE))
    make_course(tmp_path_factory.mktemp("postgres") / "course", where)

    def make():
        name = f"course_{next(numbers)}"
        postgres.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return postgres.url(name)

    return make


@pytest.fixture
def postgres_course(sqlite_course, new_database):
    """A course of one's own, its assignment recorded in a PostgreSQL database of its own."""
    (sqlite_course.root / "gradebook.db").unlink()
    with (sqlite_course.root / "nbgrader_config.py").open("a") as config:
        config.write(at(new_database()))
    return Course(sqlite_course.root)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def course(request):
    """A course of one's own, once on each kind of database."""
    return request.getfixturevalue(f"{request.param}_course")


@pytest.fixture
def url(course):
    """Where the course's gradebook is."""
    return course.directory().db_url


def at(url):
    """Return the line of configuration that says where the gradebook is."""
    return f"c.CourseDirectory.db_url = {url!r}\n"
