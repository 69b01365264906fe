"""This project's docstrings as reStructuredText, for autodoc.

They are plain text: lists "name : what it is", with or without NumPy's heading above, and
sentences that begin with Returns and Raises.
"""

import re

from docs.extensions.named import NAMED

_UNDERLINE = re.compile(r"-{3,}")
_MARKUP = re.compile(r"([\\*|])|(?<=\w)(_)(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
# a sentence of its own, at the beginning of a line or behind another one
_OUTCOME = re.compile(r"(?:^|(?<=[.:;] ))(?=(?:Returns|Raises) )")
_RAISES = re.compile(r"Raises (\w+)[,:]? (.+)", re.DOTALL)


def as_fields(docstring):
    """Return a docstring's lines as reStructuredText lines, its lists and outcomes as fields.

    docstring : a list of lines, without indentation, such as autodoc hands over.
    """
    shown, fields = [], []
    for block in _blocks(docstring):
        if block[0] == "name":
            _, names, says = block
            fields += [f":param {name}: {_escaped(says)}" for name in names]
        else:
            before, outcomes = _outcomes(block[1])
            if before:
                shown += [_escaped(before), ""]
            fields += outcomes
    return [*shown, *fields, ""]


def _blocks(lines):
    """Yield ("name", names, what they are) and ("text", a paragraph), in order."""
    paragraph, entry = [], None
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        text, indented = line.strip(), line.startswith((" ", "\t"))
        match = None if indented else NAMED.fullmatch(text)
        heads = _UNDERLINE.fullmatch(after.strip())
        if entry and indented and text:
            entry[1].append(text)
            continue
        if entry:
            yield "name", entry[0], " ".join(entry[1])
            entry = None
        if (not text or match or heads) and paragraph:
            yield "text", " ".join(paragraph)
            paragraph = []
        if match:
            entry = match["names"].split(", "), [match["says"]]
        elif text and not heads and not _UNDERLINE.fullmatch(text):
            paragraph.append(text)
    if entry:
        yield "name", entry[0], " ".join(entry[1])
    if paragraph:
        yield "text", " ".join(paragraph)


def _outcomes(paragraph):
    """Return what a paragraph says before its outcomes, and these as fields."""
    before, fields = [], []
    for part in _OUTCOME.split(paragraph):
        raises = _RAISES.fullmatch(part.strip())
        if raises and raises[1].endswith("Error") and not raises[2].startswith(("or ", "and ")):
            fields.append(f":raises {raises[1]}: {_escaped(raises[2])}")
        elif part.startswith("Returns "):
            fields.append(f":returns: {_escaped(part.removeprefix('Returns ').strip())}")
        else:
            before.append(part.strip())
    return " ".join(filter(None, before)), fields


def _escaped(text):
    """Return text in which nothing but `code` is markup."""
    pieces = _CODE.split(text)
    return "".join(
        f"``{piece}``" if index % 2 else _MARKUP.sub(r"\\\g<0>", piece)
        for index, piece in enumerate(pieces)
    )


def _process(app, what, name, documented, options, lines):
    lines[:] = as_fields(lines)


def setup(app):
    app.connect("autodoc-process-docstring", _process)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
