import csv
import io
import shutil

import pytest

from autograder.export import MoodleExporter
from autograder.export.exporter import number, text
from tests.autograder.nbgrader_command import nbgrader

pytestmark = pytest.mark.slow


def table(content):
    return list(csv.reader(io.StringIO(content, newline=""), strict=True))


def test_the_columns_are_those_that_moodle_documents(export):
    head, *rows = table(export(MoodleExporter))
    assert head == ["ID number", "First name", "Last name", "01_chain", "02_nodes"]
    assert all(len(row) == len(head) for row in rows)
    assert {row[0]: row[3:] for row in rows} == {
        "amara": ["6.125", "4"],
        "00123": ["2.5", ""],
        "zoe": ["0", ""],
        "dot@x.org": ["", ""],
    }


def test_by_address(export):
    head, *rows = table(export(MoodleExporter, identify_by="Email address"))
    assert head[0] == "Email address"
    # an id that is an address stands for one
    assert [row[0] for row in rows] == ["dot@x.org", "z@x.org", "a@x.org", "b@x.org"]


def test_feedback_stands_beside_its_grade(export):
    names = {"01_chain": "Unit 1: =chain"}
    head, *rows = table(export(MoodleExporter, feedback=True, assignment_names=names))
    assert head[3:] == [
        "Unit 1: =chain",
        "Unit 1: =chain (Feedback)",
        "02_nodes",
        "02_nodes (Feedback)",
    ]
    said = {row[0]: row[4] for row in rows}
    assert said["amara"] == "a: +1, well done"
    assert said["00123"] == "1.5 points were taken off for handing in late."
    assert "No response" not in said["zoe"]
    assert said["dot@x.org"] == ""


def test_a_line_is_a_student(export):
    # no line break within quotes: not every reader takes it
    content = export(MoodleExporter, feedback=True)
    assert len(content.splitlines()) == 5
    assert content.count("\r\n") == content.count("\n") == 5


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1", "'=1"),
        ("\x00@SUM", "'@SUM"),
        ("\r-1", "'-1"),
        ("+49 30", "'+49 30"),
        ("a=1", "a=1"),
        ("Weiß\nB", "Weiß B"),
        ("", ""),
    ],
)
def test_text_is_no_formula(value, cell):
    assert text(value) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [(12.5, "12.5"), (0.0, "0"), (-0.0, "0"), (-1.5, "-1.5"), (1e-7, "0"), (1 / 3, "0.3333")],
)
def test_points_are_plain_numbers(value, cell):
    assert number(value) == cell


def test_two_who_cannot_be_told_apart_are_refused(export, course, caplog):
    with course.gradebook() as book:
        book.update_or_create_student("zoe", email="a@x.org")
    try:
        with pytest.raises(SystemExit):
            export(MoodleExporter, identify_by="Email address")
        assert "2 students go by 'a@x.org'" in caplog.text
    finally:
        with course.gradebook() as book:
            book.update_or_create_student("zoe", email=None)
    # and who has none is left out: the row would be taken for the student's above
    rows = table(export(MoodleExporter, identify_by="Email address"))
    assert len(rows) == 4
    assert "Left out for want of an address in the gradebook: zoe" in caplog.text
    with course.gradebook() as book:
        book.update_or_create_student("zoe", email="z@x.org")


def test_an_id_that_must_be_defused_is_told(export, course, caplog):
    with course.gradebook() as book:
        book.add_student("-x")
    try:
        content = export(MoodleExporter)
    finally:
        with course.gradebook() as book:
            book.remove_student("-x")
    assert "\r\n'-x," in content
    assert "The id number -x is written as '-x" in caplog.text


@pytest.mark.nbgrader
def test_through_nbgraders_command(course, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(course.root, root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('c.CanvasExporter.assignment_ids = {"01_chain": 812}\n')
        config.write('c.MoodleExporter.identify_by = "Name"\n')
    ended = nbgrader(
        root, "export", "--exporter=autograder.export.CanvasExporter", "--to=c.csv",
        "--assignment=['01_chain']", "--student=['00123']", "--CanvasExporter.section=B",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout
    assert "Wrote c.csv: 1 student, 1 assignment." in ended.stdout
    assert table((root / "c.csv").read_text(encoding="utf-8-sig")) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01_chain (812)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["小龙 X, 李", "", "", "00123", "B", "2.5"],
    ]
    ended = nbgrader(root, "export", "--exporter=autograder.export.MoodleExporter")
    assert ended.returncode == 1
    assert "Got MoodleExporter.identify_by = 'Name', but it is one of" in ended.stdout
    assert "Traceback" not in ended.stdout
    assert not (root / "grades-moodle.csv").exists()
