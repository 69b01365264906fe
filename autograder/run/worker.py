"""One submission graded, from a Job to a Result: what a worker process is asked to do."""

import atexit
import os
import time
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from autograder.mending import mend
from autograder.mending.answers import answers_of
from autograder.report.cell_findings import read_cells
from autograder.run.grading_notes import keep_notes
from autograder.run.job import GradedNotebook, Result
from autograder.run.notebook_json import as_json
from autograder.seal import Sandbox, SealError
from autograder.verdict import converse
from autograder.verdict.drawn_ahead import draw_ahead
from course.hints import LEVELS, VARIABLE


def grade_job(job):
    """Return the Result of a Job.

    Whatever a student did, it is graded; Result.failure is for faults of the grader's own and of
    the machine it runs on. The sandbox is started by the first job of a process, and serves all
    that follow under the same limits.
    """
    start = time.perf_counter()
    notebooks, failure = (), ""
    try:
        try:
            notebooks = _notebooks(job)
        except SealError:
            # a sandbox that came down starts anew, once
            notebooks = _notebooks(job)
    except SealError as error:
        failure = str(error)
    except Exception as error:
        failure = f"The grader failed: {type(error).__name__}: {error}"
    return Result(job.assignment, job.student, notebooks, time.perf_counter() - start, failure)


def open_sandbox(limits, sealed=True, line=None):
    """Return this process's Sandbox for these limits, started when first asked for.

    line : for one that is not started yet, a socket to a zygote that it shares with others.
    It is closed when the process ends. Raises SealError where nothing can be sealed.
    """
    with _OPENING:
        return _opened(limits, sealed, _Line(line))


_OPENING = Lock()


class _Line:
    """A socket to a zygote, or none: all are alike, for a sandbox is known by its limits."""

    def __init__(self, socket):
        self.socket = socket

    def __eq__(self, other):
        return isinstance(other, _Line)

    def __hash__(self):
        return 0


@lru_cache(maxsize=2)
def _opened(limits, sealed, line):
    sandbox = Sandbox(limits, sealed, line=line.socket)
    atexit.register(sandbox.close)
    return sandbox


def pictures_ahead(cells, sandbox, limits):
    """Return what a sandbox's forks know, after drawing for them what a released notebook shows.

    Once for each notebook, and where others share the sandbox's zygote this one's share of it;
    theirs is there when they have drawn it. See `draw_ahead` for the arguments.
    """
    _draw_once(cells, sandbox, limits)
    return sandbox.pictures


@lru_cache(maxsize=32)
def _draw_once(cells, sandbox, limits):
    share = sandbox.facts.get("share", (0, 1))
    sandbox.will_keep()
    sandbox.keep(draw_ahead(cells, sandbox, limits, share))


def _notebooks(job):
    sandbox = open_sandbox(job.limits, job.sealed)
    with _hints(job.hints):
        return tuple(_grade(job, name, sandbox) for name in job.patterns)


def _grade(job, name, sandbox):
    """Return the GradedNotebook of one notebook of a job."""
    start = time.perf_counter()
    mended = mend(job.files.get(name), job.patterns[name], job.notes)
    pictures = pictures_ahead(job.given.get(name, ()), sandbox, job.limits)
    # where files lie beside the notebook, its first cells may want to read them
    cells = () if job.others else job.opening.get(name, ())
    # nbgrader can be told to let the marks of what it takes out stand in given cells, too
    later = [cell for cell in job.given.get(name, ()) if cell not in cells and "BEGIN" not in cell]
    opening = sandbox.opening(cells, job.limits.notebook_seconds, later)
    came = converse(mended.notebook, job.secret, sandbox, job.limits, job.others, pictures, opening)
    keep_notes(came.notebook, mended.mends, came.trouble)
    return GradedNotebook(
        name=name,
        data=as_json(came.notebook, [html for _, html, _ in pictures]),
        grades=came.grades,
        found=tuple(read_cells(came.notebook, name)),
        mends=mended.mends,
        trouble=came.trouble,
        seconds=time.perf_counter() - start,
        answers=answers_of(came.notebook.cells),
    )


@contextmanager
def _hints(level):
    """Show as many hints as the course chose, wherever this worker runs."""
    before = os.environ.get(VARIABLE)
    if level in LEVELS:
        os.environ[VARIABLE] = level
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before
