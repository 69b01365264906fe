"""What stands in the answer cells of one student's notebook."""

import ast
from importlib import import_module

from autograder.planted import edited, function_sources


def answers(unit, kind):
    """Return what a student of that kind wrote: function -> its body, and the text of `stages`.

    Cells that stay blank are left out.
    """
    name = f"autograder.example_class.{unit}.{kind.style}" if kind.style else solutions(unit)
    bodies = {key: body(text) for key, text in function_sources(import_module(name)).items()}
    bodies = edited(bodies, kind.edits)
    stages = getattr(import_module(solutions(unit)), "stages", None)
    if stages is not None:
        bodies["stages"] = entered_numbers(stages, kind.stages)
    if kind.blank == ("*",):
        return {}
    return {key: text for key, text in bodies.items() if key not in kind.blank}


def solutions(unit):
    """Return the name of the module with a unit's reference solutions."""
    return f"autograder.solutions.{unit}"


def body(function_source):
    """Return a function's source without its signature and docstring."""
    function = ast.parse(function_source).body[0]
    first = function.body[1] if ast.get_docstring(function) else function.body[0]
    return "\n".join(function_source.rstrip().split("\n")[first.lineno - 1 :])


def entered_numbers(values, count=None):
    """Return the text of the cell of numbers entered by hand, the first `count` of them."""
    lines = [
        f'    "{name}": {value if count is None or k < count else None},'
        for k, (name, value) in enumerate(values.items())
    ]
    return "\n".join(["stages = {", *lines, "}"])


def fill(notebook, written):
    """Write answers into a released notebook, below the signature and docstring it gives.

    written : grade id of an answer cell -> function body, or the whole text for `stages`.
    Raises ValueError where the notebook has no cell for an answer.
    """
    cells = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for name, text in written.items():
        if name not in cells:
            raise ValueError(f"Got an answer for {name!r}, but the cells are {', '.join(cells)}.")
        cell = cells[name]
        cell.source = text if name == "stages" else f"{_head(cell.source)}\n{text}"


def _head(released):
    """Return the signature and docstring of the function that a released cell begins."""
    function = ast.parse(released).body[0]
    last = function.body[0].end_lineno if ast.get_docstring(function) else function.lineno
    return "\n".join(released.split("\n")[:last])
