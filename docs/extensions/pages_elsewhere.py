"""Pages of the site that are files elsewhere in the project, and the links that lead to them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# the page of that name says on a code host where the file is; on the site it is the file
PAGES = {"security": "autograder/SECURITY.md", "units": "release/README.md"}

_LINK = re.compile(r"\]\((?![a-z]+:|[#/])")
# Sphinx cannot put a title that is a link to a file into its tables of contents
_LINKED_TITLE = re.compile(r"^(#+) \[(.+)\](\((?:.+/)?(.+)\))$", re.MULTILINE)


def _bring(app, docname, source):
    if docname in PAGES:
        path = ROOT / PAGES[docname]
        app.env.note_dependency(path)
        text = _LINKED_TITLE.sub(r"\1 \2\n\n[\4]\3", path.read_text(encoding="utf-8"))
        source[0] = _LINK.sub(f"](../{path.parent.name}/", text)
    for page, file in PAGES.items():
        source[0] = source[0].replace(f"](../{file}", f"]({page}.md")


def setup(app):
    app.connect("source-read", _bring)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
