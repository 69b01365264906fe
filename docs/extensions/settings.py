"""The directive `settings`: what nbgrader_config.py may set of a class, from the class itself."""

from importlib import import_module

from sphinx.util.docutils import SphinxDirective


def settings(name):
    """Return (setting, default, what it is) of each that a configurable class has here.

    What it inherits from nbgrader is left out.

    name : the class, such as "autograder.export.CanvasExporter".
    """
    module, _, class_name = name.rpartition(".")
    described = getattr(import_module(module), class_name)
    traits = described.class_traits(config=True).values()
    own = [t for t in traits if t.this_class.__module__.startswith("autograder.")]
    return [(f"c.{class_name}.{t.name}", repr(t.default()), t.help) for t in own]


class Settings(SphinxDirective):
    """A table of the settings of the class that is named: how each is set, default, meaning."""

    required_arguments = 1

    def run(self):
        lines = ["| setting | default | what it is |", "| --- | --- | --- |"]
        for name, default, meant in settings(self.arguments[0]):
            lines.append(f"| `{name}` | `{default}` | {meant} |")
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app):
    app.add_directive("settings", Settings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
