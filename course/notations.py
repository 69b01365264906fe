"""The page that sets five notations for one backward pass side by side."""

from pathlib import Path


def five_notations():
    """Return the page "one formula, five notations", shown by a notebook as formatted text.

    The four equations of the backward pass as five well-known presentations write them, beside
    the notation of this course; it may be opened again from any notebook.
    """
    from IPython.display import Markdown

    page = Path(__file__).with_name("five_notations.md")
    return Markdown(page.read_text(encoding="utf-8"))
