"""What scrolls sideways on a narrow screen can be reached, and scrolled, by keyboard."""

import re

_CODE = re.compile(r"<pre>")
_TABLE = re.compile(r'<div class="table-wrapper([^"]*)">')


def _reachable(app, page, template, context, doctree):
    if "body" in context:
        body = _CODE.sub('<pre tabindex="0">', context["body"])
        context["body"] = _TABLE.sub(
            r'<div class="table-wrapper\1" tabindex="0" role="group" aria-label="Table">', body
        )


def setup(app):
    # after the theme, which puts tables into what scrolls
    app.connect("html-page-context", _reachable, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
