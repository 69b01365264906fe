"""A thousand damaged notebooks of the whole course: mended, or said to be none; never a crash."""

import json
import time

import numpy as np
import pytest

from autograder.mending import mend

from .fuzz import mutated, of_cells
from .invariants import hold
from .units import UNITS, pattern, solutions, solved


@pytest.mark.parametrize("unit", UNITS)
def test_an_honest_notebook_needs_no_mending(unit):
    result = mend(solved(unit), pattern(unit))
    assert result.mends == ()
    hold(result, pattern(unit))
    found = [cell.source for cell in result.notebook.cells]
    assert set(solutions(unit).values()) <= set(found)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_whatever_happens_to_a_file_it_is_mended(unit):
    for seed in range(84):
        rng = np.random.default_rng([UNITS.index(unit), seed])
        data = mutated(rng, solved(unit))
        start = time.process_time()
        result = mend(data, pattern(unit))
        assert time.process_time() - start < 5, seed
        hold(result, pattern(unit))


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_solution_that_is_still_there_is_never_lost(unit, request):
    for seed in range(40 if request.config.getoption("--all-mutants") else 15):
        rng = np.random.default_rng([2, UNITS.index(unit), seed])
        notebook = json.loads(solved(unit))
        for _ in range(3):
            notebook = of_cells(rng, notebook)
        result = mend(json.dumps(notebook).encode(), pattern(unit))
        hold(result, pattern(unit))
        handed_in = {"".join(cell["source"]) for cell in notebook["cells"]}
        graded = "\0".join(cell.source for cell in result.notebook.cells)
        for text in solutions(unit).values():
            assert text not in handed_in or text in graded, seed


def test_an_honest_notebook_of_unit_05_is_mended_in_under_3_ms():
    data, expected = solved("05_two_layer"), pattern("05_two_layer")
    seconds = []
    for _ in range(30):
        start = time.process_time()
        mend(data, expected)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.003
