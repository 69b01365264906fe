"""What runs where and when: the longest first, together what shares what is costly, or not now.

Where tests of a marker are asked for, files without it are not even imported.

A file of tests goes to one process whole, since what its tests share is made once for it. Files
that share something made once a session go to the same process; the proofs of a unit go as a
unit, since nothing is shared between two units.

Of a function with many parameters, `make test-quick` runs a few; `make test` runs all.
"""

from collections import defaultdict
from pathlib import PurePath

from xdist.scheduler import LoadFileScheduling

TOGETHER = {
    "the graded class": (
        "tests/autograder/run/test_grade_class.py",
        "tests/autograder/feedback/test_feedback.py",
        "tests/autograder/feedback/test_feedback_in_a_browser.py",
        "tests/autograder/report/test_report.py",
    ),
    "nbgrader's quickstart": (
        "tests/autograder/gradebook/test_parity.py",
        "tests/autograder/mending/test_pattern.py",
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
    "nbgrader's quickstart",
    "tests/docs/test_commands.py",
    "tests/autograder/through_nbgrader/test_intake.py",
    "tests/hostile/test_class.py",
    "the graded class",
    "tests/autograder/run/test_resuming.py",
    "tests/autograder/run/test_cluster.py",
    "tests/autograder/through_nbgrader/test_executor.py",
    "tests/house/test_students_bundle.py",
    "the databases",
    "tests/autograder/run/test_cluster_executor.py",
    "tests/autograder/run/test_stopping.py",
    "tests/autograder/seal/test_lifetime.py",
    "tests/autograder/test_units.py",
    "tests/hostile/test_limits.py",
    "tests/course/tasks/test_training_astray.py",
    "tests/autograder/run/test_fuzzed_class.py",
    "the site",
    "tests/autograder/run/test_killed.py",
    "tests/hostile/test_channel.py",
    "tests/hostile/test_forging.py",
    "tests/house/test_authors_page.py",
    "tests/autograder/mending/test_fuzz.py",
    "tests/autograder/seal/test_limits.py",
    "tests/autograder/verdict/test_conversation.py",
    "tests/hostile/test_ordinary_user.py",
    "tests/proof/test_planted.py two_layer",
    "tests/proof/test_planted.py deep",
    "tests/proof/test_planted.py activations",
    "tests/proof/test_planted.py layers",
)
"""Files, and what is together, that take longest, about the longest first."""

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


FEW = 5
"""How many tests of a function with many parameters are quick, at the most."""

FEWER = {"tests/hostile": 0, "tests/autograder/verdict": 3, "tests/autograder/seal": 3}
"""Folder -> how many in its files, where each test runs notebooks or processes in a sandbox."""


def beyond_a_few(items):
    """Return the tests that are more of the same than FEW, spread evenly over their parameters."""
    families = defaultdict(list)
    for item in items:
        families[item.nodeid.partition("[")[0]].append(item)
    beyond = []
    for test_id, members in families.items():
        few = FEWER.get(PurePath(test_id.partition("::")[0]).parent.as_posix(), FEW)
        if len(members) > few:
            kept = {n * len(members) // few for n in range(few)}
            beyond += [item for n, item in enumerate(members) if n not in kept]
    return beyond


def required(expression):
    """Return the markers that a test must have to be chosen by -m; maybe not all of them."""
    if " or " in expression or "(" in expression:
        return set()
    return {term for term in expression.split(" and ") if term.isidentifier()}


def may_hold(path, markers):
    """Whether a file of tests names each of the markers, so that one of its tests may have all."""
    text = path.read_text(encoding="utf-8") if markers else ""
    return all(f"pytest.mark.{marker}" in text for marker in markers)


class Sharing(LoadFileScheduling):
    """Deals out groups of tests, each whole, in the order in which they were collected."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return group_of(nodeid)
