"""HTML that students wrote, on the pages that instructors look at."""

import time

import pytest

from autograder.feedback.formulas import markdown_with_mathml
from autograder.verdict.harmless_html import LONGEST, RefusedHTML, harmless_html


@pytest.mark.parametrize(
    ("bad", "left"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src="http://a/b.png" onerror="alert(1)">', "<img>"),
        ('<img src="data:text/html;base64,AAAA">', "<img>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<b class="backprop-score" id="top">a</b>', "<b>a</b>"),
        ("<style>body { display: none }</style>", "body { display: none }"),
        ('<iframe src="x"></iframe><form><button>a</button></form>', "a"),
        ("<svg><style><img></style></svg>", "<img>"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<table></table>"),
        ("<!-- a --><b>b</b>", "<b>b</b>"),
    ],
)
def test_what_can_do_something_is_taken_out(bad, left):
    assert harmless_html(bad).strip() == left


@pytest.mark.parametrize(
    "style",
    [
        "position: fixed; top: 0",
        "margin-top: -900px",
        "margin: 0 0 -1em",
        "background: url(http://a)",
        "background: \\75rl(http://a)",
        "height: 0; line-height: 0",
        "float: left; transform: scale(9); opacity: 0; z-index: 9",
        "width: calc(1px - 900px)",
        "color: expression(alert(1))",
        "width: 1e9px",
    ],
)
def test_styles_that_reach_out_of_their_box_are_taken_out(style):
    assert harmless_html(f'<p style="{style}">a</p>') == '<p style="">a</p>'


def test_links_stay_where_they_may():
    link = '<a href="https://example.org/a">a</a>'
    assert harmless_html(link, links=True) == link
    assert harmless_html(link) == "<a>a</a>"
    assert harmless_html('<a href=" JaVaScRiPt:alert(1)">a</a>', links=True) == "<a>a</a>"


@pytest.mark.slow
def test_what_takes_too_long_to_read_is_refused():
    for bad in ("<b>" * 3000, "a" * (LONGEST + 1)):
        with pytest.raises(RefusedHTML):
            harmless_html(bad)
    start = time.process_time()
    harmless_html("<" + "a " * (LONGEST // 2 - 10))
    assert time.process_time() - start < 10


def rendered(text, **cell):
    return markdown_with_mathml({"cell": cell}, text)


class TestMarkdownCells:
    def test_formulas_and_code_stay(self):
        html = rendered("$\\delta_2$ and\n\n```python\nx < 1\n```\n\n| a |\n|--:|\n| 1 |\n")
        assert "<math>" in html and '<span class="n">x</span>' in html
        assert '<td style="text-align: right">1</td>' in html

    def test_folded_text_stays(self):
        assert "<details><summary>a</summary>" in rendered(
            "<details><summary>a</summary>\n\nb</details>"
        )

    def test_html_is_made_harmless(self):
        html = rendered("<div class='summary' style='position: fixed'>x</div><script>y</script>")
        assert "class" not in html and "position" not in html and "<script" not in html

    def test_pictures_are_those_of_the_cell(self):
        assert "src" not in rendered("![a](http://example.org/a.png)")

    def test_marks_of_our_own_cannot_be_forged(self):
        html = rendered("\ufdd00\ufdd1 $a$")
        assert html.count("<math>") == 1

    def test_what_is_too_intricate_is_shown_as_it_was_written(self):
        assert "<pre>&lt;b&gt;" in rendered("<b>" * 3000)

    def test_a_formula_stays_in_its_place(self):
        assert rendered(r"$\raisebox{99em}{10 of 10}$").startswith('<div style="contain: paint">')
