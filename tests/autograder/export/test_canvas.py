import csv
import io
import logging

import pytest

from autograder.course_folder import Course
from autograder.export import CanvasExporter

from .conftest import CONFIG

pytestmark = pytest.mark.slow

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def table(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_columns_are_those_that_canvas_documents(export):
    head, worth, *rows = table(export(CanvasExporter, assignment_ids={"01_chain": 812}))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert head[5:] == ["01_chain (812)", "02_nodes"]
    assert worth == ["    Points Possible", "", "", "", "", "10", "10"]
    assert all(len(row) == len(head) for row in rows)
    assert [row[3] for row in rows] == ["dot@x.org", "zoe", "amara", "00123"]


def test_the_first_heading_has_no_quotes(export):
    # behind the mark of the encoding they would break Canvas's reader
    assert export(CanvasExporter).startswith("Student,ID,")


def test_points_are_nbgraders(export):
    rows = {row[3]: row[5:] for row in table(export(CanvasExporter))[2:]}
    assert rows == {
        "amara": ["6.125", "4"],
        "00123": ["2.5", ""],
        # a penalty beyond the points leaves 0, as in nbgrader's own export
        "zoe": ["0", ""],
        "dot@x.org": ["", ""],
    }


def test_what_is_missing_can_be_zero(export):
    rows = table(export(CanvasExporter, missing="zero"))[2:]
    assert rows[0][5:] == ["0", "0"]


def test_names_arrive_and_formulas_do_not(export):
    rows = table(export(CanvasExporter))[2:]
    names = {row[3]: row[0] for row in rows}
    assert names["amara"] == 'O"Kafor, Jr, Amára'
    assert names["00123"] == "小龙 X, 李"
    assert names["zoe"].startswith("'-Weiß, =HYPERLINK")
    assert names["dot@x.org"] == "dot@x.org"
    assert not any(cell.startswith(FORMULAS) for row in rows for cell in row)


def test_the_id_goes_where_the_site_has_it(export):
    rows = table(export(CanvasExporter, student_id_is="SIS User ID", section="A"))[2:]
    assert rows[2][:5] == ['O"Kafor, Jr, Amára', "17", "amara", "", "A"]


def test_one_assignment_and_one_student(export, caplog):
    head, _, *rows = table(export(CanvasExporter, assignment=["02_nodes"], student=["amara"]))
    assert head[5:] == ["02_nodes"]
    assert [row[5:] for row in rows] == [["4"]]
    assert "1 of 02_nodes wait to be graded by hand" in caplog.text


def test_what_nobody_handed_in_is_left_out_unless_named(export, caplog):
    assert "03_matrix" not in export(CanvasExporter, missing="zero")
    assert "Left out 03_matrix" in caplog.text
    head, _, *rows = table(export(CanvasExporter, assignment=["03_matrix"]))
    assert head[5:] == ["03_matrix"]
    assert {row[5] for row in rows} == {""}


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({"assignment": ["01_chian"]}, "the nearest is '01_chain'"),
        ({"student": ["amra"]}, "the nearest is 'amara'"),
        ({"missing": "none"}, "missing = 'none', but it is 'empty' or 'zero'"),
        ({"student_id_is": "Login"}, "student_id_is = 'Login'"),
        ({"student_id_is": "ID"}, "Canvas knows its users by numbers"),
        ({"assignment_ids": {"01_chain": "x"}}, "Canvas counts its assignments"),
        ({"assignment_names": {"01_chain": "Final Grade"}}, "Canvas passes over columns"),
        ({"assignment_names": {"01_chain": "Chain (2)"}}, "for an assignment's id"),
        ({"assignment_names": {"01_chain": "02_nodes"}}, "2 assignments go by '02_nodes'"),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_lost(export, caplog, tmp_path, traits, said):
    (tmp_path / "out.csv").write_text("as it was")
    with pytest.raises(SystemExit) as ended:
        export(CanvasExporter, **traits)
    assert ended.value.code == 1
    assert said in caplog.text
    assert [path.read_text() for path in tmp_path.iterdir()] == ["as it was"]


def test_a_folder_that_is_not_there(export, caplog, tmp_path):
    with pytest.raises(SystemExit):
        export(CanvasExporter, to=str(tmp_path / "no" / "out.csv"))
    assert "No such file or directory" in caplog.text


def test_an_empty_gradebook(caplog, tmp_path):
    plugin = CanvasExporter(log=logging.getLogger("export"), to=str(tmp_path / "out.csv"))
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    with Course(tmp_path).gradebook() as book, pytest.raises(SystemExit):
        plugin.export(book)
    assert "run `autograder grade ASSIGNMENT` first" in caplog.text
    assert not (tmp_path / "out.csv").exists()
