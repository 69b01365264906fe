"""The lists "name : what it is" in this project's docstrings."""

import re

_NAME = r"[A-Za-z_]\w*(?:\[[\w.\-]+\])?"
# one name, or several with commas, sometimes a shape, a colon between spaces, and what they are
_NAMED = re.compile(rf"({_NAME}(?:, {_NAME})*)( \([^)]*\))? : (.+)", re.DOTALL)
# another name in the same line, behind a sentence or a semicolon
_ANOTHER = re.compile(rf"(?:(?<=\.)|;) (?={_NAME}(?:, {_NAME})* : )")


def named(text):
    """Return (names, what they are) for each list entry that a text begins with, or [].

    text : one line, or several joined; an entry's shape in brackets goes before what it is.
    """
    if not _NAMED.fullmatch(text):
        return []
    found = []
    for piece in _ANOTHER.split(text):
        names, shape, says = _NAMED.fullmatch(piece).groups()
        found.append((names.split(", "), f"{shape.strip()}, {says}" if shape else says))
    return found


def described(docstring):
    """Return name -> what it is, for every name that a docstring lists."""
    entries, lines = {}, [line.rstrip() for line in docstring.expandtabs().splitlines()]
    for entry in _entries(lines):
        entries.update({name: says for names, says in named(entry) for name in names})
    return entries


def _entries(lines):
    """Yield each entry of a docstring's lists in one line."""
    entry, margin = [], 0
    for line in [*lines, ""]:
        depth = len(line) - len(line.lstrip())
        begins = bool(named(line.strip())) and not (entry and depth > margin)
        if entry and (begins or not line):
            yield " ".join(entry)
            entry = []
        if begins:
            margin = depth
        if begins or entry:
            entry.append(line.strip())
