"""What IPython shows of a cell, handed to the shell that gathers its outputs."""

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher


class Result(DisplayHook):
    """A cell's last expression, as an execute_result."""

    def start_displayhook(self):
        self._is_active = True

    def write_output_prompt(self):
        pass

    @staticmethod
    def semicolon_at_end_of_expression(expression):
        """Whether the last token is a semicolon; most cells have none at all."""
        return ";" in expression and DisplayHook.semicolon_at_end_of_expression(expression)

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.show(format_dict, md_dict, count=self.prompt_count)

    def log_output(self, format_dict):
        # IPython would keep a second copy of all that is shown, without an end
        pass

    def finish_displayhook(self):
        self._is_active = False


class Displayed(DisplayPublisher):
    """What a cell displays, updates and clears."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        self._validate_data(data, metadata)
        display_id = (transient or {}).get("display_id")
        self.shell.show(data, metadata, display_id=display_id, update=update)

    def clear_output(self, wait=False):
        self.shell.outputs.clear(wait)
