import csv
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from autograder.__main__ import main
from autograder.report.report import NOTEBOOK
from tests.autograder.conftest import ASSIGNMENT, ROOT, hand_in


def test_nothing_graded_is_said(tmp_path, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    assert main(["report", ASSIGNMENT, "--course-root", str(tmp_path)]) == 2
    assert "Nobody has handed in anything for 05_two_layer" in capsys.readouterr().err
    hand_in(tmp_path, "kofi-ito", {})
    assert main(["report", ASSIGNMENT, "--course-root", str(tmp_path)]) == 2
    assert "run `autograder grade 05_two_layer` first" in capsys.readouterr().err
    graded = tmp_path / "autograded" / "kofi-ito" / ASSIGNMENT / "two_layer.ipynb"
    graded.parent.mkdir(parents=True)
    graded.touch()
    assert main(["report", ASSIGNMENT, "--course-root", str(tmp_path)]) == 2
    assert "knows nothing of it: put your backup of the gradebook" in capsys.readouterr().err
    assert not (tmp_path / "report").exists() and not (tmp_path / "gradebook.db").exists()


@pytest.fixture(scope="module")
def page(graded_class):
    assert main(["report", ASSIGNMENT, "--course-root", str(graded_class.root)]) == 0
    path = graded_class.root / "report" / f"{ASSIGNMENT}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def read(graded_class, name):
    text = (graded_class.root / "report" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


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
        stopped = page.find("h3", string="Ran out of time").find_next_sibling("ul")
        assert "zz-endless-cell: loss" in [item.get_text() for item in stopped("li")]

    def test_three_sentences_say_what_to_teach_again(self, page):
        said = [item.get_text() for item in page.find(id="again")("li")]
        assert len(said) == 3
        for sentence in said:
            assert re.match(
                r"In (backward|train_step), 1 of 26 students made the mistake [a-z-]+ .*, which "
                r"cost 4 points: (ask|say) “.*” and go back to section “[68] · .*”, which leans "
                r"on section “[34] · .*”\.$",
                sentence,
            )

    def test_every_point_that_was_lost_has_a_cause(self, page, graded_class):
        rows = read(graded_class, f"{ASSIGNMENT}.csv")
        lost = sum(30 - float(row["points"]) for row in rows if row["status"] == "graded")
        losses = read(graded_class, f"{ASSIGNMENT}.mistakes.csv")
        assert sum(float(row["points_lost"]) for row in losses) == pytest.approx(lost)
        causes = {(row["student"], row["task"]): row["cause"] for row in losses}
        half_done = graded_class.student("half_done")
        assert causes[half_done, "stages"] == causes[half_done, "train_step"] == "not written"
        assert causes[graded_class.student("syntax_error"), "backward"] == "broke off"
        assert causes["zz-endless-cell", "loss"] == "out of time"
        mistakes = {(row["student"], row["mistake"]) for row in losses}
        for kind in ("wrong-sign", "bias-missing", "inputs-mutated"):
            assert (graded_class.student(kind), kind) in mistakes

    def test_the_notebook_is_put_beside_it_once(self, page, graded_class, capsys):
        notebook = graded_class.root / "report" / "explore.ipynb"
        assert notebook.read_bytes() == NOTEBOOK.read_bytes()
        notebook.write_text("what the instructor made of it")
        assert main(["report", ASSIGNMENT, "--course-root", str(graded_class.root)]) == 0
        assert notebook.read_text() == "what the instructor made of it"
        assert f"jupyter lab {notebook}" in capsys.readouterr().out
        shutil.copyfile(NOTEBOOK, notebook)

    def test_the_tasks_are_there_with_their_counts(self, page):
        rows = page.find(id="tasks").tbody.find_all("tr")
        names = [row.th.get_text() for row in rows]
        assert names == ["stages", "forward", "loss", "backward", "train_step"]
        for row in rows:
            cells = [cell.get_text() for cell in row.find_all("td")]
            counts = [int(text) for text in cells[2:5]]
            # all but the two in whose folders no notebook of that name was found
            assert sum(counts) == 26
            drawn = row.svg["aria-label"]
            assert sum(map(int, re.findall(r": (\d+)", drawn))) == 26
            assert re.search(r"\d\.\d\d \(-?\d\.\d\d to", cells[-1])

    def test_the_file_for_spreadsheets_says_the_same(self, page, graded_class):
        rows = read(graded_class, f"{ASSIGNMENT}.csv")
        shown = page.find("table", class_="class").tbody.find_all("tr")
        assert [row["student"] for row in rows] == [row.th.get_text() for row in shown]
        assert [row["points"] for row in rows] == [
            row.find(class_="total").get_text() for row in shown
        ]
