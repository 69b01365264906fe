import copy
import json
import pickle
from html.parser import HTMLParser

import pytest
from IPython.core.formatters import DisplayFormatter

from course import Finding, Score
from course.score import SCORE_MIME


@pytest.fixture
def score():
    return Score(
        "two_layer.backward",
        [
            Finding("dW1", 0, 3, "wrong-sign", "a < b & <script>alert(1)</script>"),
            Finding("db1", 0, 2, "wrong-sign", "a < b & <script>alert(1)</script>"),
            Finding("dW2", 1.5, 3),
            Finding("db2", 2, 2),
        ],
        "Tried on 3 cases.",
    )


def test_a_score_is_its_points(score):
    assert score == 3.5
    assert repr(score) == "3.5"
    assert score.possible == 10
    assert score.task == "two_layer.backward"
    assert score.misconceptions == {"wrong-sign"}


def test_nbgrader_reads_the_points_from_what_a_notebook_shows(score):
    data, _ = DisplayFormatter().format(score)
    assert float(data["text/plain"]) == 3.5
    assert set(data) == {"text/plain", "text/html", SCORE_MIME}
    assert Score.from_data(json.loads(json.dumps(data[SCORE_MIME]))).findings == score.findings


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_the_table_says_verdicts_in_words_and_escapes_what_it_shows(score):
    cells = Cells()
    cells.feed(score._repr_html_())
    assert "script" not in cells.tags
    assert "<script>alert(1)</script>" in cells.text
    for said in ("✗ not yet", "◐ partly", "✓ right", "3.5 of 10 points", "Tried on 3 cases."):
        assert said in cells.text
    # neighbours that say the same say it once
    assert cells.text.count("a < b") == 1


def test_as_text(score):
    assert "two_layer.backward: 3.5 of 10 points" in str(score)
    assert "not yet  dW1: a < b" in str(score)


def test_a_score_survives_pickling_and_copying(score):
    for other in (pickle.loads(pickle.dumps(score)), copy.deepcopy(score)):
        assert other == score
        assert other.findings == score.findings
        assert other.basis == score.basis


@pytest.mark.parametrize("earned", [-1, 3.1, float("nan")])
def test_points_outside_of_what_is_possible_are_refused(earned):
    with pytest.raises(ValueError, match="earns from 0 to what is possible"):
        Score("a.b", [Finding("dW1", earned, 3)])


def test_full_parts_add_up_to_the_full_points_exactly():
    assert Score("a.b", [Finding(str(i), 0.1, 0.1) for i in range(10)]) == 1.0
