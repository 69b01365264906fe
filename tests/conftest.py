"""What concerns all tests."""

import gc


def pytest_addoption(parser):
    parser.addoption(
        "--all-mutants",
        action="store_true",
        help="try every mechanical mutant, not a fixed sample of each task's",
    )
    parser.addoption(
        "--write-figures",
        action="store_true",
        help="write what the proof measures into docs/proof.md and README.md before comparing",
    )
    parser.addoption(
        "--kills", type=int, default=5, metavar="N",
        help="how often a sealed grading is killed in tests/autograder/run/test_killed.py",
    )  # fmt: skip


def pytest_collection_finish():
    """Leave the thousands of tests, which stay to the end, out of every garbage collection."""
    gc.freeze()
