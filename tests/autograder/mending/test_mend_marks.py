"""Cells retyped, renamed and edited: marks, settings and texts put right."""

import copy

import nbformat
import pytest

from .small import ALL, cell_of, checked, earned, honest


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("name", ["forward", "check_loss"])
def test_a_retyped_cell_gets_its_type_back(name, kind):
    handed_in = honest()
    cell = cell_of(handed_in, name)
    cell.cell_type = kind
    del cell["outputs"], cell["execution_count"]
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert result.mends == (
        f"The cell of `{name}` had been made a cell of another type; its type was put back.",
    )


@pytest.mark.parametrize("base", ["", "||||||| base\n    pass\n"])
def test_marks_of_a_merge_within_a_cell_leave_the_side_that_stands_first(base):
    """As nbdime merges: the file is whole, and the marks stand in an answer."""
    handed_in = honest()
    cell = cell_of(handed_in, "forward")
    first, *rest = cell.source.split("\n")
    own = "\n".join(rest)
    cell.source = (
        f"{first}\n<<<<<<< local\n{own}\n{base}=======\n    return 3 * x\n>>>>>>> remote <b>\n"
    )
    result = checked(handed_in)
    assert cell_of(result.notebook, "forward").source == f"{first}\n{own}\n"
    assert earned(result.notebook) == ALL
    assert result.mends == (
        "The answer to `forward` held the marks of an unresolved merge; the side that stands "
        "first was kept.",
    )


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("check_loss", "points", 500),
        ("check_loss", "points", "many"),
        ("check_loss", "grade", False),
        ("check_loss", "solution", True),
        ("forward", "grade", True),
        ("forward", "locked", True),
        ("setup", "locked", False),
        ("forward", "task", True),
    ],
)
def test_edited_settings_are_put_back(name, key, value):
    handed_in = honest()
    cell_of(handed_in, name).metadata.nbgrader[key] = value
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    harmless = (name, key) == ("forward", "locked")  # nbgrader's own rule: a solution is open
    assert bool(result.mends) is not harmless


@pytest.mark.parametrize("name", ["setup", "forward", "check_forward", "loss", "check_loss"])
def test_a_renamed_cell_is_known_all_the_same(name):
    handed_in = honest()
    cell_of(handed_in, name).metadata.nbgrader.grade_id = "mine"
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert len(result.notebook.cells) == len(handed_in.cells) + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("forward", "loss"), ("check_forward", "check_loss"), ("forward", "check_loss")],
)
def test_swapped_marks_are_put_right(one, other):
    handed_in = honest()
    first, second = cell_of(handed_in, one), cell_of(handed_in, other)
    first.metadata.nbgrader, second.metadata.nbgrader = (
        second.metadata.nbgrader,
        first.metadata.nbgrader,
    )
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert result.mends


def test_marks_on_ordinary_cells_are_taken_off():
    handed_in = honest()
    demo = cell_of(handed_in, "demo")
    demo.metadata["nbgrader"] = copy.deepcopy(cell_of(handed_in, "check_loss").metadata.nbgrader)
    result = checked(handed_in)
    assert cell_of(result.notebook, "demo").source == "shown = forward(3)"
    assert earned(result.notebook) == ALL


@pytest.mark.parametrize("keep_ids", [True, False])
def test_a_program_that_strips_all_marks_costs_nothing(keep_ids):
    handed_in = honest()
    for place, cell in enumerate(handed_in.cells):
        cell.metadata = nbformat.NotebookNode()
        if not keep_ids:
            cell.id = f"new-{place}"
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert len(result.notebook.cells) == len(handed_in.cells) + (1 if keep_ids else 2)


def test_an_altered_test_is_put_back():
    handed_in = honest()
    cell_of(handed_in, "forward").source = "forward = None"
    cell_of(handed_in, "check_forward").source = "assert forward(1) == 2 or True"
    result = checked(handed_in)
    assert "check_forward" not in earned(result.notebook)


def test_what_was_added_to_a_locked_cell_still_runs():
    handed_in = honest()
    cell_of(handed_in, "setup").source += "\nimport operator"
    cell_of(handed_in, "forward").source = "def forward(x):\n    return operator.mul(2, x)"
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert result.mends == (
        "The locked cell `setup` had been changed; its text was put back.",
        "What had been added to the locked cell `setup` runs as an ordinary cell before it.",
    )
