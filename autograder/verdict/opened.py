"""What the cells showed that a notebook opens with, where they have run for others already."""

import copy
from functools import lru_cache

from autograder.verdict.outputs import Forged, Gathered


def shown_by_opening(opening, codes, limits, own):
    """Return the outputs of an opening's cells, a list for each, for a notebook to keep.

    opening : an Opening, or None. codes : the text of the notebook's code cells, in order.
    limits : the Limits; own : as in `Gathered`. Returns [] for a notebook that begins otherwise,
    or where a cell shows more than one may.
    """
    if opening is None or tuple(codes[: len(opening.cells)]) != opening.cells:
        return []
    # each notebook counts its own cells in them
    return copy.deepcopy(_gathered(opening, limits, frozenset(own.items())))


@lru_cache(maxsize=8)
def _gathered(opening, limits, own):
    shown = []
    for outputs in opening.outputs:
        gathered = Gathered(limits, dict(own))
        try:
            for output in outputs:
                gathered.add(output)
        except Forged:
            return []
        shown.append(gathered.outputs)
    return shown
