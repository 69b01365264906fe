import csv
import io
from datetime import timedelta

import pytest

from autograder.report.losses import losses_of
from autograder.report.spreadsheets import defused, mistakes_table, students_table

from .made_up import BY_HAND, CELLS, Result, by_hand, mistaken, result


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_can_be_taken_for_a_formula(tmp_path, start):
    hostile = f"{start}cmd|' /C calc'!A0"
    results = [
        Result(hostile, None, 14.0, cause=hostile),
        result("b", 4.0, 0.0, note=hostile, late=timedelta(seconds=90)),
    ]
    students = students_table(CELLS, results, tmp_path)
    mistakes = mistakes_table(losses_of(mistaken(hostile, "wrong-sign"), CELLS))
    for text, count in ((students, 3), (mistakes, 2)):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == count
        assert any(f"'{hostile}" in row for row in rows)
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(start)
    assert defused("a=b") == "a=b"


def test_the_name_of_a_notebook_is_no_formula_either(tmp_path):
    hostile = '=cmd|" C calc"!A0'
    cells = (f"{hostile}/check_a", "two/check_a")
    text = students_table(dict.fromkeys(cells, 7.0), [by_hand("a", 7.0, 7.0, cells)], tmp_path)
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head[5:7] == [f"'{hostile}/a", "two/a"]
    assert row[5:7] == ["7", "7"]


def test_what_waits_to_be_graded_by_hand_has_no_points_yet(tmp_path):
    (row,) = rows_of(students_table(BY_HAND, [by_hand("a", plan=2.5)], tmp_path))
    assert (row["essay"], row["plan"], row["points"]) == ("", "2.5", "2.5")


def test_a_name_is_one_cell_wherever_a_spreadsheet_splits(tmp_path):
    hostile = 'a;=1+1,"\n=2'
    text = students_table(CELLS, [result(hostile, 4.0, 0.0)], tmp_path)
    assert rows_of(text)[0]["student"] == hostile
    for delimiter in ";\t":
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_table_holds_points_task_by_task(tmp_path):
    late = result("b", 4.0, 2.5, late=timedelta(seconds=90))
    (row,) = rows_of(students_table(CELLS, [late], tmp_path))
    assert (row["student"], row["status"]) == ("b", "graded")
    assert (row["points"], row["possible"]) == ("6.5", "14")
    assert (row["forward"], row["backward"]) == ("4", "2.5")
    assert row["seconds_late"] == "90"


def test_it_says_who_was_not_graded(tmp_path):
    results = [
        Result("a", None, 14.0, cause="Handed in nothing.", handed_in=False),
        Result("b", None, 14.0, cause="Not graded yet."),
        Result("c", 0.0, 14.0, cause="No notebook was handed in."),
    ]
    rows = rows_of(students_table(CELLS, results, tmp_path))
    assert [row["status"] for row in rows] == [
        "handed in nothing",
        "not graded",
        "nothing to grade",
    ]
    assert [row["points"] for row in rows] == ["", "", "0"]


def test_each_loss_is_a_row():
    losses = losses_of(mistaken("a", "wrong-sign", "bias-missing", lost=1.5), CELLS)
    assert rows_of(mistakes_table(losses)) == [
        {
            "student": "a",
            "task": "backward",
            "cause": "known mistake",
            "mistake": mistake,
            "parts": "1",
            "points_lost": "1.5",
        }
        for mistake in ("wrong-sign", "bias-missing")
    ]
