"""Notebook text with its formulas as MathML, which every browser draws without help.

MathML needs no script and no network, where MathJax needs both.
"""

import re
from html import escape
from xml.etree import ElementTree

from jinja2 import pass_context
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.verdict.harmless_html import LONGEST, RefusedHTML, harmless_html


def to_mathml(latex, display=False):
    """Return a formula as a MathML element.

    latex : the formula, without dollars; display : whether it stands on a line of its own.
    Raises ValueError, with the formula and what is wrong with it, where it cannot be converted.
    """
    # the converter keeps the equation numbers it gave out: a new one for each formula
    converter = LatexToMathML(fancy_error=False)
    try:
        return converter.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        raise ValueError(f"Got the formula {latex!r}, but it has no MathML: {error}") from error


def formula(latex, display=False):
    """Return a formula as MathML, or as its source, marked as such, where that cannot be."""
    try:
        return to_mathml(latex, display)
    except ValueError as error:
        fence = "$$" if display else "$"
        source = ElementTree.Element("code", {"class": "formula-source", "title": str(error)})
        source.text = f"{fence}{latex}{fence}"
        return ElementTree.tostring(source, encoding="unicode")


class _Renderer(IPythonRenderer):
    """nbconvert's renderer of notebook text, but for the formulas.

    What it makes itself of formulas and code is put aside in `made`, in order, and a mark stands
    in its place: the rest is whatever somebody wrote.
    """

    def __init__(self, **settings):
        super().__init__(**settings)
        self.made = []

    def _aside(self, html):
        self.made.append(html)
        return f"{_OPEN}{len(self.made) - 1}{_CLOSE}"

    def inline_math(self, body):
        return self._aside(formula(body))

    def block_math(self, body):
        return self._aside(formula(body, display=True))

    def latex_environment(self, name, body):
        return self._aside(formula(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True))

    def block_code(self, code, info=None):
        return self._aside(super().block_code(code, info))


# two characters that Unicode keeps for a program's own use, and that no text holds
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"


@pass_context
def markdown_with_mathml(context, source):
    """Return a markdown cell's text as HTML: the Jinja filter in place of nbconvert's.

    HTML in the text is made harmless (see `harmless_html`): a student may have written it, and
    Formgrader's page has an instructor's rights.
    """
    long = len(_PICTURE.sub("", source)) > LONGEST
    if long or sum(map(source.count, _OPENERS)) > _MOST_OPENERS:
        return _as_it_stands(source)
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    text = source.replace(_OPEN, "").replace(_CLOSE, "")
    rendered = MarkdownWithMath(renderer=renderer).render(text)
    try:
        cleaned = harmless_html(rendered, links=True)
    except RefusedHTML:
        return _as_it_stands(source)
    # from within: a formula may stand in a link's words, and these in the text
    for number, html in reversed(list(enumerate(renderer.made))):
        cleaned = cleaned.replace(f"{_OPEN}{number}{_CLOSE}", html)
    return f'<div style="{_IN_ITS_PLACE}">{cleaned}</div>'


def _as_it_stands(source):
    return f'<div style="{_IN_ITS_PLACE}"><pre>{escape(source)}</pre></div>'


_PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]*")
# nbconvert looks for the end of each formula that is opened as far as the text goes
_OPENERS, _MOST_OPENERS = ("\\begin{", "\\\\[", "\\\\("), 300
# a formula can raise itself by as much as it likes
_IN_ITS_PLACE = "contain: paint"
