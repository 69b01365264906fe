"""What is odd in the text of an answer: remarks, names, strings and spacing of the writer's own.

None of it is in the syntax tree as it is compared (`pieces`), so it is evidence of another kind,
and shown apart.
"""

import io
import re
import tokenize
import warnings
from dataclasses import dataclass

SHORTEST_NAME, SHORTEST_TEXT = 4, 8
MOST = 400
"""Oddities kept of an answer; beyond it, a text is no longer somebody's own."""

LONGEST_LINE = 400
"""Characters of a line in which odd spacing is looked for."""

_SPACING = re.compile(r"\S(?:[ ]{2,}|[ ]*\t[ ]*)(?=[^\s#])|[\w)\]] ,|\( |\[ ")


@dataclass(frozen=True, order=True)
class Oddity:
    """One of them. kind : "remark", "name", "text" or "spacing"; words : what stands there."""

    kind: str
    words: str


def oddities(text, given=frozenset()):
    """Return the Oddity set of an answer.

    given : words that stand in the notebook itself or in its solutions, as `words_of` has them;
    they are nobody's own.
    """
    found = set()
    for kind, token in _tokens(text):
        words = " ".join(token.split())
        if kind == tokenize.COMMENT:
            words = words.lstrip("#!: ")
            if len(words) >= SHORTEST_TEXT and words.casefold() not in given:
                found.add(Oddity("remark", words[:200]))
        elif kind == tokenize.NAME:
            if len(words) >= SHORTEST_NAME and words.casefold() not in given:
                found.add(Oddity("name", words[:80]))
        elif kind == tokenize.STRING:
            words = words.strip("\"' ")
            if len(words) >= SHORTEST_TEXT and words.casefold() not in given:
                found.add(Oddity("text", words[:200]))
    for line in text.split("\n"):
        plain = " ".join(line.split())
        odd = line.rstrip() != line or _SPACING.search(line[:LONGEST_LINE])
        if plain.startswith("#") or plain.casefold() in given or not odd:
            continue
        if plain:
            shown = line[:200].replace(" ", "·").replace("\t", "→")
            found.add(Oddity("spacing", shown))
    return frozenset(sorted(found)[:MOST])


def words_of(text):
    """Return the words, remarks, strings and lines of a given text, as `oddities` takes them."""
    known = {" ".join(line.split()).casefold() for line in text.split("\n")}
    known |= {word.casefold() for word in re.findall(r"\w+", text)}
    for kind, token in _tokens(text):
        words = " ".join(token.split())
        if kind == tokenize.COMMENT:
            known.add(words.lstrip("#!: ").casefold())
        elif kind == tokenize.STRING:
            known.add(words.strip("\"' ").casefold())
    return frozenset(known)


def _tokens(text):
    """Yield (kind, text) of the tokens of a text, up to where it is no Python any more."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                yield token.type, token.string
    except (tokenize.TokenError, SyntaxError, ValueError):
        return
