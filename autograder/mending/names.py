"""The names that a cell gives a meaning to, read from its text without parsing it.

A parser of Python runs deep for hostile text; these patterns take time in proportion to it.
"""

import re

_NAME = r"[^\W\d]\w*+"
_BINDING = re.compile(
    rf"""^(?:
        (?:async[ \t]++)?(?:def|class)[ \t]++(?P<definition>{_NAME})
        |from[ \t]++[.\w]++[ \t]++import[ \t]*+
            (?:\((?P<several>[^)]{{0,2000}}+)\)|(?P<from>[^\n(]++))
        |import[ \t]++(?P<modules>[^\n]++)
        |(?P<targets>{_NAME}(?:[ \t]*+[,=][ \t]*+{_NAME}){{0,40}})[ \t]*+(?::[^=\n]*+)?=(?!=)
    )""",
    re.VERBOSE | re.MULTILINE,
)
# no cell written by hand is longer; a hostile one must not take long
_READ = 100_000
_WORD = re.compile(_NAME)
_COMMENT = re.compile(r"#[^\n]*+")
_CHAIN = re.compile(r"[ \t]*+[,=][ \t]*+")


def bound(source):
    """Return the set of names that a cell's text binds at its outermost level.

    Definitions, classes, imports and assignments that begin a line; not those in loops and
    conditions, nor in continued lines.
    """
    names = set()
    for match in _BINDING.finditer(source[:_READ]):
        if match["definition"]:
            names.add(match["definition"])
        elif match["targets"]:
            names.update(_CHAIN.split(match["targets"]))
        else:
            imported = match["several"] or match["from"] or match["modules"] or ""
            for entry in _COMMENT.sub("", imported).split(","):
                words = _WORD.findall(entry)
                if words:
                    # `a.b` binds a, `a as b` binds b
                    names.add(words[-1] if "as" in words else words[0])
    return names


def used(source):
    """Return the set of words in a cell's text: every name that it can use, and more."""
    return set(_WORD.findall(source[:_READ]))
