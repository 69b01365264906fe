"""The marks that git leaves in a notebook's file where nobody ended a merge."""

import pytest

from .written import sources, text_of


def conflict(text, own, other):
    """Return a text in which a line stands in conflict with another."""
    (line,) = (line for line in text.split("\n") if own in line)
    return text.replace(line, marked(line, line.replace(own, other)))


def marked(own, other):
    return f"<<<<<<< HEAD\n{own}\n=======\n{other}\n>>>>>>> branch"


MERGE = "The file held the marks of an unresolved merge; "


@pytest.mark.parametrize("last", [["c = 3"], []])
def test_of_two_versions_of_a_line_the_one_that_stands_first_is_kept(last):
    """Both together, a valid list of lines, would be a program that nobody wrote."""
    text = text_of(["a = 1\n", "z = (y * np.log(p)\n", "     + 1)", *last])
    found = sources(conflict(text, "y * np.log(p)", "np.log(p) * y"))
    assert found == (
        ["a = 1\nz = (y * np.log(p)\n     + 1)" + "".join(last)],
        MERGE + "the side that stands first was kept.",
    )


def test_a_line_that_only_the_second_side_has_is_left_out():
    text = text_of(["a = 1\n", "b = 2\n", "c = 3"])
    line = next(line for line in text.split("\n") if "b = 2" in line)
    found, _ = sources(text.replace(line, f"<<<<<<< HEAD\n=======\n{line}\n>>>>>>> branch"))
    assert found == ["a = 1\nc = 3"]


def cells_apart(text):
    """Return the text before a notebook's last cell, that cell, and what comes after it."""
    start, stop = text.rindex("\n  {") + 1, text.rindex("\n ],")
    return text[:start], text[start:stop], text[stop:]


def test_both_sides_of_a_merge_are_kept_where_they_are_whole_cells():
    before, cell, after = cells_apart(text_of("a = 1", "b = 2"))
    other = cell.replace("b = 2", "b = 5").replace("c1", "c2")
    both = (["a = 1", "b = 2", "b = 5"], MERGE + "both sides were kept.")
    assert sources(before + marked(cell, other) + after) == both
    assert sources(before + marked(f"{cell},", other) + after) == both


def test_both_sides_are_kept_where_they_share_the_bracket_after_them():
    """As git shows two cells that were put in at the end: the bracket before is closed anew."""
    before, cell, after = cells_apart(text_of("a = 1", "b = 2"))
    own = "  },\n" + cell.removesuffix("\n  }")
    other = own.replace("b = 2", "b = 5").replace("c1", "c2")
    text = before.removesuffix("  },\n") + marked(own, other) + "\n  }" + after
    assert sources(text) == (["a = 1", "b = 2", "b = 5"], MERGE + "both sides were kept.")


def test_a_cell_that_one_side_does_not_have_is_kept():
    before, cell, after = cells_apart(text_of("a = 1", "b = 2"))
    before = f"{before}<<<<<<< HEAD\n"
    for sides in (f"{cell},\n=======", f"=======\n{cell},"):
        text = f"{before}{sides}\n>>>>>>> branch\n{cell.replace('b = 2', 'c = 3')}{after}"
        assert sources(text) == (["a = 1", "b = 2", "c = 3"], MERGE + "both sides were kept.")


def test_cells_are_kept_beside_one_side_of_a_line():
    before, cell, after = cells_apart(
        conflict(text_of(["a = 1\n", "d"], "b = 2"), "a = 1", "a = 7")
    )
    found, remarks = sources(before + marked(cell, cell.replace("b = 2", "b = 5")) + after)
    assert found == ["a = 1\nd", "b = 2", "b = 5"]
    assert remarks == (
        MERGE + "both sides were kept where they are whole cells, and within cells the one that "
        "stands first."
    )


def test_where_a_side_runs_from_one_cell_into_the_next_one_side_is_kept():
    text = text_of(["a = 1\n", "b = 2"], ["c = 3\n", "d = 4"])
    own = text[text.index('    "b = 2') : text.index('    "d = 4')].removesuffix("\n")
    other = own.replace("2", "7").replace("3", "8")
    found, remarks = sources(text.replace(own, marked(own, other)))
    assert found == ["a = 1\nb = 2", "c = 3\nd = 4"]
    assert "stands first" in remarks


def test_the_second_side_is_kept_where_the_first_is_broken():
    text = conflict(text_of("a = 1"), "a = 1", "a = 9").replace('"a = 1"', '"a = 1', 1)
    assert sources(text) == (["a = 9"], MERGE + "only the second side could be kept.")


def test_a_result_in_conflict_costs_nothing():
    text = text_of("a = 1").replace('"outputs": []', '"outputs": [\n    {"text": "7"}\n   ]')
    found, remarks = sources(conflict(text, '{"text": "7"}', '{"text": "8"}'))
    assert found == ["a = 1"]
    assert "stands first" in remarks


def test_execution_counts_in_conflict_cost_nothing():
    text = text_of("a = 1").replace('"id"', '"execution_count": 7,\n   "id"')
    found, remarks = sources(conflict(text, "7", "8"))
    assert found == ["a = 1"]
    assert "stands first" in remarks
