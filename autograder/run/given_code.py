"""The code that students are given to be run, as it stands in the notebooks of source/."""

import json
from itertools import takewhile


def given_code(folder):
    """Return (given, opening) of the notebooks in an assignment's folder of source/, by name.

    folder : a Path. given : name, without .ipynb -> the texts of a notebook's code cells that are
    neither to be filled in nor tests, in order. opening : the first of them, above all that
    students fill in, without those that are empty.

    Raises OSError, ValueError, KeyError, TypeError or AttributeError for what is no notebook.
    """
    given, opening = {}, {}
    for path in sorted(folder.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        given[path.stem] = tuple(_text(cell) for cell in code if _is_given(cell))
        texts = [_text(cell) for cell in takewhile(_is_given, code)]
        opening[path.stem] = tuple(text for text in texts if text.strip())
    return given, opening


def _is_given(cell):
    about = cell["metadata"].get("nbgrader", {})
    return not (about.get("solution") or about.get("grade"))


def _text(cell):
    return "".join(cell["source"])
