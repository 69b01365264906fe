"""`nbgrader autograde` on a course with plain asserts: options, links, renamed files, no seal."""

import os
import re
import shutil

import pytest

from autograder.__main__ import main
from autograder.course_folder import Course

from ..conftest import ROOT, digests
from ..gradebook.small_course import ASSIGNMENT, hand_in, make_course
from ..nbgrader_command import nbgrader, points_of

pytestmark = [pytest.mark.nbgrader, pytest.mark.slow]

CONFIG = """
from autograder.through_nbgrader.configure_grading import configure_grading
configure_grading(c)
c.Seal.cell_seconds = 5
"""
HONEST = {("problem", "test_square"): 2, ("extra", "test_seven"): 1}
ANSWERS = {"square": "def square(x):\n    return x * x", "seven": "z = 7", "essay": "Because."}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("made") / "course", CONFIG).root


@pytest.fixture
def course(made, tmp_path):
    """A course of one's own, with ann's honest work handed in."""
    shutil.copytree(made, tmp_path / "course")
    found = Course(tmp_path / "course")
    hand_in(found, "ann", ANSWERS)
    return found


def earned_by(course, student, config=None):
    """Return (notebook, cell) -> points of the tests."""
    points = points_of(course.root, ASSIGNMENT, config)[student]
    return {cell: earned for cell, earned in points.items() if cell in HONEST}


@pytest.fixture(scope="module")
def graded(made, tmp_path_factory):
    """A class that went through `nbgrader autograde` once, and what that said; for tests to read.

    Everybody else's notebooks are ann's, but for what is told of them here.
    """
    folder = tmp_path_factory.mktemp("graded")
    course = Course(shutil.copytree(made, folder / "course"))
    for student, cells in (
        ("ann", {}),
        ("ben", {"square": "def square(x):\n    return x + x", "seven": "import os\nos._exit(0)"}),
        ("dea", {"seven": "while True: pass"}),
        ("eve", {"seven": "print('half a character: \\ud800')\nz = 7"}),
        ("abe", {}),
    ):
        hand_in(course, student, ANSWERS | cells)
    hand_in(course, "cem", ANSWERS, names=["problem"])
    reads = "z = int(open('data/numbers.csv').read()[0]) + int(open('mine.txt').read())"
    hand_in(course, "fay", ANSWERS | {"seven": reads}, files={"mine.txt": "6"})
    hand_in(course, "ada", ANSWERS, timestamp="soon")
    hand_in(course, "bom", ANSWERS, timestamp="\ufeff2026-03-05 10:00:00 UTC")
    hand_in(course, "ina", ANSWERS, timestamp="2999-03-05 10:00:00 UTC")
    timestamp = course.folder("submitted", ASSIGNMENT, "abe") / "timestamp.txt"
    timestamp.unlink()
    os.mkfifo(timestamp)
    _hand_in_links(course, "lin", folder)
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 0, ended.stdout
    return course, ended.stdout


def _hand_in_links(course, student, outside):
    secret = outside / "secret.txt"
    secret.write_text("what nobody is to read")
    seven = {"seven": "import glob\nprint(glob.glob('*'))\nz = 7"}
    hand_in(course, student, ANSWERS | seven, files={"mine.txt": "6", "odd[1]/a": "b"})
    folder = course.folder("submitted", ASSIGNMENT, student)
    (folder / "odd[1]" / "secret.csv").symlink_to(secret)
    (folder / "gone.csv").symlink_to(outside / "not there")
    (folder / "endless.csv").symlink_to("/dev/zero")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.csv")
    (folder / "problem.ipynb").unlink()
    (folder / "problem.ipynb").symlink_to(
        course.folder("submitted", ASSIGNMENT, "ann") / "problem.ipynb"
    )


def test_several_notebooks_and_plain_asserts(graded):
    course, said = graded
    assert earned_by(course, "ann") == earned_by(course, "eve") == HONEST
    assert set(earned_by(course, "ben").values()) == {0}
    assert earned_by(course, "cem") == HONEST | {("extra", "test_seven"): 0}
    assert earned_by(course, "dea") == HONEST | {("extra", "test_seven"): 0}
    assert "more than 5 s" in said
    # left to a person
    assert points_of(course.root, ASSIGNMENT)["ann"]["problem", "essay"] is None


