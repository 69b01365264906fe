"""A PostgreSQL server of one's own, on a socket in a folder of one's own."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ORDINARY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
USER = "grader"


def find_programs():
    """Return the folder of PostgreSQL's programs, the newest, or None where it is not installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    return found[-1].parent if found else on_path and Path(on_path).resolve().parent


class PostgresServer:
    """Started when entered, stopped and removed when left; nobody can reach it over a network."""

    def __init__(self, programs):
        self._programs = programs
        # PostgreSQL refuses to run as root
        self._as = ORDINARY if os.getuid() == 0 else []

    def __enter__(self):
        # not in pytest's folder: a socket's path is short, and another user must get there
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        if self._as:
            os.chown(self._folder, 65534, 65534)
        try:
            self._run("initdb", "-U", USER, "--auth=trust", "-E", "UTF8", "--no-locale", "-N")
            options = f"-k {self._folder} -c listen_addresses= -c fsync=off -c max_connections=50"
            self._run("pg_ctl", "start", "-w", "-l", self._folder / "log", "-o", options)
        except BaseException:
            shutil.rmtree(self._folder)
            raise
        return self

    def __exit__(self, *_):
        self._run("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(self._folder)

    def url(self, database):
        """Return the URL, as SQLAlchemy and nbgrader read it, of one of its databases."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    def execute(self, statement):
        """Run one statement outside of any transaction."""
        import psycopg

        where = f"host={self._folder} user={USER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program, *arguments):
        subprocess.run(
            [*self._as, self._programs / program, "-D", self._folder / "data", *arguments],
            check=True,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
