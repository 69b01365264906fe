import io
from datetime import timedelta

import pytest

from autograder.report.class_results import Result
from autograder.report.table import in_words, print_table

RESULTS = [
    Result("amara-okafor", 30.0, 30.0),
    Result("leo-sato", 12.5, 30.0, late=timedelta(hours=25), note="Graded a.ipynb as b.ipynb."),
    Result("mei-lin", None, 30.0, cause="Could not be graded: [bold]no[/bold]"),
]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_plain_lines_where_there_is_no_terminal():
    out = io.StringIO()
    print_table(RESULTS, out)
    assert out.getvalue().splitlines() == [
        "Student       Points      Late            First finding",
        "amara-okafor  30 of 30                    All right.",
        "leo-sato      12.5 of 30  1 day 1 h late  No cell says why points were lost; "
        "see the feedback page. Graded a.ipynb as b.ipynb.",
        "mei-lin       –                           Could not be graded: [bold]no[/bold]",
    ]


def test_on_a_terminal_brackets_stay_what_they_are(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    print_table(RESULTS, out)
    assert "\x1b[" in out.getvalue()
    assert "[bold]no[/bold]" in out.getvalue()


def test_without_rich_the_plain_lines_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rich", None)
    out = Terminal()
    print_table(RESULTS, out)
    assert "\x1b[" not in out.getvalue()
    assert "amara-okafor  30 of 30" in out.getvalue()


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(seconds=4), "1 min"),
        (timedelta(minutes=59, seconds=50), "1 h"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(days=2, minutes=5), "2 days 5 min"),
        (timedelta(days=1, hours=2, minutes=5), "1 day 2 h"),
    ],
)
def test_durations_in_words(duration, words):
    assert in_words(duration) == words
