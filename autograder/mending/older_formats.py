"""Notebooks in the formats 2 and 3, brought up to date by nbformat."""

import nbformat
from nbformat.v4.convert import upgrade_cell

_TYPES = ("code", "markdown", "raw", "heading", "html")


def cells_of_worksheets(notebook, most):
    """Return the cells, as in format 4, of a notebook whose cells stand in worksheets.

    notebook : a dict with a list under "worksheets", whatever else is in it. most : how many
    cells to bring up to date; those after them stay as they are.
    """
    cells = []
    for sheet in notebook["worksheets"]:
        found = sheet.get("cells") if isinstance(sheet, dict) else None
        for cell in found if isinstance(found, list) else ():
            known = isinstance(cell, dict) and len(cells) < most
            cells.append(_upgraded(cell) if known else cell)
    return cells


def _upgraded(cell):
    kind = cell.get("cell_type")
    if kind not in _TYPES:
        return cell
    text = cell.get("input" if kind == "code" else "source", cell.get("rendered"))
    lines = text if isinstance(text, list) else [text]
    text = "".join(line for line in lines if isinstance(line, str))
    level = cell.get("level")
    plain = {
        "cell_type": kind,
        "metadata": {},
        # nbformat counts on it, and outputs are made anew
        **({"input": text, "outputs": []} if kind == "code" else {"source": text}),
        **({"level": level} if kind == "heading" and level in range(1, 7) else {}),
    }
    upgraded = dict(upgrade_cell(nbformat.from_dict(plain)))
    # the id is drawn at random, and would differ each time; what nbgrader put there stays
    del upgraded["id"]
    return upgraded | {"metadata": cell.get("metadata")}
