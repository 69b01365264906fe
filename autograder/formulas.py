"""Notebook text with its formulas as MathML, which every browser draws without help.

MathML needs no script and no network, where MathJax needs both.
"""

from xml.etree import ElementTree

from jinja2 import pass_context
from math_core import LatexError, LatexToMathML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


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
    """nbconvert's renderer of notebook text, but for the formulas."""

    def inline_math(self, body):
        return formula(body)

    def block_math(self, body):
        return formula(body, display=True)

    def latex_environment(self, name, body):
        return formula(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True)


@pass_context
def markdown_with_mathml(context, source):
    """Return a markdown cell's text as HTML: the Jinja filter in place of nbconvert's."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)
