"""The lists "name : what it is" in this project's docstrings."""

import re

# one name, or several with commas, a colon between spaces, and what they are
NAMED = re.compile(
    r"(?P<names>[A-Za-z_]\w*(?:\[[\w.\-]+\])?(?:, [A-Za-z_]\w*)*)"
    r"(?: \([^)]*\))? : (?P<says>.+)"
)


def described(docstring):
    """Return name -> what it is, for every name that a docstring lists, in one line each."""
    found, indent = {}, None
    for line in docstring.expandtabs().splitlines():
        depth = len(line) - len(line.lstrip())
        match = NAMED.fullmatch(line.strip())
        if match and (indent is None or depth <= indent):
            names, indent = match["names"].split(", "), depth
            found.update(dict.fromkeys(names, match["says"]))
        elif indent is not None and line.strip() and depth > indent:
            found.update((name, f"{found[name]} {line.strip()}") for name in names)
        else:
            indent = None
    return found
