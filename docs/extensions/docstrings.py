"""This project's docstrings as reStructuredText, for autodoc.

They are plain text: lists "name : what it is", with or without NumPy's heading above, and
sentences that begin with Returns and Raises.
"""

import inspect
import re

from docs.extensions.named import named

_UNDERLINE = re.compile(r"-{3,}")
_MARKUP = re.compile(r"([\\*|])|(?<=\w)(_)(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
# a sentence of its own, at the beginning of a line or behind another one
_OUTCOME = re.compile(r"(?:^|(?<=[.:;] ))(?=(?:Returns|Raises) )")
# defaults that have no text of their own
_AS_MADE = re.compile(r"<[^<>]*>|attrgetter\('\w+'\)|frozenset\(\{\}\)")
_RAISES = re.compile(r"Raises (\w+)[,:]? (.+)", re.DOTALL)


def as_fields(docstring):
    """Return a docstring's lines as reStructuredText lines, its lists and outcomes as fields.

    docstring : a list of lines, without indentation, such as autodoc hands over.
    """
    shown, listed, fields = [], [], []
    for paragraph in _paragraphs(docstring):
        before, outcomes = _outcomes(paragraph)
        entries = named(before)
        for names, says in entries:
            bold = ", ".join(f"**{name}**" for name in names)
            listed.append(f"   - {bold}: {_escaped(says)}")
        if before and not entries:
            shown += [_escaped(before), ""]
        fields += outcomes
    if listed:
        # in one field, since those of Sphinx have room for one name each
        fields = [":Parameters:", *listed, *fields]
    return [*shown, *fields, ""]


def _paragraphs(lines):
    """Yield each paragraph and each entry of a list in one line, headings left out."""
    said = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        text, heading = line.strip(), _UNDERLINE.fullmatch(after.strip())
        begins = not line.startswith((" ", "\t")) and named(text)
        if said and (not text or begins or heading):
            yield " ".join(said)
            said = []
        if text and not heading and not _UNDERLINE.fullmatch(text):
            said.append(text)
    if said:
        yield " ".join(said)


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


def _sign(app, what, name, documented, options, signature, returns):
    if what == "class" and "**kwargs" in (signature or ""):
        # of a widget or the like, whose class takes anything on behalf of what it is made from
        made = inspect.signature(documented)
        named = [p for p in made.parameters.values() if p.kind is not p.VAR_KEYWORD]
        return str(made) if named else "", None
    return (_AS_MADE.sub("…", signature) if signature else signature), returns


def setup(app):
    app.connect("autodoc-process-signature", _sign)
    app.connect("autodoc-process-docstring", _process)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
