"""A small notebook with one of each kind of cell, and what its tests say of it."""

import copy
import json

import nbformat

from autograder.mending import mend, pattern_of

from .invariants import hold

SETUP = "import math\n\nforward = loss = None"
FORWARD = "def forward(x):\n    return 2 * x"
LOSS = "def loss(x):\n    return forward(x) + 1"
STUB = "def {}(x):\n    raise NotImplementedError"
HIDDEN = "\n### BEGIN HIDDEN TESTS\nassert {}\n### END HIDDEN TESTS"
ESSAY = "Because the chain rule says so."
PROMPT = "*Why?*"

# grade id -> (what a student is given, what the source holds, flags)
_MARKED = {
    "setup": (SETUP, SETUP, {"locked": True}),
    "forward": (STUB.format("forward"),) * 2 + ({"solution": True},),
    "check_forward": (
        "assert forward(1) == 2",
        "assert forward(1) == 2" + HIDDEN.format("forward(-1) == -2"),
        {"grade": True, "locked": True, "points": 3},
    ),
    "essay": (PROMPT, PROMPT, {"grade": True, "solution": True, "points": 4}),
    "loss": (STUB.format("loss"),) * 2 + ({"solution": True},),
    "check_loss": (
        "assert loss(1) == 3",
        "assert loss(1) == 3" + HIDDEN.format("loss(0) == 1"),
        {"grade": True, "locked": True, "points": 5},
    ),
}
_ORDER = (
    ("markdown", "title", "# Two functions"),
    ("code", "setup", None),
    ("markdown", "about", "First this one."),
    ("code", "forward", None),
    ("code", "check_forward", None),
    ("code", "demo", "shown = forward(3)"),
    ("markdown", "essay", None),
    ("code", "loss", None),
    ("code", "check_loss", None),
    ("markdown", "end", "Done."),
)
_ANSWERS = {"forward": FORWARD, "loss": LOSS, "essay": ESSAY}


def notebook(hidden=False, answers=None):
    """Return the notebook as released, or with answers, or as the source holds it."""
    made = nbformat.v4.new_notebook()
    for kind, name, text in _ORDER:
        cell = getattr(nbformat.v4, f"new_{kind}_cell")(text or "", id=name.replace("_", "-"))
        if text is None:
            given, held, flags = _MARKED[name]
            cell.source = (answers or {}).get(name, held if hidden else given)
            cell.metadata["nbgrader"] = nbformat.from_dict(
                {"grade_id": name, "schema_version": 3, "grade": False, "solution": False}
                | {"locked": False, "task": False}
                | flags
            )
        made.cells.append(cell)
    return made


PATTERN = pattern_of(notebook(hidden=True))
RELEASED = notebook()


def honest():
    """Return a new solved notebook, as an honest student hands it in."""
    return copy.deepcopy(notebook(answers=_ANSWERS))


def at(of, name):
    """Return the place of the cell with a grade id, or else an id, in a notebook."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in of.cells]
    return ids.index(name) if name in ids else [cell.id for cell in of.cells].index(name)


def cell_of(of, name):
    """Return the cell with a grade id, or else an id, of a notebook."""
    return of.cells[at(of, name)]


def code(source, **metadata):
    """Return a new ordinary code cell."""
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def mended(handed_in, notes=()):
    """Mend a notebook, or bytes."""
    data = handed_in if isinstance(handed_in, bytes) else json.dumps(handed_in).encode()
    return mend(data, PATTERN, notes)


def checked(handed_in):
    """Mend, assert what always holds, and return the Mended."""
    result = mended(handed_in)
    hold(result, PATTERN)
    return result


def earned(of):
    """Return the grade ids of the tests that pass, running a notebook's code in its order."""
    space, passed = {}, []
    for cell in of.cells:
        if cell.cell_type != "code":
            continue
        try:
            exec(cell.source, space)  # our own cells, nobody else's
        except Exception:
            continue
        if cell.metadata.get("nbgrader", {}).get("grade"):
            passed.append(cell.metadata.nbgrader.grade_id)
    return passed


ALL = ["check_forward", "check_loss"]
