"""Formgrader's button, pressed: a submission is mended, graded in the sandbox, and read there."""

import re
import shutil

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.__main__ import main
from autograder.course_folder import Course
from autograder.through_nbgrader.assignment import record_assignment
from tests.autograder.conftest import ASSIGNMENT, NOTEBOOK, ROOT, hand_in, with_answer

from .conftest import running_lab

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader, pytest.mark.slow]

WRONG = "def loss(p, y):\n    return 0.5 * np.mean((p - y) ** 2) * 4"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one submission: a renamed file with a wrong loss and a deleted test."""
    root = tmp_path_factory.mktemp("formgrader") / "course"
    assert main(["example-class", ASSIGNMENT, "--students", "1", "--course-root", str(root)]) == 0
    shutil.rmtree(root / "submitted")
    source = ROOT / "source" / ASSIGNMENT / NOTEBOOK
    notebook = nbformat.reads(with_answer(source, "loss", WRONG).decode(), as_version=4)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") != "check_forward"
    ]
    hand_in(root, "ana", {"my two_layer (1).ipynb": nbformat.writes(notebook).encode()})
    record_assignment(Course(root), ASSIGNMENT)
    return root


@pytest.fixture(scope="module")
def formgrader(course, tmp_path_factory):
    """A Jupyter server started in the course's folder, as an instructor starts it."""
    with running_lab(course, tmp_path_factory.mktemp("jupyter"), cwd=course) as lab:
        yield lab


def test_the_button_grades_and_the_submission_reads_well(formgrader, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    errors, asked = [], []
    page.on("pageerror", lambda error: errors.append(error.stack))
    page.on("request", lambda request: asked.append(request.url))
    submissions = f"/formgrader/manage_submissions/{ASSIGNMENT}"
    page.goto(f"{formgrader.url}login?token={formgrader.token}&next={submissions}")
    page.locator(".autograde a").click()
    said = page.locator("#success-modal, #error-modal")
    said.wait_for(timeout=60_000)
    assert "Successfully autograded" in said.inner_text()
    assert "Graded my two_layer (1).ipynb as two_layer.ipynb." in said.inner_text()
    page.goto(formgrader.url.rstrip("/") + submissions)
    page.get_by_text("28 / 30").wait_for()

    page.goto(f"{formgrader.url}formgrader/gradebook/{ASSIGNMENT}/two_layer")
    page.locator("tbody a").first.click()
    page.wait_for_load_state("networkidle")
    before = page.get_by_text("Before it was graded").locator("xpath=following::ul[1]")
    assert "The cell of check_forward had been deleted" in before.inner_text()
    expect(page.locator("#check_forward")).to_have_attribute("placeholder", re.compile("^4"))
    (row,) = page.locator("table.backprop-score tr").filter(has_text="Relative error").all()
    assert "not yet" in row.inner_text()
    # the columns stand apart
    assert row.locator("td").first.evaluate("td => parseFloat(getComputedStyle(td).paddingRight)")
    formulas = page.eval_on_selector_all(
        "math", "all => all.map(formula => formula.getBoundingClientRect().height)"
    )
    assert len([height for height in formulas if height > 5]) > 50
    # Formgrader's own script has come to its end
    page.wait_for_function("() => window.MathJax.loaded")
    assert errors == []
    assert [url for url in asked if not url.startswith((formgrader.url, "data:", "blob:"))] == []
