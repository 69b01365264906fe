"""What of a source notebook students are given to be run."""

import nbformat
import pytest

from autograder.run.given_code import given_code
from autograder.run.open_executor import get_ready_in_worker
from autograder.run.worker import open_sandbox
from autograder.seal import Limits

from ..conftest import ROOT

SOLUTION = {"grade_id": "f", "solution": True, "grade": False}
TEST = {"grade_id": "check_f", "solution": False, "grade": True}


def write(folder, *cells):
    """Write a notebook of (source, what nbgrader notes, or None) cells."""
    made = [
        nbformat.v4.new_code_cell(source, metadata={"nbgrader": about} if about else {})
        for source, about in cells
    ]
    made.insert(1, nbformat.v4.new_markdown_cell("words"))
    nbformat.write(nbformat.v4.new_notebook(cells=made), folder / "it.ipynb")


def test_answers_and_tests_are_left_out_and_the_opening_ends_at_the_first(tmp_path):
    write(
        tmp_path,
        ("x = 1", None), ("", None), ("def f(): return x", SOLUTION), ("check(f)", TEST),
        ("f()", {"grade_id": "shown", "locked": True}),
    )  # fmt: skip
    given, opening = given_code(tmp_path)
    assert given == {"it": ("x = 1", "", "f()")}
    assert opening == {"it": ("x = 1",)}


def test_no_line_of_a_solution_is_given():
    for folder in sorted((ROOT / "source").iterdir()):
        given, opening = given_code(folder)
        for name, cells in given.items():
            text = "\n".join(cells)
            assert "SOLUTION" not in text and "HIDDEN TESTS" not in text
            assert opening[name] and set(opening[name]) <= set(cells)


def test_what_is_no_notebook_is_no_code(tmp_path):
    (tmp_path / "it.ipynb").write_text("no notebook")
    with pytest.raises(ValueError, match="Expecting value"):
        given_code(tmp_path)


def test_a_worker_that_is_ready_has_its_pictures():
    given, _ = given_code(ROOT / "source" / "05_two_layer")
    limits = Limits(cell_seconds=19)
    get_ready_in_worker(limits, True, given, None)
    with open_sandbox(limits) as sandbox:
        assert len(sandbox.pictures) == sum(
            cell.count("network_picture(") + cell.count("sigmoid_slope_picture(")
            for cell in given["two_layer"]
        )
