"""A gradebook on PostgreSQL: two graders at once, locks of others, a server that is gone."""

import shutil
import threading
import time

import psycopg
import pytest
from sqlalchemy.engine import make_url

from autograder.course_error import CourseError
from autograder.course_folder import Course
from autograder.gradebook.recording import recording
from autograder.gradebook.writer import GradebookWriter
from autograder.through_nbgrader.assignment import record_assignment

from .small_course import ASSIGNMENT, DIGEST, DUE, hand_in, result_of
from .tables import grades_of, tables_of
from .test_killed import start_writer

pytestmark = pytest.mark.slow


@pytest.fixture
def course(postgres_course):
    """What follows is PostgreSQL's own."""
    return postgres_course


def connected(url):
    """Return a connection to the database at a URL, beside SQLAlchemy."""
    parts = make_url(url)
    return psycopg.connect(host=parts.query["host"], user=parts.username, dbname=parts.database)


def test_two_graders_at_once_lose_nothing(postgres, made_course, tmp_path):
    # each on a machine of its own: nothing is shared but the database, which is new
    postgres.execute("CREATE DATABASE shared")
    url = postgres.url("shared")
    courses = []
    for name in ("one", "other"):
        shutil.copytree(made_course, tmp_path / name)
        (tmp_path / name / "gradebook.db").unlink()
        with (tmp_path / name / "nbgrader_config.py").open("a") as config:
            config.write(f"c.CourseDirectory.db_url = {url!r}\n")
        (tmp_path / name / "submitted" / "base" / ASSIGNMENT).mkdir(parents=True)
        courses.append(Course(tmp_path / name))
    students = [f"s{number:03}" for number in range(90)]
    # the assignment is recorded by both, at the same time, into a database without a table
    both = [courses[0], students[:60]], [courses[1], students[:29:-1]]
    go = tmp_path / "go"
    processes = [start_writer(course.root, go, "2", *names) for course, names in both]
    time.sleep(2)
    go.touch()
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    tables = tables_of(url)
    assert [row[0] for row in tables["student"]] == students
    assert [row[1] for row in tables["submitted_assignment"]] == students
    assert set(tables["stray"].values()) == {0}
    for student in students:
        assert len(grades_of(url, student)) == 5
    assert len(tables["grade"]) == 5 * len(students)
    assert len(tables["comment"]) == 5 * len(students)
    for course, names in both:
        for student in names:
            assert course.folder("autograded", ASSIGNMENT, student).is_dir()


def test_a_person_at_work_loses_nothing(course, url):
    """Formgrader enters points while the class is graded again and again."""
    students = [f"s{number:02}" for number in range(10)]
    submissions = [hand_in(course, student) for student in students]
    given = [(result_of(course, one), one, DIGEST) for one in submissions]
    with GradebookWriter(course, ASSIGNMENT) as writer:
        assert writer.write(given) == {}
        over = threading.Event()
        troubles = []

        def grade_again():
            while not over.is_set():
                troubles.extend(writer.write(given).items())

        grading = threading.Thread(target=grade_again)
        grading.start()
        try:
            for student in students:
                with course.gradebook() as book:
                    grade = book.find_grade("test_square", "problem", ASSIGNMENT, student)
                    grade.manual_score = 1.5
                    grade.needs_manual_grade = False
                    book.db.commit()
        finally:
            over.set()
            grading.join()
        assert troubles == []
        assert writer.write(given) == {}
    for student in students:
        assert grades_of(url, student)["problem", "test_square"] == (2, 1.5, True)


def test_a_row_that_another_one_holds_is_waited_for(course, url, batch):
    with GradebookWriter(course, ASSIGNMENT) as writer:
        assert writer.write(batch) == {}
        with connected(url) as other:
            other.execute("UPDATE submitted_assignment SET timestamp = NULL")
            release = threading.Timer(1.5, other.rollback)
            release.start()
            assert writer.write(batch) == {}
            release.join()
    assert tables_of(url)["submitted_assignment"][0][2] == "2026-03-06 17:00:00"


def test_a_row_that_stays_held_is_an_error_in_words(course, url, batch):
    with GradebookWriter(course, ASSIGNMENT, patience=0.2) as writer:
        assert writer.write(batch) == {}
        with connected(url) as other:
            other.execute("UPDATE submitted_assignment SET timestamp = NULL")
            with pytest.raises(CourseError, match=r"lock timeout.*more than 0\.2 s"):
                writer.write(batch)
            other.rollback()
        assert writer.write(batch) == {}


def test_a_deadlock_is_tried_again(course, url, batch):
    bob = hand_in(course, "bob")
    both = [*batch, (result_of(course, bob), bob, DIGEST)]
    with GradebookWriter(course, ASSIGNMENT) as writer:
        assert writer.write(both) == {}
        # ends the other one's transaction, when it waits for what this one has, and not ours
        with connected(url) as other:
            other.execute("SET deadlock_timeout = '10s'")
            held = "UPDATE submitted_assignment SET timestamp = NULL WHERE student_id = %s"
            other.execute(held, ["bob"])
            writing = threading.Thread(target=lambda: answers.append(writer.write(both)))
            answers = []
            writing.start()
            time.sleep(0.3)
            try:
                other.execute(held, ["ada"])
                other.commit()
            except psycopg.errors.DeadlockDetected:
                other.rollback()
            writing.join()
        assert answers == [{}]
    assert {row[2] for row in tables_of(url)["submitted_assignment"]} == {"2026-03-06 17:00:00"}


def test_nobody_writes_while_cells_are_recorded(course, url, batch):
    with GradebookWriter(course, ASSIGNMENT, patience=0.2) as writer:
        with recording(course), pytest.raises(CourseError, match=r"more than 0\.2 s"):
            writer.write(batch)
        with (
            recording(course),
            pytest.raises(CourseError, match="being written to by other"),
            recording(course, patience=0.1),
        ):
            pytest.fail("two recorded at once")
        assert writer.write(batch) == {}
    record_assignment(course, ASSIGNMENT)
    assert grades_of(url, "ada")["problem", "test_square"] == (2, None, False)


def test_a_server_that_is_gone_is_said_without_the_password(course, postgres):
    with (course.root / "nbgrader_config.py").open("a") as config:
        url = "postgresql+psycopg://ada:secret@/grades?host=/nowhere"
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    with pytest.raises(CourseError, match=r"ada:\*\*\*@.*cannot be used") as caught:
        GradebookWriter(Course(course.root), ASSIGNMENT)
    assert "secret" not in str(caught.value)


def test_nbgrader_itself_reads_what_was_written(course, batch):
    with GradebookWriter(course, ASSIGNMENT) as writer:
        assert writer.write(batch) == {}
    with course.gradebook() as book:
        assert book.find_assignment(ASSIGNMENT).duedate.isoformat(" ") == DUE.removesuffix(" UTC")
        submission = book.find_submission(ASSIGNMENT, "ada")
        assert (submission.score, submission.max_score, submission.needs_manual_grade) == (3, 15, 1)
        (row,) = book.notebook_submission_dicts("problem", ASSIGNMENT)
        assert (row["student"], row["score"], row["failed_tests"]) == ("ada", 2, False)
