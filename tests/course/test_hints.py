import subprocess
import sys
from html import unescape

import pytest

from course import Finding, Score, show_hints
from course.hints import VARIABLE, hint_level
from course.mistakes import find_mistake

MISTAKE = find_mistake("missing-activation-derivative")


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def table():
    def render():
        finding = Finding("db1", 0, 2, MISTAKE.id, "relative error 3.7", ("factor-of-two",))
        return unescape(Score("two_layer.backward", [finding])._repr_html_())

    return render


def test_both_hints_show_the_second_behind_a_details_element(table):
    html = table()
    assert MISTAKE.hint in html
    before, details = html.split("<details>", 1)
    assert MISTAKE.hint in before and MISTAKE.look not in before
    assert "<summary>Show more</summary>" in details and MISTAKE.look in details
    # two mistakes at once: both have their hints
    assert find_mistake("factor-of-two").hint in html
    assert "<script" not in html


def test_an_instructor_may_want_fewer(table):
    show_hints("first")
    assert MISTAKE.hint in table() and MISTAKE.look not in table()
    show_hints("off")
    assert MISTAKE.hint not in table() and "relative error 3.7" in table()
    show_hints("all")
    assert MISTAKE.look in table()


def test_as_text_too():
    score = Score("a.b", [Finding("db1", 0, 2, MISTAKE.id, "off")])
    assert f"Hint: {MISTAKE.hint}" in str(score)
    show_hints("off")
    assert "Hint" not in str(score)


def test_the_choice_reaches_the_kernels_that_a_grader_starts():
    show_hints("first")
    ask = "from course.hints import hint_level; print(hint_level())"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "first"


def test_a_level_that_does_not_exist_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="Got level='some', but the levels are 'off'"):
        show_hints("some")
    monkeypatch.setenv(VARIABLE, "nonsense")
    assert hint_level() == "all"
