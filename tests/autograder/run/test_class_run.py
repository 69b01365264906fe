"""A class through any executor: what is tried again, what is skipped, how much is under way."""

import os
import shutil
import stat
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest

from autograder.course_error import CourseError
from autograder.gradebook.writer import GradebookWriter
from autograder.report.class_results import read_failures, read_results
from autograder.run.grade_class import grade_class
from autograder.run.grading_lock import grading_lock

from .standin import ASSIGNMENT, NAME, grade, hand_in

pytestmark = pytest.mark.nbgrader


def run(course, executor=None, grade=grade, **options):
    """Grade a class with the stand-in, in threads, and return student -> Graded."""
    executor = executor or ThreadPoolExecutor(2)
    graded = list(grade_class(course, ASSIGNMENT, executor=executor, grade=grade, **options))
    assert len({one.student for one in graded}) == len(graded)
    return {one.student: one for one in graded}


def skipped(graded):
    return {student for student, one in graded.items() if one.skipped}


def points(course):
    return {result.student: result.points for result in read_results(course, ASSIGNMENT)}


class Flaky(Executor):
    """Runs calls in this thread, and loses the first of some: in four ways."""

    def __init__(self, loses, how, times):
        self.loses, self.how, self.left = loses, how, dict.fromkeys(loses, times)
        self.submitted = []

    def submit(self, function, job):
        future = Future()
        self.submitted.append(job.student)
        if self.left.get(job.student, 0):
            self.left[job.student] -= 1
            if self.how == "cancelled":
                future.cancel()
                future.set_running_or_notify_cancel()
            else:
                future.set_exception(self.how)
        else:
            try:
                future.set_result(function(job))
            except Exception as error:
                future.set_exception(error)
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.submitted.append("shut down")


def test_what_is_said_more_than_once_is_kept_once(class_of):
    """As what is true of a submission, which is said of each of its notebooks."""
    course = class_of({"ana": {"mends": ["Passed over a."] * 2, "trouble": ["Slow."] * 2}})
    done = run(course)["ana"]
    assert (done.mends, done.trouble) == (("Passed over a.",), ("Slow.",))


LOST = [OSError("the worker is gone"), RuntimeError(), "cancelled"]


@pytest.mark.parametrize("how", LOST, ids=str)
def test_what_an_executor_loses_is_tried_again(class_of, how):
    course = class_of({student: {} for student in ("ana", "ben", "cho", "dov")})
    flaky = Flaky({"ben", "dov"}, how, times=1)
    graded = run(course, flaky)
    assert [one.failure for one in graded.values()] == [""] * 4
    assert points(course) == dict.fromkeys(("ana", "ben", "cho", "dov"), 30)
    assert flaky.submitted.count("ben") == 2
    assert flaky.submitted[-1] == "shut down"


@pytest.mark.parametrize("how", LOST, ids=str)
def test_what_is_lost_twice_has_failed_and_earns_no_points(class_of, how):
    course = class_of({student: {} for student in ("ana", "ben", "cho")})
    flaky = Flaky({"ben"}, how, times=99)
    graded = run(course, flaky)
    assert "(tried 2 times)" in graded["ben"].failure
    assert flaky.submitted.count("ben") == 2
    assert points(course) == {"ana": 30, "ben": None, "cho": 30}
    assert read_failures(course, ASSIGNMENT).keys() == {"ben"}
    # the next run takes up just that one
    again = Flaky(set(), None, 0)
    graded = run(course, again)
    assert again.submitted == ["ben", "shut down"]
    assert skipped(graded) == {"ana", "cho"}
    assert points(course) == {"ana": 30, "ben": 30, "cho": 30}
    assert read_failures(course, ASSIGNMENT) == {}


def test_a_worker_that_cannot_grade_gives_no_zero(class_of):
    course = class_of({"ana": {}, "ben": {"fail": "No sandbox could be started."}})
    graded = run(course)
    assert graded["ben"].failure == "Could not be graded: No sandbox could be started."
    assert points(course) == {"ana": 30, "ben": None}


def test_a_failure_leaves_what_was_graded_before(class_of):
    course = class_of({"ana": {"share": 0.5}})
    run(course)
    page = course.folder("autograded", ASSIGNMENT, "ana") / f"{NAME}.ipynb"
    before = page.read_bytes()
    hand_in(course.root, "ana", fail="the worker has no numpy")
    run(course)
    with course.gradebook() as book:
        assert book.find_submission(ASSIGNMENT, "ana").score == 15
    assert page.read_bytes() == before
    assert points(course) == {"ana": None}


def test_a_refusal_of_all_ends_the_run_and_keeps_what_is_done(class_of):
    course = class_of({f"s{i}": {} for i in range(9)})

    def refuse_after_three(job):
        if job.student > "s2":
            raise CourseError("No sandbox here: install bubblewrap.")
        return grade(job)

    with pytest.raises(CourseError, match="install bubblewrap"):
        run(course, Flaky(set(), None, 0), refuse_after_three)
    assert {s for s, earned in points(course).items() if earned} == {"s0", "s1", "s2"}
    assert not list(course.root.glob(".grading*"))


