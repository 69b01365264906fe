"""The marks that an unresolved merge leaves in a file."""

import json
import re
from itertools import chain

# each is a few lines that two people changed; a hostile file may hold millions
MOST_CONFLICTS = 1_000

_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$")

BOTH = "The file held the marks of an unresolved merge; both sides were kept."
SOME = (
    "The file held the marks of an unresolved merge; both sides were kept where they are whole "
    "cells, and within cells the one that stands first."
)
OWN = "The file held the marks of an unresolved merge; the side that stands first was kept."
OTHER = "The file held the marks of an unresolved merge; only the second side could be kept."


def resolutions(text):
    """Yield (text without marks, sentence), the best first, where a text holds such marks.

    Both sides are offered where they are whole cells: of two versions of one cell the lines
    together would be a program that nobody wrote. Elsewhere, and then throughout, it is the own
    side, which git puts first; then the other. Which of them are JSON is left to the caller.
    """
    parts = _parts(text)
    if len(parts) == 1:
        return
    with_cells = _with_cells(parts)
    if with_cells != parts:
        within = any(kind == "other" for kind, _ in with_cells)
        for comma in ("", ","):
            yield _joined(with_cells, comma), SOME if within else BOTH
    yield _side(parts, "own"), OWN
    yield _side(parts, "other"), OTHER


def own_side(text):
    """Return a text with one side of each merge that left its marks there, the one put first."""
    return _side(_parts(text), "own")


def _side(parts, side):
    return "\n".join(chain.from_iterable(ls for kind, ls in parts if kind in ("same", side)))


def _parts(text):
    """Return (kind, lines) in order; kinds are "same", "own", "base" and "other"."""
    if not 0 < text.count("<<<<<<<") <= MOST_CONFLICTS:
        return [("same", text.split("\n"))]
    after = {"<": "own", "|": "base", "=": "other", ">": "same"}
    before = {"<": ("same",), "|": ("own",), "=": ("own", "base"), ">": ("other",)}
    parts = [("same", [])]
    for line in text.split("\n"):
        mark = _MARK.match(line)
        # a mark out of turn is a mark all the same, but opens nothing
        if mark and parts[-1][0] in before[mark[1][0]]:
            parts.append((after[mark[1][0]], []))
        elif not mark:
            parts[-1][1].append(line)
    return parts


def _with_cells(parts):
    """Return the parts, of the kind "both" where the other side may stand beside the own."""
    marked, own = [], []
    for kind, lines in parts:
        if kind == "own":
            own = lines
        both = kind == "other" and _are_cells(own) and _are_cells(lines)
        marked.append(("both" if both else kind, lines))
    return marked


def _are_cells(lines):
    """Whether lines are whole cells, or none: a cell's last bracket may be the one before it."""
    text = "\n".join(lines).strip().rstrip(",")
    for opening, closing, first in (("[", "]", 0), ("[{", "}]", 1)):
        try:
            found = json.loads(f"{opening}{text}{closing}")
        except (ValueError, RecursionError):
            continue
        if not any(found[:first]) and all(_is_cell(each) for each in found[first:]):
            return True
    return False


def _is_cell(value):
    return isinstance(value, dict) and "cell_type" in value


def _joined(parts, comma):
    """Return the own side and what is of both, with a comma between where none stands."""
    lines = []
    for kind, these in parts:
        if kind == "both" and lines and lines[-1].rstrip().endswith("}"):
            lines[-1] = lines[-1].rstrip() + comma
        if kind in ("same", "own", "both"):
            lines.extend(these)
    return "\n".join(lines)
