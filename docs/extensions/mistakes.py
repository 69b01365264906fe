"""The directive `mistake-library`: every mistake that the checks know, from course.mistakes."""

from importlib import import_module
from pkgutil import iter_modules

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import course.mistakes
from course.tasks import UNITS, all_tasks

# where its mistakes are is what students of this unit are to find out
_KEPT_QUIET = "bugs"


def kinds():
    """Return (title, what they have in common, mistakes) of each module of the library."""
    found = {m.name: import_module(f"course.mistakes.{m.name}") for m in _modules()}
    return [
        (name.replace("_", " ").capitalize(), module.__doc__.splitlines()[0], module.MISTAKES)
        for name, module in found.items()
        if hasattr(module, "MISTAKES")
    ]


def _modules():
    return iter_modules(course.mistakes.__path__)


def units_with(mistake):
    """Return the folders of the units of which some task lists a mistake, in order."""
    listed = {
        task.id.partition(".")[0] for task in all_tasks().values() if mistake.id in task.mistakes
    }
    return [folder for unit, folder in UNITS.items() if unit in listed - {_KEPT_QUIET}]


class MistakeLibrary(SphinxDirective):
    """A section for each kind of mistake, and in it each mistake's id, hints and units."""

    def run(self):
        return [self._section(*kind) for kind in kinds()]

    def _section(self, title, says, mistakes):
        section = nodes.section(ids=[nodes.make_id(title)], names=[title.lower()])
        section += nodes.title("", title)
        section += nodes.paragraph("", says)
        known = nodes.definition_list()
        for mistake in mistakes:
            term = nodes.term("", "", nodes.literal("", mistake.id), ids=[f"mistake-{mistake.id}"])
            known += nodes.definition_list_item("", term, _meaning(mistake))
        section += known
        self.state.document.note_implicit_target(section)
        return section


def _meaning(mistake):
    shown = nodes.definition()
    for label, text in (
        ("First hint", mistake.hint),
        ("Second hint", mistake.look),
        ("Listed in", ", ".join(units_with(mistake))),
        ("A habit", "the values may be right; it costs half the points." * mistake.is_habit),
    ):
        if text:
            shown += nodes.paragraph(
                "", "", nodes.emphasis("", f"{label}:"), nodes.Text(f" {text}")
            )
    return shown


def setup(app):
    app.add_directive("mistake-library", MistakeLibrary)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
