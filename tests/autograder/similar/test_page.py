import json
import re
import shutil
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.example_class import lay_out
from autograder.report.cell_findings import CellFindings
from autograder.similar.alike import Answer, Task
from autograder.similar.answers import mistakes_in
from autograder.similar.oddities import oddities
from autograder.similar.page import as_html, cases_of, lines_of
from autograder.similar.pieces import Piece, take_apart
from autograder.similar.ranking import FEWEST, rank
from autograder.through_nbgrader.assignment import record_assignment
from course.score import SCORE_MIME, Finding, Score
from tests.autograder.conftest import ASSIGNMENT, ROOT

from .written_class import disguised, tasks_of, write_class

HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}"
UNUSUAL = """\
def backward(x, y, W1, b1, W2, b2):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = np.roll(p, 1) - 0.37 * y
    slopes = np.where(a1 > 0.25, a1, 7 * delta2[0]) @ np.tril(np.ones((len(a1), len(a1))))
    delta1 = np.cumsum(W2.T @ delta2)[::-1] / (1 + len(slopes))
    dW1 = np.einsum("j,i->ij", delta1, x).T
    dW2 = np.array([[u * v for v in a1] for u in delta2])
    return dW1, delta1, dW2, delta2
"""


def page_of(tasks, most=40):
    rankings, wholes = rank(tasks)
    cases = cases_of(rankings, wholes)
    course = SimpleNamespace(course_id=HOSTILE)
    html = as_html(course, ASSIGNMENT, 40, rankings, cases, most)
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def page():
    return page_of(tasks_of(write_class(np.random.default_rng(1), 60, 2, 3)))


def test_it_is_one_file_that_loads_nothing(page):
    assert page.find(["script", "link", "img", "iframe"]) is None
    assert "default-src 'none'" in page.find("meta", {"http-equiv": True})["content"]
    assert "url(" not in page.style.string and "http" not in page.style.string


def test_it_accuses_nobody(page):
    said = page.get_text().casefold()
    for word in ("plagiar", "cheat", "copied", "copies", "suspect", "guilt", "dishonest", "fraud"):
        assert word not in said
    assert "worth a conversation" in said
    for reason in ("short task", "notebook's own text", "working together"):
        assert reason in said


def test_pairs_are_ranked_and_each_leads_to_its_place(page):
    rows = page.find(id="ranking").tbody.find_all("tr")
    said = [row.find_all("td")[1].get_text() for row in rows]
    # a dash where the text alone is alike
    deviations = [float(value) for value in said if value != "–"]
    assert deviations == sorted(deviations, reverse=True)
    for row in rows:
        target = page.find(id=row.a["href"].removeprefix("#"))
        assert all(student in target.parent.get_text() for student in row.a.string.split(" · "))
    assert {"s0000 · t0000", "s0001 · t0001", "s0002 · t0002"} <= {row.a.string for row in rows}


def test_what_is_shared_is_marked_on_both_sides_without_colour_too(page):
    article = page.find("article")
    one, other = article.find_all("pre")
    numbers = [
        {mark.sup.string for mark in side.find_all("mark") if mark.sup} for side in (one, other)
    ]
    assert numbers[0] == numbers[1] != set()
    assert re.search(r"mark \{[^}]*underline", page.style.string)
    # each can be reached, and scrolled, by the keyboard
    for side in (one, other):
        assert side["tabindex"] == "0" and side["aria-label"]


def test_every_link_leads_somewhere(page):
    for link in page.find_all("a"):
        assert page.find(id=link["href"].removeprefix("#")), link


def hostile_task(count=40):
    """Return a task in which two students with hostile ids wrote hostile text."""
    texts = [f"d = {' @ '.join(['p'] * (2 + at))} - y" for at in range(count)]
    text = f"a = '{HOSTILE}'\n# {HOSTILE} </pre></mark>\n" + UNUSUAL
    ids = [f"s{at:03}" for at in range(count)] + [f"../{HOSTILE}", f"=z{HOSTILE}"]
    wrong = frozenset({(HOSTILE, False)})
    answers = [
        Answer(student, take_apart(text), oddities(text), 1.0, 10.0, wrong)
        for student, text in zip(ids, [*texts, text, text], strict=True)
    ]
    return Task(tuple(answers))


def test_text_of_students_stays_text():
    page = page_of({HOSTILE: hostile_task()})
    assert page.find("script") is None
    assert page.get_text().count("alert(1)") > 8
    assert "49" not in page.find("article").pre.get_text()
    assert len(page.find_all("pre")) == len(page.find_all("figure")) == 2
    kinds = {item.get_text().partition(":")[0] for item in page.find(class_="odd").find_all("li")}
    assert {"remark", "text", "name"} <= kinds


