"""Feedback pages: what they show, and that they load nothing."""

import os
import re
import subprocess
import sysconfig

import pytest
from bs4 import BeautifulSoup

from autograder.course_folder import Course
from autograder.feedback.configure_feedback import without_hidden_tests

from ..conftest import ASSIGNMENT

LOADS = {
    "img": "src", "script": "src", "iframe": "src", "embed": "src", "source": "src",
    "audio": "src", "video": "src", "object": "data", "link": "href", "use": "href",
}  # fmt: skip


def loaded(page):
    """Return the addresses that a page would load, and those in its styles."""
    soup = BeautifulSoup(page, "html.parser")
    addresses = [
        element[attribute]
        for tag, attribute in LOADS.items()
        for element in soup.find_all(tag)
        if element.get(attribute)
    ]
    styles = [style.string or "" for style in soup.find_all("style")]
    styles += [element["style"] for element in soup.find_all(style=True)]
    for style in styles:
        addresses += re.findall(r"""(?:url\(|@import)\s*["']?([^"')]+)""", style)
    return [address for address in addresses if not address.startswith(("data:", "#"))]


def test_the_tests_own_eye_sees_what_is_loaded():
    page = '<img src="http://a"><style>p { background: url("//b") } @import "c";</style>'
    assert loaded(page) == ["http://a", "//b", "c"]


def test_hidden_tests_are_left_out():
    source = "check(f)\n### BEGIN HIDDEN TESTS\ngrade(f)\n### END HIDDEN TESTS"
    assert without_hidden_tests(source) == "check(f)"
    assert without_hidden_tests("check(f)\n\nf(2)") == "check(f)\n\nf(2)"


@pytest.mark.nbgrader
@pytest.mark.slow
class TestPages:
    @pytest.mark.parametrize("kind", ["matrix_form", "missing-activation-derivative", "blank"])
    def test_nothing_is_loaded_or_run(self, graded_class, kind):
        page = graded_class.feedback(kind)
        soup = BeautifulSoup(page, "html.parser")
        assert loaded(page) == []
        assert soup.find("script") is None
        policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})
        assert policy["content"].startswith("default-src 'none'")

    def test_every_submission_has_a_page(self, graded_class):
        pages = {page.parts[-3] for page in graded_class.root.glob("feedback/*/*/*.html")}
        assert pages == set(graded_class.kinds)

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            ("missing_notebook", "This notebook was not handed in"),
            ("zz-damaged", "The file is cut off"),
            ("renamed_notebook", "Graded two_layer-final (2).ipynb as two_layer.ipynb."),
        ],
    )
    def test_what_was_found_and_done_is_said(self, graded_class, kind, says):
        soup = BeautifulSoup(graded_class.feedback(kind), "html.parser")
        assert says in soup.find("main").get_text()

    def test_formulas_are_mathml(self, graded_class):
        soup = BeautifulSoup(graded_class.feedback("matrix_form"), "html.parser")
        assert len(soup.find_all("math")) > 50
        assert soup.find_all(class_="formula-source") == []

    def test_points_findings_and_errors_are_shown(self, graded_class):
        soup = BeautifulSoup(graded_class.feedback("missing-activation-derivative"), "html.parser")
        assert "28 of 30 points" in soup.header.get_text()
        rows = [row.get_text(" ", strip=True) for row in soup.header.find_all("tr")]
        assert "backward 8 of 10 ◐ partly" in rows
        check = soup.find(id="check_backward")
        assert "8 of 10 points" in check.get_text()
        assert check.find(class_="backprop-score") is not None
        assert "HIDDEN" not in check.find(class_="highlight").get_text()
        broken = BeautifulSoup(graded_class.feedback("syntax_error"), "html.parser")
        assert "SyntaxError" in broken.find(id="backward").get_text()

    def test_a_widget_is_shown_by_its_words(self, graded_class):
        soup = BeautifulSoup(graded_class.feedback("matrix_form"), "html.parser")
        texts = [text.get_text(strip=True) for text in soup.find_all(class_="output_text")]
        assert any(text.startswith("WeightUpdate: a demo that moves") for text in texts)

    def test_nbgraders_own_command_writes_our_page(self, graded_class):
        student = graded_class.student("matrix_form")
        page = graded_class.root / "feedback" / student / ASSIGNMENT / "two_layer.html"
        before = page.read_text(encoding="utf-8")
        page.unlink()
        scripts = sysconfig.get_path("scripts")
        subprocess.run(
            ["nbgrader", "generate_feedback", ASSIGNMENT, "--student", student],
            cwd=graded_class.root,
            env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
            check=True,
            capture_output=True,
        )
        assert page.read_text(encoding="utf-8") == before


def test_formgraders_page_of_a_submission_loads_no_mathjax():
    config = Course().config
    # as Formgrader sets it before it reads a course's configuration
    config.HTMLExporter.template_name = "formgrade"
    from nbconvert import HTMLExporter

    environment = HTMLExporter(config=config).environment
    mathjax = environment.get_template("mathjax.html.j2").module.mathjax()
    assert loaded(str(mathjax)) == []
    assert "src=" not in mathjax
