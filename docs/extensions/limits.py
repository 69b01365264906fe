"""The directive `limits`: what a student's notebook may use, from autograder/seal/limits.py."""

from dataclasses import fields

from sphinx.util.docutils import SphinxDirective

from autograder.seal.limits import Limits
from docs.extensions.named import described

UNITS = {"bytes": 2**20}


def rows():
    """Return (setting, default in words, what it is) of every limit."""
    meant = described(Limits.__doc__)
    return [(f"c.Seal.{f.name}", _shown(f.name, f.default), meant[f.name]) for f in fields(Limits)]


def _shown(name, value):
    if value == ():
        return "`[]`"
    if name.endswith("_bytes") and value % 2**20 == 0:
        return f"`{value // 2**20} * 2**20`"
    return f"`{value}`"


class LimitsTable(SphinxDirective):
    """A table of the limits: how each is set, its default, what it is."""

    def run(self):
        lines = ["| setting | default | what it is |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {default} | {meant} |" for name, default, meant in rows()]
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app):
    app.add_directive("limits", LimitsTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
