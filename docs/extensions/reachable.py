"""Pages for those who use the keyboard, or have the page read to them.

What scrolls sideways can be reached, and so scrolled, by keyboard; the headings of the contents
say which level they have.
"""

import re

_CODE = re.compile(r"<pre>")
_TABLE = re.compile(r'<div class="table-wrapper([^"]*)">')
_CAPTION = '<p class="caption" role="heading">'


def _mended(app, page, template, context, doctree):
    if "body" in context:
        body = _CODE.sub('<pre tabindex="0">', context["body"])
        context["body"] = _TABLE.sub(
            r'<div class="table-wrapper\1" tabindex="0" role="group" aria-label="Table">', body
        )
    contents = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = contents.replace(
        _CAPTION, _CAPTION.replace(">", ' aria-level="2">')
    )


def setup(app):
    # after the theme, which puts tables into what scrolls, and makes the contents
    app.connect("html-page-context", _mended, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
