"""Which of pytest's processes runs what: the longest first, together what shares what is costly.

A file of tests goes to one process whole, since what its tests share is made once for it. Files
that share something made once a session go to the same process; the proofs of a unit go as a
unit, since nothing is shared between two units.
"""

from pathlib import PurePath

from xdist.scheduler import LoadFileScheduling

TOGETHER = {
    "the graded class": (
        "tests/autograder/run/test_grade_class.py",
        "tests/autograder/feedback/test_feedback.py",
        "tests/autograder/feedback/test_feedback_in_a_browser.py",
        "tests/autograder/report/test_report.py",
    ),
    "the site": ("tests/docs/test_site.py", "tests/docs/test_site_in_a_browser.py"),
    "the databases": (
        "tests/autograder/gradebook/test_postgres.py",
        "tests/autograder/gradebook/test_writer.py",
        "tests/autograder/gradebook/test_tables.py",
        "tests/autograder/gradebook/test_older.py",
        "tests/autograder/gradebook/test_locked.py",
    ),
}
"""What several files share -> the files."""

BY_UNIT = ("test_mutants.py", "test_planted.py", "test_rewritten.py")
"""Files of tests/proof whose first parameter is a unit."""

LONG = (
    "tests/docs/test_commands.py",
    "tests/hostile/test_class.py",
    "the graded class",
)
"""Files, and what is together, that take longest, the longest first."""

_GROUPS = {path: group for group, paths in TOGETHER.items() for path in paths}


def group_of(test_id):
    """Return the name of what a test, given by its id, is run together with."""
    path, _, name = test_id.partition("::")
    if path in _GROUPS:
        return _GROUPS[path]
    if PurePath(path).parent == PurePath("tests/proof") and path.endswith(BY_UNIT):
        unit = name.partition("[")[2].rstrip("]").partition("-")[0]
        return f"{path} {unit}"
    return path


def rank(test_id):
    """Return where a test, given by its id, stands among what is to be run, for sorting."""
    group = group_of(test_id)
    return LONG.index(group) if group in LONG else len(LONG)


class Sharing(LoadFileScheduling):
    """Deals out groups of tests, each whole, in the order in which they were collected."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return group_of(nodeid)
