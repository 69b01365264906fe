"""The marks that an unresolved merge leaves in a file."""

import json
import re
from itertools import chain

# each is a few lines that two people changed; a hostile file may hold millions
MOST_CONFLICTS = 1_000

_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$")

BOTH = "The file held the marks of an unresolved merge; both sides were kept."
OWN = (
    "The file held the marks of an unresolved merge; only one side could be kept, the one that "
    "stands first."
)
OTHER = (
    "The file held the marks of an unresolved merge; only one side could be kept, the one that "
    "stands second."
)


def resolutions(text):
    """Yield (text without marks, sentence), the best first, where a text holds such marks.

    Both sides are offered where together they are whole JSON and neither hides the other;
    then the own side, which git puts first; then the other.
    """
    parts = _parts(text)
    if len(parts) == 1:
        return
    for joined in (_joined(parts), _joined(parts, comma=True)):
        if _is_whole(joined):
            yield joined, BOTH
            break
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


def _joined(parts, comma=False):
    """Return both sides, one after the other; comma: with one between, where none stands."""
    lines = []
    for kind, these in parts:
        if kind == "base":
            continue
        if comma and kind == "other" and lines and lines[-1].rstrip().endswith(('"', "}", "]")):
            lines[-1] = lines[-1].rstrip() + ","
        lines.extend(these)
    return "\n".join(lines)


def _is_whole(text):
    """Whether a text is JSON in which no cell says twice what its text or its metadata is."""
    telling = {"cells", "source", "metadata", "cell_type"}
    twice = []

    def pairs(items):
        keys = [key for key, _ in items if key in telling]
        if len(keys) != len(set(keys)):
            twice.append(True)
        return None

    try:
        json.loads(text, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return False
    return not twice
