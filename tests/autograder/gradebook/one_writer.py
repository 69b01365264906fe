"""A process that writes a class's results: run as a module, so that a test can kill it.

    python -m tests.autograder.gradebook.one_writer ROOT GO VERSION STUDENT …
    python -m tests.autograder.gradebook.one_writer ROOT serve STUDENT …

The second reads lines from standard input, a version and after how many seconds to kill its
writer (or "never"), runs each in a fork, and prints how long it took, a line each. Imports are
then paid for once.
"""

import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from autograder.course_folder import Course
from autograder.gradebook.writer import GradebookWriter
from autograder.through_nbgrader.assignment import record_assignment

from .small_course import ASSIGNMENT, NOTEBOOKS, result_of
from .small_course import read_submission as read

BATCH = 7


def one_result(course, version):
    """Return (Result, Submission, digest) of the student `base`, which earns by its version."""
    submission = read(course.root / "submitted" / "base" / ASSIGNMENT, sorted(NOTEBOOKS))
    result = result_of(course, submission, test_square=float(version % 3))
    notebooks = tuple(
        replace(notebook, data=_marked(notebook.data, version)) for notebook in result.notebooks
    )
    return replace(result, notebooks=notebooks), submission, f"version {version}"


def triples(course, version, students):
    """Yield what is written for each student: the same work, by the version."""
    result, submission, digest = one_result(course, version)
    for student in students:
        yield replace(result, student=student), replace(submission, student=student), digest


def _marked(data, version):
    notebook = json.loads(data)
    notebook["metadata"]["version"] = version
    return json.dumps(notebook).encode()


def write(course, version, students):
    """Write all students in batches."""
    given = list(triples(course, version, students))
    with GradebookWriter(course, ASSIGNMENT) as writer:
        for start in range(0, len(given), BATCH):
            failures = writer.write(given[start : start + BATCH])
            if failures:
                raise SystemExit(f"could not be recorded: {failures}")


def serve(course, students):
    """Write each version that is asked for in a fork, and kill those that are to be killed."""
    for line in sys.stdin:
        version, kill_after = line.split()
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            write(course, int(version), students)
            os._exit(0)
        if kill_after != "never":
            time.sleep(float(kill_after))
            # not waited for yet, and so nobody else's number
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print(time.monotonic() - start, flush=True)


def main(root, go, *rest):
    """Record the assignment and write all students, once the file `go` is there; or serve."""
    course = Course(root)
    if go == "serve":
        serve(course, rest)
        return
    while not Path(go).exists():
        time.sleep(0.005)
    record_assignment(course, ASSIGNMENT)
    write(course, int(rest[0]), rest[1:])


if __name__ == "__main__":
    main(*sys.argv[1:])
