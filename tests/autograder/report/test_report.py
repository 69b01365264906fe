import csv
import io
import re
import shutil
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from autograder.__main__ import main
from autograder.report.cell_findings import CellFindings
from autograder.report.class_results import Result
from autograder.report.report import as_csv, defused, mistakes_seen, summary
from course.score import Finding

from ..conftest import ASSIGNMENT, ROOT, hand_in

CELLS = {"check_forward": 4.0, "check_backward": 10.0}


def result(student, forward, backward, **more):
    cells = {"check_forward": forward, "check_backward": backward}
    return Result(student, forward + backward, 14.0, cells, **more)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_can_be_taken_for_a_formula(tmp_path, start):
    hostile = f"{start}cmd|' /C calc'!A0"
    results = [
        Result(hostile, None, 14.0, cause=hostile),
        result("b", 4.0, 0.0, note=hostile, late=timedelta(seconds=90)),
    ]
    rows = list(csv.reader(io.StringIO(as_csv(CELLS, results, tmp_path), newline="")))
    assert len(rows) == 3
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defused("a=b") == "a=b"


def test_the_table_holds_points_task_by_task(tmp_path):
    late = result("b", 4.0, 2.5, late=timedelta(seconds=90))
    rows = list(csv.DictReader(io.StringIO(as_csv(CELLS, [late], tmp_path))))
    assert rows[0]["student"] == "b"
    assert (rows[0]["points"], rows[0]["possible"]) == ("6.5", "14")
    assert (rows[0]["forward"], rows[0]["backward"]) == ("4", "2.5")
    assert rows[0]["seconds_late"] == "90"


def test_a_task_is_summed_up():
    graded = [result("a", 4.0, 10.0), result("b", 4.0, 2.5), result("c", 0.0, 0.0)]
    told = summary("check_backward", 10.0, graded)
    assert (told.name, told.right, told.partly, told.wrong) == ("backward", 1, 1, 1)
    assert told.mean == pytest.approx(12.5 / 3)
    assert told.share == pytest.approx(12.5 / 30)
    assert summary("check_backward", 10.0, []).mean == 0


def test_a_mistake_counts_once_a_student():
    found = CellFindings("check_backward", (Finding("dW1", 0, 3),), ("wrong-sign",))
    twice = result("a", 4.0, 0.0, findings=(found, found))
    once = result("b", 4.0, 0.0, findings=(found,))
    ((mistake, students),) = mistakes_seen([twice, once])
    assert mistake.id == "wrong-sign"
    assert students == [twice.student, once.student]


def test_nothing_graded_is_said(tmp_path, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    assert main(["report", ASSIGNMENT, "--course-root", str(tmp_path)]) == 2
    assert "Nobody has handed in anything for 05_two_layer" in capsys.readouterr().err
    hand_in(tmp_path, "kofi-ito", {})
    assert main(["report", ASSIGNMENT, "--course-root", str(tmp_path)]) == 2
    assert "run `autograder grade 05_two_layer` first" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


@pytest.fixture(scope="module")
def page(graded_class):
    assert main(["report", ASSIGNMENT, "--course-root", str(graded_class.root)]) == 0
    path = graded_class.root / "report" / f"{ASSIGNMENT}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.nbgrader
@pytest.mark.slow
class TestPage:
    def test_it_is_one_file_that_loads_nothing(self, page):
        assert page.find(["script", "link", "img", "iframe"]) is None
        assert "default-src 'none'" in page.find("meta", {"http-equiv": True})["content"]
        assert "url(" not in page.style.string
        assert "http" not in page.style.string

    def test_each_student_has_a_row_and_a_page(self, page, graded_class):
        rows = page.find("table", class_="class").tbody.find_all("tr")
        assert {row.th.get_text() for row in rows} == graded_class.kinds.keys()
        links = [row.th.a for row in rows if row.th.a]
        # also of those who handed in nothing that can be graded: it says so
        assert len(links) == len(rows)
        for link in links:
            assert (graded_class.root / "report" / link["href"]).resolve().is_file()

    def test_what_needs_a_look_is_listed(self, page, graded_class):
        look = page.find(id="look").get_text()
        for kind in ("late", "missing_notebook", "zz-damaged", "renamed_notebook"):
            assert graded_class.student(kind) in look
        assert re.search(r"\d+ (h|min|day)s? .*after the due date", look)

    def test_the_tasks_are_there_with_their_counts(self, page):
        rows = page.find(id="tasks").tbody.find_all("tr")
        names = [row.th.get_text() for row in rows]
        assert names == ["stages", "forward", "loss", "backward", "train_step"]
        for row in rows:
            cells = [cell.get_text() for cell in row.find_all("td")]
            assert sum(map(int, cells[-3:])) == 28

    def test_the_file_for_spreadsheets_says_the_same(self, page, graded_class):
        path = graded_class.root / "report" / f"{ASSIGNMENT}.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        shown = page.find("table", class_="class").tbody.find_all("tr")
        assert [row["student"] for row in rows] == [row.th.get_text() for row in shown]
        assert [row["points"] for row in rows] == [
            row.find(class_="total").get_text() for row in shown
        ]