def test_unchanged_work_is_skipped_by_content_not_by_date(class_of):
    course = class_of({"ana": {}, "ben": {}})
    run(course)
    work = course.root / "submitted/ana" / ASSIGNMENT / f"{NAME}.ipynb"
    os.utime(work, (4e9, 4e9))
    assert skipped(run(course)) == {"ana", "ben"}
    same_time = work.stat()
    hand_in(course.root, "ana", share=0.5)
    os.utime(work, ns=(same_time.st_atime_ns, same_time.st_mtime_ns))
    assert skipped(run(course)) == {"ben"}
    assert points(course) == {"ana": 15, "ben": 30}
    assert skipped(run(course, force=True)) == set()
    (work.parent / "data.csv").write_text("1,2\n")
    assert skipped(run(course)) == {"ben"}


def test_a_graded_folder_that_went_is_graded_again(class_of):
    course = class_of({"ana": {}, "ben": {}})
    run(course)
    shutil.rmtree(course.root / "autograded" / "ana")
    assert skipped(run(course)) == {"ben"}


class Breaking(Flaky):
    """Takes a few calls, and then none."""

    def submit(self, function, job):
        if len(self.submitted) >= 5:
            raise RuntimeError("no worker is left")
        return super().submit(function, job)


def test_an_executor_that_takes_no_more_ends_the_run_and_what_came_back_is_kept(class_of):
    course = class_of({f"s{i}": {} for i in range(9)})
    with pytest.raises(RuntimeError, match="no worker is left"):
        run(course, Breaking(set(), None, 0))
    assert {s for s, earned in points(course).items() if earned} == {f"s{i}" for i in range(5)}


class Counting(ThreadPoolExecutor):
    """Counts how many calls it holds at a time."""

    def __init__(self, workers):
        super().__init__(workers)
        self.workers = workers
        self.held = self.most = 0
        self.lock = threading.Lock()

    def submit(self, function, *arguments):
        with self.lock:
            self.held += 1
            self.most = max(self.most, self.held)
        future = super().submit(function, *arguments)
        future.add_done_callback(self.let_go)
        return future

    def let_go(self, _):
        with self.lock:
            self.held -= 1


def test_few_are_under_way_however_large_the_class(class_of, monkeypatch):
    course = class_of({f"s{i:02}": {} for i in range(70)})
    batches = []
    write = GradebookWriter.write

    def counting(self, batch):
        batches.append(len(batch))
        return write(self, batch)

    monkeypatch.setattr(GradebookWriter, "write", counting)
    executor = Counting(3)
    assert len(run(course, executor)) == 70
    assert 3 <= executor.most <= 8
    assert sum(batches) == 70
    assert max(batches) <= 20 + 8
    assert len(batches) <= 5


def test_slow_results_are_recorded_after_a_second(class_of):
    course = class_of({"ana": {}, "ben": {"sleep": 4}})
    graded = iter(grade_class(course, ASSIGNMENT, executor=ThreadPoolExecutor(2), grade=grade))
    assert next(graded).student == "ana"
    assert points(course) == {"ana": 30, "ben": None}
    assert next(graded).student == "ben"


def test_stopping_ends_with_what_is_done(class_of):
    course = class_of({f"s{i}": {"sleep": 0.3} for i in range(30)})
    executor = ThreadPoolExecutor(1)
    executor.workers = 1
    run = grade_class(course, ASSIGNMENT, executor=executor, grade=grade)
    threading.Timer(1.0, run.stop.ask).start()
    done = {one.student for one in run}
    assert 1 <= len(done) <= 6
    assert {s for s, earned in points(course).items() if earned is not None} == done
    assert not list(course.root.glob(".grading*"))
    # nobody may submit to it any more
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(abs, 1)


def test_whoever_reads_no_further_loses_nothing(class_of):
    course = class_of({f"s{i:02}": {} for i in range(50)})
    graded = iter(grade_class(course, ASSIGNMENT, executor=ThreadPoolExecutor(2), grade=grade))
    next(graded)
    graded.close()
    earned = [student for student, earned in points(course).items() if earned is not None]
    assert len(earned) >= 20
    assert not list(course.root.glob(".grading*"))


def test_two_at_once_on_one_assignment_are_refused(class_of):
    course = class_of({"ana": {}})
    with grading_lock(course, ASSIGNMENT):
        with pytest.raises(CourseError, match=rf"graded already, by process {os.getpid()} on "):
            grade_class(course, ASSIGNMENT, executor=ThreadPoolExecutor(1), grade=grade)
        with grading_lock(course, "04_other"):
            pass
    assert run(course)["ana"].failure == ""


def test_a_lock_that_was_left_behind_is_none(class_of):
    course = class_of({"ana": {}})
    (course.root / f".grading-{ASSIGNMENT}.lock").write_text("1 on a machine long gone")
    assert run(course)["ana"].failure == ""
    assert not list(course.root.glob(".grading*"))


def test_the_key_is_kept_and_readable_by_its_owner_alone(class_of):
    course = class_of({"ana": {}})
    run(course)
    key = course.root / ".grader_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    run(course, force=True)
    assert key.read_bytes() == before
