import base64
import time

import nbformat
import pytest
from bs4 import BeautifulSoup

from autograder.feedback.formulas import formula, markdown_with_mathml, to_mathml

from ..conftest import ROOT

NOTEBOOKS = sorted((ROOT / "source").glob("*/*.ipynb"))


def rendered(source):
    return BeautifulSoup(markdown_with_mathml({}, source), "html.parser")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_formula_of_every_source_notebook_is_mathml(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "markdown":
            continue
        page = rendered(cell.source)
        failed = [mark.get("title") for mark in page.find_all(class_="formula-source")]
        assert failed == [], cell.id
        for code in page.find_all(["code", "pre"]):
            code.decompose()
        assert "$" not in page.get_text(), cell.id


@pytest.mark.parametrize(
    ("latex", "element"),
    [
        (r"\frac{1}{1 + e^{-z}}", "mfrac"),
        (r"\begin{cases} p - 1 & \text{if } k \\ p & \text{otherwise} \end{cases}", "mtable"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "mtable"),
        (r"\sum_k y_k", "munder"),
        (r"\hat{y} \odot W^\top", "mover"),
        (r"\underbrace{W_2}_{(2,3)}", "munder"),
    ],
)
def test_what_the_course_writes_is_converted(latex, element):
    assert BeautifulSoup(to_mathml(latex, display=True), "html.parser").find(element)


@pytest.mark.parametrize("latex", [r"\frac{1}", r"\nosuchmacro{x}", "a & b", "<script>{"])
def test_what_cannot_be_converted_is_shown_as_its_source_and_marked(latex):
    with pytest.raises(ValueError, match="has no MathML"):
        to_mathml(latex)
    mark = BeautifulSoup(formula(latex), "html.parser").find(class_="formula-source")
    assert mark.get_text() == f"${latex}$"
    assert "has no MathML" in mark["title"]
    assert rendered(f"before ${latex}$ after").get_text().strip() == f"before ${latex}$ after"


def test_display_and_inline_and_code_keep_apart():
    page = rendered("Inline $a$, code `$b$`, display:\n\n$$\nc\n$$\n")
    first, second = page.find_all("math")
    assert first.get("display") is None
    assert second["display"] == "block"
    assert page.find("code").get_text() == "$b$"


def test_a_numbered_formula_does_not_number_the_next():
    latex = r"\begin{align} a &= b \end{align}"
    assert to_mathml(latex, display=True) == to_mathml(latex, display=True)


@pytest.mark.parametrize(
    "piece", [r"\begin{a}", r"\\[", r"\\(", "[a](", "**a", "|a", "`a", "![", "> "], ids=str
)
def test_text_that_takes_long_to_read_is_shown_as_it_stands(piece):
    before = time.monotonic()
    source = piece * (200_000 // len(piece))
    assert rendered(source).get_text() == source
    assert time.monotonic() - before < 5


def test_a_large_picture_in_a_text_stays():
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01" + bytes(90_000))
    page = rendered(f"![a picture](data:image/png;base64,{data.decode()})")
    assert page.find("img")["src"].endswith(data.decode()[-20:])
