"""Puts the command `autograder` on the path of an editable install, and of no other."""

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class InstallCommand(BuildHookInterface):
    """Adds the command to the editable install; the wheel, which students get, has none."""

    def initialize(self, version, build_data):
        if version == "editable":
            build_data["shared_scripts"]["autograder/command"] = "autograder"