def test_a_notebook_reads_its_data_and_the_courses(graded):
    assert earned_by(graded[0], "fay") == HONEST


def test_directories_and_database_of_the_command_line_hold(course, tmp_path):
    root = course.root
    (root / "submitted").rename(root / "handed")
    (root / "gradebook.db").rename(tmp_path / "other.db")
    url = f"sqlite:///{tmp_path / 'other.db'}"
    arguments = [
        "--db", url, "--CourseDirectory.submitted_directory=handed",
        "--CourseDirectory.autograded_directory=graded",
    ]  # fmt: skip
    ended = nbgrader(root, "autograde", ASSIGNMENT, "--student", "ann", *arguments)
    assert ended.returncode == 0, ended.stdout
    assert (root / "graded" / "ann" / ASSIGNMENT / "problem.ipynb").is_file()
    assert not (root / "gradebook.db").exists()
    config = Course(root).config
    config.CourseDirectory.db_url = url
    assert earned_by(course, "ann", config) == HONEST


@pytest.mark.nightly
def test_the_course_may_lie_elsewhere(course, tmp_path):
    config = tmp_path / "nbgrader_config.py"
    shutil.move(course.root / "nbgrader_config.py", config)
    ended = nbgrader(tmp_path, "autograde", ASSIGNMENT, f"--CourseDirectory.root={course.root}")
    assert ended.returncode == 0, ended.stdout
    assert (course.root / ".grader_key").is_file()
    assert not (tmp_path / ".grader_key").exists()
    shutil.copy(config, course.root)
    assert earned_by(course, "ann") == HONEST


@pytest.mark.nightly
def test_one_notebook_of_several(course):
    ended = nbgrader(course.root, "autograde", ASSIGNMENT, "--notebook", "ex*")
    assert ended.returncode == 0, ended.stdout
    graded = course.folder("autograded", ASSIGNMENT, "ann")
    assert [path.name for path in graded.glob("*.ipynb")] == ["extra.ipynb"]


@pytest.mark.nightly
def test_renamed_files_are_graded_and_left_as_they_are(course):
    hand_in(course, "ben", ANSWERS)
    folder = course.folder("submitted", ASSIGNMENT, "ben")
    (folder / "problem.ipynb").rename(folder / "Problem (1).ipynb")
    (folder / "extra.ipynb").rename(folder / "extra.ipynb.txt")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 0, ended.stdout
    assert earned_by(course, "ben") == HONEST
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.nightly
def test_a_student_with_nothing_but_strange_names_is_found(course):
    hand_in(course, "ben", ANSWERS, names=["problem"])
    folder = course.folder("submitted", ASSIGNMENT, "ben")
    (folder / "problem.ipynb").rename(folder / "problem.ipynb.txt")
    assert nbgrader(course.root, "autograde", ASSIGNMENT).returncode == 0
    assert earned_by(course, "ben") == HONEST | {("extra", "test_seven"): 0}


def test_links_are_neither_read_nor_copied(graded):
    course, said = graded
    # the other one's work earns nothing
    assert earned_by(course, "lin") == HONEST | {("problem", "test_square"): 0}
    copied = course.folder("autograded", ASSIGNMENT, "lin")
    found = {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()}
    assert found == {
        "data/numbers.csv", "extra.ipynb", "mine.txt", "odd[1]/a", "problem.ipynb",
        "timestamp.txt",
    }  # fmt: skip
    assert "secret.csv" in said
    assert "what nobody" not in said
    assert not any(b"what nobody" in path.read_bytes() for path in copied.rglob("*.ipynb"))


def test_what_nbgrader_cannot_grade_holds_nobody_up(graded):
    course, said = graded
    assert earned_by(course, "ann") == HONEST
    assert "its timestamp.txt is no regular file" in said
    assert earned_by(course, "ina") == HONEST
    assert "ina/ps: Handed in at 2999-03-05 10:00:00 UTC, says timestamp.txt" in said
    assert "ada/ps is not graded. Passed over timestamp.txt, which holds 'soon'" in said
    assert "bom/ps is not graded. Its timestamp.txt is in an encoding that nbgrader does" in said
    # known to be ungraded, and not graded with nothing
    points = points_of(course.root, ASSIGNMENT)
    for student in ("abe", "ada", "bom"):
        assert set(points.get(student, {}).values()) <= {None}


