"""One grading of an assignment at a time: who comes second is told so."""

import fcntl
import os
from contextlib import contextmanager

from autograder.course_error import CourseError


@contextmanager
def grading_lock(course, assignment):
    """Hold an assignment's lock for a block.

    The lock is the operating system's, on a file that says whose it is. It ends with the
    process that holds it, however that ends, so a file left behind by a killed one is no
    obstacle. Raises CourseError, naming the process, where another one is at it.
    """
    path = course.root / f".grading-{assignment}.lock"
    with _opened(path, assignment) as file:
        file.truncate(0)
        file.write(f"{os.getpid()} on {os.uname().nodename}".encode())
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _opened(path, assignment):
    """Return the locked file, the one that is at `path` now."""
    while True:
        file = open(path, "a+b")  # noqa: SIM115  (the caller closes it)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # whoever held it before may have removed it meanwhile, and a third made another
            if _is_at(path, file):
                return file
            file.close()
        except OSError as error:
            file.seek(0)
            whose = file.read(200).decode("utf-8", "replace").strip() or "a process unknown"
            file.close()
            if not isinstance(error, BlockingIOError):
                raise
            raise CourseError(
                f"{assignment} is being graded already, by process {whose}: wait until it is "
                "done, or stop it (Ctrl-C where it runs); what it has done is kept."
            ) from error


def _is_at(path, file):
    try:
        return os.path.samestat(os.stat(path), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
