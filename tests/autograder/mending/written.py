"""Notebooks as JSON in few words, and what is read of them."""

import json

from autograder.mending.reading import read


def text_of(*sources, indent=1):
    """Return the JSON of a notebook with code cells of these sources."""
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "source": source}
        for i, source in enumerate(sources)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=indent, ensure_ascii=False)


def sources(data):
    """Return the sources that are read, and the remarks as one text."""
    handed = read(data if isinstance(data, bytes) else data.encode())
    return [cell.source for cell in handed.cells], " ".join(handed.remarks)