def test_a_long_list_is_cut_and_says_so():
    tasks = tasks_of(write_class(np.random.default_rng(1), 60, 2, 3))
    page = page_of(tasks, most=2)
    assert len(page.find_all(class_="case")) == 2
    assert re.search(r"Left out: \d+ more pairs", page.get_text())


def test_a_small_class_is_told_that_chance_cannot_be_told():
    tasks = tasks_of(write_class(np.random.default_rng(1), FEWEST - 4, 1, 1))
    page = page_of(tasks)
    assert "Chance cannot be told from fewer than 12 answers" in page.get_text()
    assert page.find(class_="case") is None
    assert "No two answers are alike" in page.get_text()


def test_lines_keep_the_text():
    text = "a = 1\n\nb = a * c + d\n  "
    pieces = [Piece(5, 4, 4, 12), Piece(6, 4, 9, 12), Piece(7, 4, 15, 19)]
    lines = lines_of(text, pieces, {5: 1, 6: 2, 7: 3})
    assert "\n".join("".join(run for run, *_ in line.runs) for line in lines) == text
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert lines[0].runs[1] == ("1", 1, True)
    assert lines[2].runs[0] == ("b = a", 1, False)


def test_mistakes_are_read_from_findings():
    found = CellFindings(
        "check_a",
        (
            Finding("dW1", 0, 3, "wrong-sign", "ratio −1"),
            Finding("db1", 0, 1, None, "Off by 0.25 at [1]."),
            Finding("dW2", 0, 3, None, "Not written yet."),
            Finding("db2", 1, 1),
        ),
    )
    assert mistakes_in(found) == {
        ("wrong-sign", True),
        ("db1: Off by 0.25 at [1].", False),
        ("db…: Off by … at […].", False),
    }
    assert mistakes_in(CellFindings("check_a", trouble="NameError: x.")) == {
        ("NameError: x.", True)
    }
    assert mistakes_in(None) == frozenset()


def test_nothing_graded_is_said(tmp_path, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    assert main(["similar", "05_two_layers", "--course-root", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


WRONG = Score(
    "two_layer.backward",
    [Finding("dW1", 0, 3, None, "Off by 0.25 at [1, 2]."), Finding("dW2", 3, 3)],
).as_data()


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """(Root of the example class as a grading leaves it, though nothing was run; its kinds)."""
    root = tmp_path_factory.mktemp("similar") / "class"
    lay_out(ASSIGNMENT, 24, 1, root)
    kinds = json.loads((root / "class.json").read_text())["kinds"]
    course = Course(root)
    record_assignment(course, ASSIGNMENT)
    with course.gradebook() as book:
        for student, kind in kinds.items():
            if kind not in ("missing_notebook", "renamed_notebook"):
                book.add_student(student)
                book.add_submission(ASSIGNMENT, student)
                shutil.copytree(
                    root / "submitted" / student / ASSIGNMENT,
                    root / "autograded" / student / ASSIGNMENT,
                )
    return root, kinds


def similar(root):
    """Run the command and return the page."""
    assert main(["similar", ASSIGNMENT, "--course-root", str(root)]) == 0
    path = root / "report" / f"{ASSIGNMENT}.similar.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.nbgrader
@pytest.mark.slow
class TestExampleClass:
    """The example class, in which one of each kind works alone."""

    def test_who_works_alone_is_not_shown(self, example, capsys):
        page = similar(example[0])
        assert page.find(class_="case") is None
        assert "No answers are more alike" in capsys.readouterr().out
        counts = {
            row.th.get_text(): int(row.td.get_text())
            for row in page.find(id="tasks").tbody.find_all("tr")
        }
        # all but who handed in under another name or not at all, and who left it blank
        assert counts == {"stages": 21, "forward": 21, "loss": 21, "backward": 21, "train_step": 20}

    def test_a_copy_in_disguise_is(self, example, capsys):
        root, kinds = example
        pair = sorted(student for student, kind in kinds.items() if kind in ("verbose", "loops"))
        copy = disguised(np.random.default_rng(1), UNUSUAL)
        for student, text in zip(pair, (UNUSUAL, copy), strict=True):
            path = root / "autograded" / student / ASSIGNMENT / "two_layer.ipynb"
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                if grade_id == "backward":
                    cell.source = text
                elif grade_id == "check_backward":
                    data = {"text/plain": "3.0", SCORE_MIME: WRONG}
                    cell.outputs = [nbformat.v4.new_output("execute_result", data)]
            nbformat.write(notebook, path)
        page = similar(root)
        (head,) = page.select(".case h2")
        assert head.get_text() == f"1 {pair[0]} and {pair[1]}"
        # once, though it counts with its numbers and without
        (said,) = page.find(class_="wrong").find_all("li")
        assert said.get_text() == "“dW1: Off by 0.25 at [1, 2].” (found in 2 of 21)"
        assert "1 pair of students may be worth a conversation" in capsys.readouterr().out
