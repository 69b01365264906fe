"""Unit 05 as a student meets it: the released notebook, opened by the course's own start."""

import shutil
import subprocess

import nbformat
import pytest

from autograder.planted import reference_sources
from autograder.solutions.two_layer import stages
from tests.browser.conftest import REPOSITORY, start_all_cells, wait_until_ready

pytestmark = pytest.mark.browser

UNIT = "05_two_layer/two_layer.ipynb"
OUTPUTS = """() => {
    const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
    return Array.from(cells).filter(cell => cell.type === 'code').map(cell => ({
        id: cell.id, outputs: cell.outputs.toJSON(),
    }));
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the release in it and nothing else, as a student's is."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copytree(REPOSITORY / "release", folder / "release")
    return folder


@pytest.fixture(scope="module")
def lab(start_course, folder):
    return start_course(folder)


@pytest.fixture
def open_and_run(chromium, lab):
    """A function from a notebook's path to the page that shows it, run to its end."""
    pages = []

    def run(notebook):
        page = chromium.new_page(viewport={"width": 1100, "height": 1400})
        pages.append(page)
        page.goto(lab.address(notebook))
        wait_until_ready(page)
        start_all_cells(page)
        return page

    yield run
    for page in pages:
        page.close()


def write_answers(folder):
    """Write a solved copy of the student's notebook beside it, as by a student's hand."""
    sources = {**reference_sources("two_layer"), "stages": f"stages = {stages!r}"}
    notebook = nbformat.read(folder / "work" / UNIT, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in sources:
            cell.source = sources[name]
    nbformat.write(notebook, folder / "work" / "05_two_layer" / "solved.ipynb")
    return "05_two_layer/solved.ipynb"


def shown(page):
    return {cell["id"]: cell["outputs"] for cell in page.evaluate(OUTPUTS)}


def test_make_lab_is_that_start():
    # without what a make around this test would say through its children
    command = ["env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "make", "--dry-run", "lab"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith(".venv/bin/python -m course.lab")


def test_the_blank_notebook_runs_to_its_end_and_says_what_is_missing(open_and_run):
    page = open_and_run(UNIT)
    page.wait_for_function(f"() => ({OUTPUTS})().at(-1).outputs.length > 0", timeout=60_000)
    outputs = shown(page)
    assert not [o for cell in outputs.values() for o in cell if o["output_type"] == "error"]
    assert not [o for cell in outputs.values() for o in cell if o.get("name") == "stderr"]
    table = outputs["check-backward"][0]["data"]["text/html"]
    assert "Not written yet." in table and "0 of 10 points" in table
    assert "waits for `forward`" in outputs["try-training"][0]["text"]
    assert "not written yet" in outputs["try-weight-update"][0]["data"]["text/plain"]
    # neither the news pop-up nor the kernel dialog
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".Toastify__toast").count() == 0


def test_a_solved_notebook_shows_full_marks_and_the_slider_moves_the_picture(open_and_run, folder):
    page = open_and_run(write_answers(folder))
    page.wait_for_function(f"() => ({OUTPUTS})().at(-1).outputs.length > 0", timeout=60_000)
    outputs = shown(page)
    for name, points in (("stages", 6), ("forward", 4), ("loss", 2), ("backward", 10)):
        table = outputs[f"check-{name}"][0]["data"]["text/html"]
        assert f"two_layer.{name}: {points} of {points} points" in table
    page.evaluate(
        "() => { const notebook = window.jupyterapp.shell.currentWidget.content;"
        " const index = Array.from(notebook.model.cells)"
        "   .findIndex(cell => cell.id === 'try-weight-update');"
        " notebook.scrollToItem(index); }"
    )
    slider = page.locator(".weight-update input[aria-label='Learning rate']")
    slider.wait_for()
    before = page.locator(".weight-update .picture svg").get_attribute("aria-label")
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.weight-update .picture svg').ariaLabel !== before",
        arg=before,
    )
    assert page.locator("table.backprop-score").first.is_visible()


def test_a_second_start_keeps_what_the_student_wrote(start_course, folder, lab):
    mine = folder / "work" / UNIT
    text = mine.read_text(encoding="utf-8").replace("# YOUR CODE HERE", "# my own words", 1)
    mine.write_text(text, encoding="utf-8")
    start_course(folder)
    assert mine.read_text(encoding="utf-8") == text
