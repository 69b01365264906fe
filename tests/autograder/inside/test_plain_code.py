"""What counts as plain is what IPython leaves as it is; hardly any cell of the course is not."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.inside.plain_code import is_plain

ROOT = Path(__file__).parents[3]
CELLS = [
    "".join(cell["source"])
    for path in sorted(ROOT.glob("source/*/*.ipynb"))
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]
PIECES = [
    "%", "!", "?", "??", ",", ";", "/", "=", " ", "\t", "\n", "\r", "\f", "\v", "\x1c", "\u2028",
    "\xa0", "\u3000", "'''", '"', "#", "\\", "(", ")", "...", ">>> ", "In [1]: ",
    "[ins] In [2]: ", "   ...: ", "x", "%%time", "%matplotlib inline", "!ls", "x = %who",
    "x = !ls", "exit", "    ",
]  # fmt: skip


def as_ipython_has_it(code):
    return TransformerManager().transform_cell(code)


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\n%who",
        "%%time\nx = 1",
        "x = !ls\ny = 2",
        "x = \\\n  %who",
        "x?\ny",
        "y\nx.f?",
        "  x = 1\n  y = 2",
        "\nx = 1\ny = 2",
        ">>> x = 1\n>>> y = 2",
        "In [1]: x = 1\n   ...: y = 2",
        "x = '''\n  \n'''",
        "x = '''\n\xa0>>> y'''",
        "x = '''\n\u3000 >>> y\n'''",
        "/f 1\ny",
        "y\n,f a b",
    ],
)
def test_what_ipython_changes_is_not_plain(code):
    assert as_ipython_has_it(code) != f"{code}\n"
    assert not is_plain(code)


@pytest.mark.parametrize(
    "code", ["exit", "x = 1", "x = 1\n", "", "\n", "  ", "x\f%who\ny", "x\u2028y\nz"]
)
def test_a_single_line_and_odd_ends_of_lines_are_left_to_ipython(code):
    assert not is_plain(code)


def test_most_cells_of_the_course_are_plain_and_stay_as_they_are():
    several = [code for code in CELLS if "\n" in code]
    plain = [code for code in several if is_plain(code)]
    assert len(plain) > 0.8 * len(several)
    for code in plain:
        assert as_ipython_has_it(code) == f"{code}\n"


def test_whatever_is_put_into_a_cell_what_counts_as_plain_stays_as_it_is():
    rng = np.random.default_rng(11)
    cells = [code for code in CELLS if "\n" in code]
    plain = 0
    for _ in range(1500):
        code = cells[rng.integers(len(cells))][:300]
        for _ in range(rng.integers(1, 4)):
            at = rng.integers(len(code) + 1)
            if rng.integers(2):
                at = code.rfind("\n", 0, at) + 1
            code = code[:at] + PIECES[rng.integers(len(PIECES))] + code[at:]
        if is_plain(code):
            plain += 1
            # where it cannot even be cut into tokens, the compiler says so as well
            with suppress(SyntaxError):
                assert as_ipython_has_it(code) == (code if code.endswith("\n") else f"{code}\n")
    assert plain > 100
