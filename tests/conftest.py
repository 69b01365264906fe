"""What runs beside what, when the tests are shared out to several processes."""

import gc

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--all-mutants",
        action="store_true",
        help="try every mechanical mutant, not a fixed sample of each task's",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep together the tests that share something costly, so that it is made once.

    First of all such hooks: pytest-xdist reads the groups in its own.
    """
    for item in items:
        if "graded_class" in item.fixturenames:
            together = f"graded class of {item.path.parent.name}"
        elif item.get_closest_marker("browser"):
            # one browser at a time: two would spoil each other's timing
            together = "browser"
        else:
            unit = getattr(item, "callspec", None) and item.callspec.params.get("unit")
            together = f"{item.path.name} {unit or ''}"
        item.add_marker(pytest.mark.xdist_group(together))


def pytest_collection_finish():
    """Leave the thousands of tests, which stay to the end, out of every garbage collection."""
    gc.freeze()
