"""Cells deleted, doubled, split and moved: what is put right, and what it then earns."""

import copy

import numpy as np
import pytest

from .small import ALL, FORWARD, LOSS, STUB, at, cell_of, checked, code, earned, honest


def test_an_honest_notebook_stays_as_it_is():
    handed_in = honest()
    result = checked(handed_in)
    assert result.mends == ()
    assert [cell.id for cell in result.notebook.cells] == [cell.id for cell in handed_in.cells]
    for cell, before in zip(result.notebook.cells, handed_in.cells, strict=True):
        if not before.metadata.get("nbgrader", {}).get("locked"):
            assert cell.source == before.source
    assert earned(result.notebook) == ALL


def test_what_is_mended_needs_no_mending():
    handed_in = honest()
    del handed_in.cells[at(handed_in, "check_forward")]
    handed_in.cells.append(handed_in.cells.pop(at(handed_in, "loss")))
    once = checked(handed_in)
    again = checked(once.notebook)
    assert once.mends
    assert again.mends == ()
    assert again.notebook == once.notebook


# deleted


def test_a_deleted_test_is_put_back_after_its_solution():
    handed_in = honest()
    del handed_in.cells[at(handed_in, "check_forward")]
    result = checked(handed_in)
    assert result.mends == (
        "The cell of `check_forward` had been deleted; it was put back as it was released.",
    )
    assert at(result.notebook, "check_forward") == at(result.notebook, "forward") + 1
    assert earned(result.notebook) == ALL


def test_a_deleted_solution_is_put_back_and_earns_nothing():
    handed_in = honest()
    del handed_in.cells[at(handed_in, "loss")]
    result = checked(handed_in)
    assert cell_of(result.notebook, "loss").source == STUB.format("loss")
    assert earned(result.notebook) == ["check_forward"]
    assert "`loss` had been deleted" in result.mends[0]


@pytest.mark.parametrize("place", ["demo", "loss", "end"])
def test_a_solution_rewritten_in_an_ordinary_cell_counts_before_or_after_its_test(place):
    handed_in = honest()
    del handed_in.cells[at(handed_in, "forward")]
    handed_in.cells.insert(at(handed_in, place), code(FORWARD))
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert "lost its mark" in result.mends[0]


def test_the_released_cell_does_not_run_over_a_merged_solution():
    handed_in = honest()
    cell_of(handed_in, "forward").source += "\n\n" + LOSS
    del handed_in.cells[at(handed_in, "loss")]
    result = checked(handed_in)
    assert earned(result.notebook) == ALL


def test_a_solution_merged_with_its_test_keeps_its_text():
    handed_in = honest()
    test = cell_of(handed_in, "check_forward")
    test.source = FORWARD + "\n\n" + test.source
    del handed_in.cells[at(handed_in, "forward")]
    assert earned(checked(handed_in).notebook) == ALL


# doubled and split


def test_a_copy_as_released_below_the_worked_one_is_left_out():
    handed_in = honest()
    twin = copy.deepcopy(cell_of(handed_in, "forward"))
    twin.source = STUB.format("forward")
    handed_in.cells.insert(at(handed_in, "forward") + 1, twin)
    result = checked(handed_in)
    assert len(result.notebook.cells) == len(handed_in.cells)  # one out, one notice in
    assert earned(result.notebook) == ALL
    assert "held nothing new" in result.mends[0]


def test_of_copies_in_several_places_the_last_before_the_test_counts():
    handed_in = honest()
    for name, factor in (("setup", 7), ("end", 9)):
        twin = copy.deepcopy(cell_of(handed_in, "forward"))
        twin.source = f"def forward(x):\n    return {factor} * x"
        handed_in.cells.insert(at(handed_in, name), twin)
    result = checked(handed_in)
    assert cell_of(result.notebook, "forward").source == FORWARD
    assert earned(result.notebook) == ALL
    assert "several places" in result.mends[0]


def test_the_parts_of_a_split_cell_run_in_their_order():
    handed_in = honest()
    place = at(handed_in, "loss")
    first = handed_in.cells[place]
    later = copy.deepcopy(first)
    first.source, later.source = LOSS, "half = loss\ndef loss(x):\n    return half(x)"
    handed_in.cells.insert(place + 1, later)
    result = checked(handed_in)
    assert "in pieces that lie together" in result.mends[0]
    assert result.notebook.cells[at(result.notebook, "loss") + 1].source == later.source
    assert earned(result.notebook) == ALL


def test_a_moved_cell_takes_its_pieces_with_it():
    handed_in = honest()
    place = at(handed_in, "forward")
    first = handed_in.cells[place]
    later = copy.deepcopy(first)
    later.source = "whole = forward\ndef forward(x):\n    return whole(x)"
    del handed_in.cells[place]
    handed_in.cells += [first, later]
    result = checked(handed_in)
    assert earned(result.notebook) == ALL


# moved


@pytest.mark.parametrize("name", ["setup", "forward", "check_forward", "loss", "check_loss"])
@pytest.mark.parametrize("place", [0, 2, 5, 9])
def test_a_moved_cell_costs_nothing(name, place):
    handed_in = honest()
    handed_in.cells.insert(place, handed_in.cells.pop(at(handed_in, name)))
    assert earned(checked(handed_in).notebook) == ALL


@pytest.mark.slow
def test_however_the_cells_are_shuffled_the_honest_earn_everything():
    for seed in range(100):
        handed_in = honest()
        np.random.default_rng(seed).shuffle(handed_in.cells)
        assert earned(checked(handed_in).notebook) == ALL


def test_what_a_moved_solution_needs_comes_with_it():
    handed_in = honest()
    cell_of(handed_in, "forward").source = "@traced\ndef forward(x):\n    return factor * x"
    block = [
        code("factor = 2"),
        code("def traced(f):\n    return lambda x: f(x) + 0 * factor"),
        handed_in.cells.pop(at(handed_in, "forward")),
    ]
    # after its own test and the next one's
    handed_in.cells[-1:-1] = block
    result = checked(handed_in)
    assert earned(result.notebook) == ALL
    assert "Ordinary cells" in result.mends[-1] or "ordinary cell" in result.mends[-1]
