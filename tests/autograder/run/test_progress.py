"""Progress in both modes, and the summary."""

import io
import re

import pytest

from autograder.run import progress
from autograder.run.grade_class import Graded
from autograder.run.progress import follow
from autograder.run.summary import Summary

CLASS = [
    Graded("ana", seconds=0.5),
    Graded("ben", skipped=True),
    Graded("cho", mends=("The cell loss was missing.",), seconds=2),
    Graded("dov", failure="Could not be graded: the worker died.", seconds=1),
    Graded("eli", trouble=("The cell loss was stopped after 60 s.",), seconds=61),
]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_on_a_terminal_counts_what_came(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = Terminal()
    assert list(follow(CLASS, "Grading", file)) == CLASS
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue())
    assert "5/5" in shown
    assert "2 done · 1 left as they were · 1 mended · 1 failed" in shown
    # it is gone when all is done: what stays is the summary
    assert file.getvalue().endswith("\x1b[2K")


def test_the_bar_goes_away_when_the_run_breaks_off(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")

    class Broken(list):
        def __iter__(self):
            yield CLASS[0]
            raise RuntimeError("no worker is left")

    file = Terminal()
    with pytest.raises(RuntimeError, match="no worker"):
        list(follow(Broken(CLASS), "Grading", file))
    assert file.getvalue().endswith("\x1b[2K")


def test_lines_elsewhere_say_rate_and_time_left(monkeypatch):
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    run = [Graded(f"s{i}") for i in range(10)]
    file = io.StringIO()
    assert list(follow(run, "Grading", file)) == run
    assert file.getvalue().splitlines() == [
        "Grading: 3 of 10, 0.5 a second, 14 s left",
        "Grading: 6 of 10, 0.5 a second, 8 s left",
        "Grading: 9 of 10, 0.5 a second, 2 s left",
    ]


def test_a_short_run_has_no_lines():
    file = io.StringIO()
    assert list(follow(CLASS, "Grading", file)) == CLASS
    assert file.getvalue() == ""


def test_the_summary_says_what_came():
    summary = Summary()
    for graded in CLASS:
        summary.add(graded)
    assert summary.lines(2) == [
        "4 graded in 2.0 s, 2.0 a second: 2 done, 1 left as they were, 1 mended, 1 failed.",
        "Slowest: eli 61.0 s, cho 2.0 s, dov 1.0 s.",
        "Mended before they were graded:",
        "  cho: The cell loss was missing.",
        "Stopped or broken off while they ran:",
        "  eli: The cell loss was stopped after 60 s.",
        "Not graded:",
        "  dov: Could not be graded: the worker died.",
    ]


def test_a_long_list_is_cut():
    summary = Summary()
    for i in range(25):
        summary.add(Graded(f"s{i:02}", failure="x"))
    lines = summary.lines(1)
    assert lines[-1] == "  … and 15 more"
    assert len(lines) == 13


def test_where_all_was_skipped_there_is_nothing_to_sum_up():
    summary = Summary()
    summary.add(Graded("ana", skipped=True))
    assert summary.lines(1) == []
