"""Graded notebooks as bytes: what is encoded once for all stands where it stood."""

import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.run.notebook_json import as_json

PICTURE = '<img alt="δ1 \\ \t" src="a">'


def shows(*htmls):
    """Return a code cell with an output for each text of HTML."""
    data = [{"text/html": html, "text/plain": "a"} for html in htmls]
    return new_code_cell("a", outputs=[new_output("display_data", one) for one in data])


def test_it_is_the_same_with_texts_that_stand_there_often():
    printed = new_code_cell("b", outputs=[new_output("stream", text=PICTURE)])
    cells = [new_markdown_cell(PICTURE), shows(PICTURE, "<b>1</b>", PICTURE), printed, shows("")]
    notebook = new_notebook(cells=cells)
    before = json.dumps(notebook)
    plain = as_json(notebook)
    assert as_json(notebook, [PICTURE, "<b>1</b>", "<p>nowhere</p>"]) == plain
    # one that holds another
    assert as_json(notebook, [PICTURE, PICTURE[:9], ""]) == plain
    assert nbformat.reads(plain.decode(), as_version=4) == notebook
    assert json.dumps(notebook) == before


def test_half_of_a_character_is_no_text():
    notebook = new_notebook(cells=[shows("\ud800"), new_markdown_cell("\udcff")])
    for often in ((), ("\ud800",)):
        cells = json.loads(as_json(notebook, often))["cells"]
        assert cells[0]["outputs"][0]["data"]["text/html"] == cells[1]["source"] == "?"
