"""Pictures drawn once for a class: what comes of a notebook's cells, and of odd ones."""

import pytest
from nbformat.v4 import new_notebook

from autograder.seal.limits import Limits
from autograder.seal.sandbox import Sandbox
from autograder.verdict import converse
from autograder.verdict.drawn_ahead import draw_ahead

from .conftest import SECRET, code

LIMITS = Limits(notebook_seconds=3)
FRESH = "import numpy as np\nfrom course import check, lines_picture, progress"
PICTURE = "lines_picture({'f': [1.0, 0.5]}, title='a', xlabel='x', ylabel='y')"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(sealed=False) as sandbox:
        yield sandbox


@pytest.mark.slow
def test_cells_of_a_notebook_give_their_pictures(sandbox):
    cells = (FRESH, "not_written(3)", "check('a.b', 3)", "progress()", PICTURE, PICTURE)
    ((key, html, alt),) = draw_ahead(cells, sandbox, LIMITS)
    assert html.startswith("<img") and alt
    sandbox.keep([(key, "<p>kept</p>", alt)])
    assert sandbox.pictures == ((key, "<p>kept</p>", alt),)
    with sandbox.fork() as fork:
        fork.channel.send({"op": "run", "code": f"{FRESH}\n{PICTURE}", "label": "cell"})
        event = fork.channel.receive()
    assert event["outputs"][0]["data"]["text/html"] == "<p>kept</p>"
    # by its name it goes where the host says that it has it, and there it is put in again
    with sandbox.fork() as fork:
        fork.channel.send({"op": "named", "keys": [key, "unknown"]})
        fork.channel.send({"op": "run", "code": f"{FRESH}\n{PICTURE}", "label": "cell"})
        event = fork.channel.receive()
    assert event["outputs"][0]["data"]["text/html"] == key
    notebook = new_notebook(cells=[code(FRESH), code(PICTURE)])
    came = converse(notebook, SECRET, sandbox, LIMITS, pictures=sandbox.pictures)
    assert came.notebook.cells[1].outputs[0].data["text/html"] == "<p>kept</p>"


@pytest.mark.slow
def test_a_pictures_name_is_short_whatever_it_is_drawn_from(sandbox):
    large = "lines_picture({'f': list(np.arange(20_000.0))}, title='a', xlabel='x', ylabel='y')"
    ((key, _, _),) = draw_ahead((FRESH, large), sandbox, Limits(notebook_seconds=20))
    assert len(key) == 64


@pytest.mark.slow
def test_a_cell_without_an_end_is_interrupted(sandbox):
    other = PICTURE.replace("title='a'", "title='b'")
    assert len(draw_ahead((FRESH, other, "while True:\n    pass"), sandbox, LIMITS)) == 1


@pytest.mark.slow
def test_what_is_known_is_not_drawn_again():
    with Sandbox(sealed=False) as sandbox:
        pictures = draw_ahead((FRESH, PICTURE), sandbox, LIMITS)
        assert len(pictures) == 1
        sandbox.keep(pictures)
        assert draw_ahead((FRESH, PICTURE), sandbox, LIMITS) == ()


@pytest.mark.slow
def test_a_process_that_dies_gives_none(sandbox):
    assert draw_ahead((FRESH, PICTURE, "import os\nos._exit(1)"), sandbox, LIMITS) == ()
    assert draw_ahead((), sandbox, LIMITS) == ()