def test_who_handed_in_no_notebook_or_none_that_is_surely_meant_earns_0_with_the_cause(course):
    hand_in(course, "alf", ANSWERS, names=["problem"])
    one = course.folder("submitted", ASSIGNMENT, "alf") / "problem.ipynb"
    one.with_name("one.ipynb").write_bytes(one.read_bytes() + b" ")
    one.rename(one.with_name("two.ipynb"))
    hand_in(course, "bea", ANSWERS, names=[], files={"notes.txt": "My laptop died."})
    twin = Course(shutil.copytree(course.root, course.root.with_name("twin")))
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 0, ended.stdout
    assert main(["grade", ASSIGNMENT, "--course-root", str(twin.root)]) == 0
    assert earned_by(course, "ann") == HONEST
    theirs, ours = (points_of(each.root, ASSIGNMENT) for each in (course, twin))
    for student in ("alf", "bea"):
        assert theirs[student] == ours[student]
        assert set(earned_by(course, student).values()) == {0}
        graded = course.folder("autograded", ASSIGNMENT, student)
        for name in ("problem", "extra"):
            assert "was not handed in" in (graded / f"{name}.ipynb").read_text()
    assert "earns nothing: No notebook was handed in" in ended.stdout
    assert "and several others: one.ipynb, two.ipynb" in ended.stdout


def nothing_graded(course):
    return points_of(course.root, ASSIGNMENT) == {} and not (course.root / "autograded").exists()


def test_without_a_seal_nothing_is_graded(course, tmp_path):
    ended = nbgrader(course.root, "autograde", ASSIGNMENT, PATH=str(tmp_path))
    assert ended.returncode == 1
    assert re.search(r"ERROR\] .*bubblewrap", ended.stdout)
    assert "Traceback" not in ended.stdout
    assert nothing_graded(course)


def test_a_limit_that_is_none_is_said_in_a_sentence(course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Seal.cell_secs = 3\n")
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 1
    assert "the nearest is 'cell_seconds'" in ended.stdout
    assert "Traceback" not in ended.stdout
    assert nothing_graded(course)


@pytest.mark.parametrize("slip", ["c.Oops(", "raise ValueError", "import not_there"])
def test_a_configuration_that_cannot_be_read_does_not_open_the_sandbox(course, slip):
    """nbgrader says what is wrong with it, and goes on without it."""
    shutil.copy(ROOT / "nbgrader_config.json", course.root)
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{slip}\n")
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 1
    assert "Exception while loading config file" in ended.stdout
    assert "Nothing is graded: the steps of autograde" in ended.stdout
    assert not (course.root / "autograded").exists()


def test_beside_a_configuration_that_can_be_read_the_other_file_changes_nothing(course):
    shutil.copy(ROOT / "nbgrader_config.json", course.root)
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 0 and "Collisions" not in ended.stdout
    assert earned_by(course, "ann") == HONEST


def test_outputs_that_were_handed_in_are_never_taken_for_grades(course):
    ended = nbgrader(course.root, "autograde", ASSIGNMENT, "--no-execute")
    assert ended.returncode == 1
    assert "Got --no-execute" in ended.stdout
    assert nothing_graded(course)


def test_a_unit_in_another_language_is_said_to_be_in_a_sentence(course):
    path = course.root / "source" / ASSIGNMENT / "problem.ipynb"
    text = path.read_text().replace('"language": "python"', '"language": "R"')
    path.write_text(text)
    ended = nbgrader(course.root, "autograde", ASSIGNMENT)
    assert ended.returncode == 1
    assert "problem.ipynb is a notebook in 'R'" in ended.stdout
    assert "Traceback" not in ended.stdout
    assert nothing_graded(course)


def test_a_unit_that_was_never_generated_is_said_to_be_in_a_sentence(course):
    shutil.copytree(course.root / "source" / ASSIGNMENT, course.root / "source" / "other")
    shutil.copytree(
        course.folder("submitted", ASSIGNMENT, "ann"), course.folder("submitted", "other", "ann")
    )
    before = digests(course.root / "submitted")
    ended = nbgrader(course.root, "autograde", "other")
    assert ended.returncode == 1
    assert "The gradebook knows nothing of 'other' yet: `nbgrader generate_assignment other`" in (
        ended.stdout
    )
    assert "Traceback" not in ended.stdout
    assert digests(course.root / "submitted") == before
