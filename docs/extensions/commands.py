"""The directive `command-reference`: every command of `autograder`, from its parser."""

import argparse

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from autograder.__main__ import parser


def commands():
    """Return the commands that the parser knows: name -> (what it does, its own parser)."""
    (named,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    says = {choice.dest: choice.help for choice in named._choices_actions}
    return {name: (says[name], command) for name, command in named.choices.items()}


def usage(command):
    """Return how a command is written, without the place to ask for help, in narrow lines."""
    formatter = argparse.HelpFormatter(command.prog, width=76)
    formatter.add_usage(None, _taken(command), (), prefix="")
    return formatter.format_help().strip()


def _taken(command):
    return [a for a in command._actions if not isinstance(a, argparse._HelpAction)]


def arguments(command):
    """Return (how it is written, what it is) of what a command takes."""
    return [(_written(action), _meant(action)) for action in _taken(command)]


def _written(action):
    if not action.option_strings:
        return action.metavar or action.dest
    word = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"{', '.join(action.option_strings)}{word}"


def _meant(action):
    says = action.help or ""
    if isinstance(action, argparse._AppendAction):
        says = f"{says}; may be given several times".removeprefix("; ")
    plain = action.default not in (None, False, [], argparse.SUPPRESS)
    if action.option_strings and plain and "default" not in says:
        says = f"{says}; default: {action.default}".removeprefix("; ")
    return says


class CommandReference(SphinxDirective):
    """A section for each command: what it does, how it is written, and each of its options."""

    def run(self):
        return [self._section(name, *found) for name, found in commands().items()]

    def _section(self, name, says, command):
        section = nodes.section(ids=[f"autograder-{name}"], names=[f"autograder {name}"])
        section += nodes.title("", "", nodes.literal("", f"autograder {name}"))
        section += nodes.paragraph("", f"{says[:1].upper()}{says[1:]}.")
        section += nodes.literal_block("", usage(command), language="none", classes=["usage"])
        options = nodes.definition_list()
        for written, meant in arguments(command):
            item = nodes.definition_list_item("", nodes.term("", "", nodes.literal("", written)))
            item += nodes.definition("", nodes.paragraph("", meant))
            options += item
        section += options
        self.state.document.note_implicit_target(section)
        return section


def setup(app):
    app.add_directive("command-reference", CommandReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
