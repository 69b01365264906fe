"""How many of the two hints a score shows: a course's choice, or a notebook's."""

import os

LEVELS = ("off", "first", "all")
VARIABLE = "BACKPROP_HINTS"
"""The environment variable that holds the choice, so that it reaches the kernels that a grader
starts: `os.environ["BACKPROP_HINTS"] = "first"` in nbgrader_config.py."""


def show_hints(level):
    """Show no hints ("off"), the first of each mistake ("first"), or both ("all", the default).

    Raises ValueError for another level.
    """
    if level not in LEVELS:
        raise ValueError(f"Got level={level!r}, but the levels are {', '.join(map(repr, LEVELS))}.")
    os.environ[VARIABLE] = level


def hint_level():
    """Return the level that was chosen; "all" where none was, or none that exists."""
    level = os.environ.get(VARIABLE, "all")
    return level if level in LEVELS else "all"
