"""Grading a class: jobs to an executor, a few at a time, and one writer for what comes back."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from time import monotonic

from autograder.course_error import CourseError
from autograder.gradebook.digest import digest_of
from autograder.gradebook.writer import GradebookWriter
from autograder.handed_in.submissions import read_submissions
from autograder.mending.pattern import patterns_of
from autograder.report.cell_findings import CellFindings
from autograder.report.class_results import read_failures, write_failures
from autograder.run.calls import Call, in_words, run_calls
from autograder.run.given_code import given_code
from autograder.run.grading_lock import grading_lock
from autograder.run.job import Result
from autograder.run.jobs import JobMaker
from autograder.run.open_executor import grade_in_worker, open_executor
from autograder.run.stopping import Stop
from autograder.seal.limits import Limits
from autograder.source_notebook import refuse_other_languages
from autograder.through_nbgrader.assignment import record_assignment

BATCH, SECONDS = 20, 1.0
"""Results are recorded when this many have come, or after this long, whichever is sooner."""


@dataclass(frozen=True)
class Graded:
    """What was done about one submission.

    student : the id.
    skipped : whether just this had been graded already and was left as it was.
    failure : why it could not be graded, in words; "" where it could.
    found : what the scores of its test cells say, the CellFindings of each; none where skipped.
    mends : what was found wrong with the notebooks and done about it, a sentence each.
    trouble : what went wrong while they ran (time-outs, deaths), a sentence each.
    seconds : how long the worker took.
    """

    student: str
    skipped: bool = False
    failure: str = ""
    found: tuple[CellFindings, ...] = ()
    mends: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    seconds: float = 0.0


def grade_class(
    course, assignment, students=(), force=False, workers=None, scheduler=None, sealed=True,
    *, executor=None, grade=grade_in_worker, zygote=None,
):  # fmt: skip
    """Return the ClassRun that grades an assignment's submissions as it is iterated over.

    course : a Course; students : whose submissions, everybody's where none is given.
    force : grade again what was graded and has not changed since.
    workers : how many processes; where None is given, one for each core, and one more where they
        can share a sandbox.
    scheduler : the address of a Dask scheduler, to grade on its workers instead.
    sealed : whether students' code runs in the sandbox; False gives it your rights.
    executor : a concurrent.futures.Executor to use instead of one made here; it is shut down
        after the run. How many calls it runs at once is read from its attribute `workers`.
    grade : the function from a Job to a Result that is called there.
    zygote : a SharedZygote for the workers' sandboxes, whose caller closes it; without one each
        worker has a zygote of its own.

    Raises CourseError where there is no such assignment or student, its notebooks are not in
    Python, somebody else is grading it just now, or nbgrader refuses the source; while it is
    iterated over, where nothing can be sealed or the gradebook cannot be used. What was graded
    until then is recorded.
    """
    submissions = read_submissions(course, assignment, students)
    refuse_other_languages(course, assignment)
    limits = Limits.from_config(course.config)
    with ExitStack() as opened:
        opened.enter_context(grading_lock(course, assignment))
        if executor is None:
            # where it was foreseen that there is something to grade, beside what is done here
            ahead = _ahead(course, assignment, submissions) if zygote and zygote.is_there else ()
            executor = open_executor(workers, scheduler, limits, sealed, zygote, *ahead)
        opened.callback(executor.shutdown, cancel_futures=True)
        record_assignment(course, assignment)
        make_job = JobMaker(course, assignment, patterns_of(course, assignment), limits, sealed)
        writer = GradebookWriter(course, assignment)
        opened.callback(writer.close)
        run = ClassRun(submissions, make_job, executor, grade, writer, force)
        run.opened = opened.pop_all()
    return run


def _ahead(course, assignment, submissions):
    """Return what workers may draw before it is recorded, and how many calls they will have."""
    given = {}
    # what is wrong with a source is nbgrader's to say
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        given, _ = given_code(course.folder("source", assignment))
    return given, len(submissions)


class ClassRun:
    """A class on its way through the workers; iterating over it yields a Graded for each.

    A submission is yielded once it is recorded. No more than a few are in memory, however
    large the class. It can be iterated over once; `len` tells how many submissions there are.
    Who wants to end it early sets `stop`, a Stop.
    """

    def __init__(self, submissions, make_job, executor, grade, writer, force):
        self._submissions, self._make_job = submissions, make_job
        self._executor, self._grade, self._writer = executor, grade, writer
        self._force = force
        self._failures = read_failures(writer.course, writer.assignment)
        self._skipped, self._finished = [], []
        self._recorded = monotonic()
        self.stop = Stop(then=writer.stop_waiting)
        self.opened = ExitStack()

    def __len__(self):
        return len(self._submissions)

    def __iter__(self):
        with self.opened:
            try:
                for ended in run_calls(self._executor, self._calls(), self.stop):
                    yield from self._take(ended)
                yield from self._record()
            except BaseException:
                # whatever it was, what is finished is not graded twice for it
                self._record()
                raise

    def _calls(self):
        """Yield a Call for each submission, or None for one that stays as it is."""
        for submission in self._submissions.values():
            job = self._make_job(submission)
            digest = digest_of(job, submission)
            if self._force or not self._writer.is_current(submission, digest):
                yield Call(self._grade, (job,), (submission, digest))
            else:
                self._forget_failures([submission.student])
                self._skipped.append(Graded(submission.student, skipped=True))
                yield None

    def _take(self, ended):
        """Keep what came of calls, and yield what was skipped or recorded since the last time."""
        refusals = [call.error for call in ended if isinstance(call.error, CourseError)]
        for call in ended:
            submission, digest = call.about
            result = call.value or Result(
                self._writer.assignment,
                submission.student,
                failure=f"{in_words(call.error)} (tried {call.tries} times)",
            )
            if call.error not in refusals:
                self._finished.append((result, submission, digest))
        if refusals:
            # no other submission would fare better
            raise refusals[0]
        skipped, self._skipped = self._skipped, []
        yield from skipped
        overdue = monotonic() - self._recorded >= SECONDS
        if len(self._finished) >= BATCH or (self._finished and overdue):
            yield from self._record()

    def _record(self):
        """Record what is finished and return the Graded of each."""
        batch, self._finished = self._finished, []
        self._recorded = monotonic()
        if not batch:
            return []
        refused = self._writer.write(batch)
        failures = {student: f"Could not be graded: {cause}" for student, cause in refused.items()}
        self._forget_failures(s.student for _, s, _ in batch if s.student not in failures)
        if failures:
            self._failures |= failures
            self._write_failures()
        return [_graded(result, failures.get(s.student, "")) for result, s, _ in batch]

    def _forget_failures(self, students):
        gone = [student for student in students if self._failures.pop(student, None)]
        if gone:
            self._write_failures()

    def _write_failures(self):
        write_failures(self._writer.course, self._writer.assignment, self._failures)


def _graded(result, failure):
    if failure:
        return Graded(result.student, failure=failure, seconds=result.seconds)
    return Graded(
        result.student,
        found=tuple(cell for notebook in result.notebooks for cell in notebook.found),
        # what is true of the whole submission is said of each notebook
        mends=_once(said for notebook in result.notebooks for said in notebook.mends),
        trouble=_once(said for notebook in result.notebooks for said in notebook.trouble),
        seconds=result.seconds,
    )


def _once(sentences):
    return tuple(dict.fromkeys(sentences))
