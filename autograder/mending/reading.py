"""What was handed in as a notebook: its bytes read into cells, or why they cannot be."""

import json
from dataclasses import dataclass

from autograder.mending.conflicts import resolutions
from autograder.mending.decoding import decode
from autograder.mending.handed_cell import HandedCell, handed_cell
from autograder.mending.lenient import DEEPEST, parse
from autograder.mending.older_formats import cells_of_worksheets
from autograder.mending.unreadable import UnreadableError

MOST_CELLS = 2_000
MOST_BRACKETS = 1_000_000
MOST_COMMAS = 3_000_000

_SIGNS = (
    ("%PDF", "it is a PDF"),
    ("PK\x03\x04", "it is an archive, such as a .zip or a .docx"),
    ("<!doctype html", "it is a web page, as a browser saves one; the notebook itself is needed"),
    ("<html", "it is a web page, as a browser saves one; the notebook itself is needed"),
    ("\u2030png", "it is a picture"),  # as Latin-1 has its first byte
)


@dataclass(frozen=True)
class Handed:
    """The cells of a file that was handed in, and sentences on what was odd about it."""

    cells: list[HandedCell]
    remarks: list[str]


def read(data):
    """Return the Handed of a file's bytes. Raises UnreadableError, and nothing else."""
    text, remarks = decode(data)
    value, unfinished, said = _value(text)
    remarks += said
    value, said = _unwrapped(value)
    found, more = _cells(value)
    cells = [handed_cell(raw) for raw in found[:MOST_CELLS] if id(raw) not in unfinished]
    if len(found) > MOST_CELLS:
        more.append(f"The file held {len(found)} cells; those after {MOST_CELLS} were left out.")
    dropped = sum(cell is None for cell in cells)
    if dropped:
        more.append(f"{dropped} entries among the cells were no cells, and were left out.")
    cells = [cell for cell in cells if cell is not None]
    if any(cell.shortened for cell in cells):
        more.append("A cell held more text than a cell may, and was emptied.")
    return Handed(cells, [*remarks, *said, *more])


def _value(text):
    """Return what a text says as JSON, the ids of what is unfinished in it, and remarks."""
    # a small file may say a great deal: bound what it can fill the memory with
    if text.count("[") + text.count("{") > MOST_BRACKETS or text.count(",") > MOST_COMMAS:
        raise UnreadableError("it holds more parts than any notebook has")
    try:
        return _loads(text), frozenset(), []
    except UnreadableError:
        raise
    except ValueError as error:
        cause = error
    for resolved, said in resolutions(text):
        try:
            return _loads(resolved), frozenset(), [said]
        except ValueError:
            continue
    start = text.lstrip()[:100].lower()
    for sign, said in _SIGNS:
        if start.startswith(sign.lower()):
            raise UnreadableError(said)
    if '"cells"' not in text and '"worksheets"' not in text:
        raise UnreadableError(f"it is no JSON, which a notebook is written in ({cause})")
    value, unfinished = parse(text)
    return value, unfinished, [_damage(text, value, unfinished, cause)]


def _loads(text):
    """Read JSON; raises ValueError where it is none, or nested deeper than Python reads."""
    for options in ({}, {"parse_int": float}):
        try:
            return json.loads(text, **options)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except MemoryError:
            raise UnreadableError("it takes too much memory to read") from None
        except json.JSONDecodeError:
            raise
        except ValueError as error:  # a whole number of more digits than Python reads
            cause = error
    raise cause


def _damage(text, value, unfinished, cause):
    if id(value) in unfinished:
        return "The file is cut off; what came whole before the cut was kept."
    if not isinstance(cause, json.JSONDecodeError):
        return f"The file is nested deeper than {DEEPEST} levels; what lies deeper was left out."
    if cause.msg == "Extra data":
        return f"The file went on after the end of the notebook (line {cause.lineno}); left out."
    return f"The file is damaged (line {cause.lineno}); what could be read of it was kept."


def _unwrapped(value):
    """Take a notebook out of what is wrapped around it; return it and remarks."""
    for _ in range(3):
        if isinstance(value, str):
            value, _, _ = _value(value)
        elif isinstance(value, dict) and not {"cells", "worksheets"} & value.keys():
            # as Jupyter's own interface sends a notebook
            value = next((value[key] for key in ("content", "notebook") if key in value), value)
        else:
            return value, []
        remarks = ["The notebook was wrapped in something else, which was taken off."]
        if isinstance(value, dict) and {"cells", "worksheets"} & value.keys():
            return value, remarks
    return value, []


def _cells(value):
    """Return the raw cells of a notebook, and remarks."""
    if isinstance(value, list) and any(
        isinstance(cell, dict) and "cell_type" in cell for cell in value
    ):
        return value, ["The file held a bare list of cells, no notebook around them."]
    if not isinstance(value, dict):
        raise UnreadableError("it is JSON, but no notebook")
    cells = value.get("cells")
    if isinstance(cells, list):
        newer = value.get("nbformat")
        if isinstance(newer, (int, float)) and newer > 4:
            return cells, ["The notebook says that its format is newer than 4; it was read as 4."]
        return cells, []
    if isinstance(cells, dict):
        return list(cells.values()), ["The cells were no list; they were taken in their order."]
    if isinstance(value.get("worksheets"), list):
        said = "The notebook was in an older format than 4; it was brought up to date."
        return cells_of_worksheets(value, MOST_CELLS), [said]
    raise UnreadableError("it is JSON, but holds no list of cells")
