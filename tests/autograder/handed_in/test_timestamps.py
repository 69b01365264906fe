"""What is taken for a time, and what is not: students may write anything."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.utils import parse_utc

from autograder.handed_in.timestamps import TOLERANCE, in_utc, parse_timestamp, still_to_come


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-05 10:00:00 UTC", datetime(2026, 3, 5, 10)),
        ("2026-03-05 10:00:00.123456 UTC", datetime(2026, 3, 5, 10, 0, 0, 123456)),
        ("2026-03-05 10:00:00 Europe/Berlin", datetime(2026, 3, 5, 9)),
        ("2026-03-05T10:00:00+02:00", datetime(2026, 3, 5, 8)),
    ],
)
def test_times_are_read_as_nbgrader_does(text, time):
    assert parse_timestamp(text) == time
    assert parse_timestamp(in_utc(time)) == time


@given(st.datetimes(datetime(1000, 1, 1)))
def test_nbgraders_own_are_read_quickly_as_it_reads_them(time):
    assert parse_timestamp(in_utc(time)) == parse_utc(in_utc(time)) == time


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "9" * 400, "2026-13-45 99:00:00 UTC", "2026-03-05 10:00:00 99999999999999",
        "\ud800", "NaN", "1e400 1 1",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_what_it_was(text):
    with pytest.raises(ValueError, match="Got the timestamp"):
        parse_timestamp(text)


@given(st.text(st.sampled_from("0123456789-:. +TZUCamp,/e\n"), max_size=40))
def test_nothing_else_is_ever_raised(text):
    try:
        time = parse_timestamp(text)
    except ValueError:
        return
    assert time.tzinfo is None
    still_to_come(time)


def test_clocks_may_differ_a_little():
    now = datetime.now(UTC).replace(tzinfo=None)
    assert not still_to_come(now + TOLERANCE / 2)
    assert still_to_come(now + TOLERANCE + timedelta(minutes=1))
    assert still_to_come(datetime.max)
