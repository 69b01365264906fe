"""When something was handed in: nbgrader's timestamps, as far as they are times and can be true."""

import re
from datetime import UTC, datetime, timedelta

from nbgrader.utils import parse_utc

from autograder.mending.decoding import decode

TOLERANCE = timedelta(minutes=10)
"""By how much two clocks may differ without a word."""


_NBGRADERS_OWN = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?) UTC", re.ASCII)
"""A timestamp as nbgrader writes it, and `in_utc`; students and other tools may write others."""


def stamp_in(data):
    """Return the text in the bytes of a timestamp.txt; an editor may have put marks before it."""
    return decode(data)[0].strip() if data.strip(b"\0\t\n\r ") else ""


def parse_timestamp(text):
    """Return a timestamp of nbgrader's as a datetime, UTC, without a time zone.

    text : such as "2026-03-02 14:05:00.123456 UTC". Raises ValueError, whatever is wrong with it.
    """
    try:
        own = _NBGRADERS_OWN.fullmatch(text)
        # the same in a twentieth of the time: there may be hundreds
        return datetime.fromisoformat(own[1]) if own else parse_utc(text)
    except Exception as error:  # dateutil raises of every kind, and students write what they like
        raise ValueError(
            f"Got the timestamp {text[:60]!r}, but it is no time such as '2026-03-02 14:05:00 UTC'."
        ) from error


def still_to_come(timestamp):
    """Whether a timestamp (UTC, without a time zone) is later than now by this machine's clock."""
    return timestamp > datetime.now(UTC).replace(tzinfo=None) + TOLERANCE


def in_utc(timestamp):
    """Return a timestamp as nbgrader writes it, with microseconds only where there are some."""
    return f"{timestamp} UTC"
