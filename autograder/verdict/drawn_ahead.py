"""Pictures that a notebook draws the same for everybody, drawn once for all its submissions.

They come from a fork that runs the notebook as it was released: no student's code is in it.
"""

import time
from contextlib import suppress

from autograder.verdict.exchange import Exchange, Lost
from autograder.verdict.harmless_html import RefusedHTML, harmless_html
from autograder.verdict.host_calls import ONLY_CELLS_ASK

MOST_CHARACTERS = 1_500_000
"""Of all pictures of a notebook that are drawn in one place: every fork carries them along."""


def draw_ahead(cells, sandbox, limits, share=(0, 1)):
    """Return pictures of a released notebook, for `Sandbox.keep`; () where there are none.

    cells : the text of its code cells, in order. limits : the Limits, as for a student's.
    share : (k, n) for the k-th picture, from 0, and every n-th after it.
    Whatever goes wrong, pictures are then drawn where they are shown.
    """
    if not cells:
        return ()
    with sandbox.fork(limits) as fork, suppress(Lost):
        exchange = Exchange(fork)

        def refuse(event):
            said = "Nothing is checked here: this notebook is run for its pictures."
            exchange.tell({"op": "raise", "type": "RuntimeError", "said": said})

        until = time.monotonic() + limits.notebook_seconds
        op = {"op": "draw_ahead", "cells": list(cells), "share": list(share)}
        serve = dict.fromkeys(ONLY_CELLS_ASK, refuse)
        event, _ = exchange.ask(op, ("drawn",), until, serve)
        return _fit_to_keep(event.get("pictures"))
    return ()


def _fit_to_keep(pictures):
    """Return those that are a key, harmless HTML and words, as many as there is room for."""
    kept, left = [], MOST_CHARACTERS
    for picture in pictures if isinstance(pictures, list) else ():
        texts = list(picture) if isinstance(picture, list | tuple) else []
        left -= sum(len(text) for text in texts if isinstance(text, str))
        if len(texts) != 3 or not all(isinstance(text, str) for text in texts) or left < 0:
            continue
        with suppress(RefusedHTML):
            if harmless_html(texts[1]) == texts[1]:
                kept.append(tuple(texts))
    return tuple(kept)
