"""Answers that a person reads, files that are no notebook, and what heads one."""

import copy

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.mending import mend

from .invariants import hold
from .small import (
    ESSAY,
    PATTERN,
    PROMPT,
    RELEASED,
    at,
    cell_of,
    checked,
    code,
    earned,
    honest,
    mended,
)

# answers that a person reads


def test_an_answer_in_two_pieces_is_joined():
    handed_in = honest()
    place = at(handed_in, "essay")
    first = handed_in.cells[place]
    later = copy.deepcopy(first)
    first.source, later.source = PROMPT, ESSAY
    handed_in.cells.insert(place + 1, later)
    essay = cell_of(checked(handed_in).notebook, "essay")
    assert essay.source == ESSAY  # the piece that is as released was left out
    first.source = "First."
    essay = cell_of(checked(handed_in).notebook, "essay")
    assert essay.source == f"First.\n\n{ESSAY}"
    assert determine_grade(essay) == (None, 4)


def test_a_deleted_answer_earns_zero_without_a_person():
    handed_in = honest()
    del handed_in.cells[at(handed_in, "essay")]
    essay = cell_of(checked(handed_in).notebook, "essay")
    assert determine_grade(essay) == (0, 4)


def test_pasted_pictures_stay_and_other_attachments_go():
    handed_in = honest()
    cell_of(handed_in, "essay").attachments = nbformat.from_dict(
        {
            "page 1.png": {"image/png": "iVBORw0KGgo="},
            "evil.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"},
            "odd.png": {"image/png": '"><script>'},
        }
    )
    essay = cell_of(checked(handed_in).notebook, "essay")
    assert essay.attachments == {"page 1.png": {"image/png": "iVBORw0KGgo="}}


# no notebook, and what heads one


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"print('hello')", b"[1, 2]", b"\xff" * 50])
def test_what_is_no_notebook_becomes_the_released_one(data):
    result = checked(data)
    assert earned(result.notebook) == []
    assert len(result.mends) == 1
    assert result.mends[0].startswith("The file cannot be read as a notebook: it is ")
    assert len(result.notebook.cells) == len(PATTERN.cells) + 1


def test_a_missing_file_becomes_the_released_notebook():
    result = mend(None, PATTERN)
    hold(result, PATTERN)
    assert result.mends == (
        "This notebook was not handed in; its cells were put in as they were released.",
    )


def test_another_notebook_becomes_the_released_one_in_one_sentence():
    other = nbformat.v4.new_notebook(cells=[code("x = 1")])
    result = checked(other)
    assert len(result.mends) == 1
    assert "x = 1" in [cell.source for cell in result.notebook.cells]


def test_the_notebook_as_released_needs_no_mending():
    assert mended(RELEASED).mends == ()


def test_notes_head_the_notebook_without_their_markup():
    result = mended(honest(), ["Graded <script>alert(1)</script>`x`[a](b)$y$.ipynb as x.ipynb."])
    head = result.notebook.cells[0]
    assert head.cell_type == "markdown"
    assert "<script>" not in head.source
    assert "\\`x\\`" in head.source
    assert "\\[a\\]\\(b\\)" in head.source
    assert "\\$y\\$" in head.source
    assert result.mends[0].startswith("Graded <script>")


def test_cells_get_ids_of_their_own():
    handed_in = honest()
    for cell in handed_in.cells:
        cell.id = "same"
    ids = [cell.id for cell in mended(handed_in).notebook.cells]
    assert len(set(ids)) == len(ids)
    assert ids == [cell.id for cell in mended(handed_in).notebook.cells]


def test_what_is_not_harmless_in_metadata_goes():
    handed_in = honest()
    demo = cell_of(handed_in, "demo")
    demo.metadata.update(
        {"tags": ["skip-execution"], "collapsed": True, "jupyter": {"source_hidden": True, "x": 1}}
    )
    handed_in.metadata = nbformat.from_dict(
        {"kernelspec": {"name": "bash", "display_name": "Bash"}, "widgets": {"a": [1]}}
    )
    notebook = checked(handed_in).notebook
    assert cell_of(notebook, "demo").metadata == {
        "collapsed": True,
        "jupyter": {"source_hidden": True},
    }
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
