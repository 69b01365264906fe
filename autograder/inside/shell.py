"""The IPython shell that runs a student's cells, with a Jupyter kernel's meaning and no kernel."""

import ast
import asyncio
import builtins
import contextvars
import getpass
import os
import sys
from contextlib import suppress

import comm
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets import Bool, Type
from traitlets.config import Config

from .bundles import error_output, host_paths, plain
from .cell_code import CellCode, up_to_the_graders
from .comms import CommOfNobody, RoutedOutputs
from .display import Displayed, Result
from .outputs import CellOutputs, Stream
from .plain_code import is_plain

# what a kernel sets for the programs that a cell starts, and for the libraries that look at it
_ENVIRONMENT = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # as nbgrader says it to the tests that ask whether they grade
    "NBGRADER_EXECUTION": "autograde",
}

# backends whose pictures move, in a page that nobody has open
_IN_THE_PAGE = ("ipympl", "nbagg", "notebook", "widget")

_NOT_FOUND = 127
"""The exit code that a system's shell has for a program that is not there."""

_GRACE = 1.0
"""Seconds in which a cell that waits for something is to end after an interrupt."""


class Shell(InteractiveShell):
    """An IPython shell whose outputs are gathered in `outputs`, the CellOutputs of a cell.

    It is made once, before any fork: `Shell.instance()` afterwards, as `get_ipython()` has it.
    There is no history file, no profile and no terminal. `session`, once there is one, is what
    speaks with the host; `drawn` the pictures that need not be drawn again; `kept_names`, the
    KeptNames; `numbers_drawn`, whether cells that ran before a fork (see `opening`) have drawn
    from NumPy's own stream; `outlines`, the Outlines of the course's tasks, where they were told
    there.
    """

    compiler_class = Type(CellCode)
    displayhook_class = Type(Result)
    display_pub_class = Type(Displayed)
    autoindent = Bool(False)
    session = drawn = outlines = kept_names = None
    numbers_drawn = False

    def __init__(self, **settings):
        history = {"enabled": False, "hist_file": ":memory:"}
        config = Config(HistoryManager=history, IPKernelApp={"tqdm": "a notebook"})
        self.outputs = CellOutputs(0, 0)
        self.routed = RoutedOutputs()
        self.paths = host_paths()
        self._loop = None
        self.context = contextvars.copy_context()
        super().__init__(config=config, **settings)
        self._transformers = self._all_transformers()
        self.db = {}
        self.streams = [
            Stream("stdout", lambda text: self._print("stdout", text)),
            Stream("stderr", lambda text: self._print("stderr", text), self.paths),
        ]
        comm.create_comm = lambda *args, **named: CommOfNobody(self.routed, *args, **named)

    def init_environment(self):
        os.environ.update(_ENVIRONMENT)

    def init_ipython_dir(self, ipython_dir):
        pass

    def init_profile_dir(self, profile_dir):
        pass

    def init_virtualenv(self):
        pass

    def init_hooks(self):
        super().init_hooks()
        # what is paged stands in a panel of its own, which a notebook's file does not keep
        self.set_hook("show_in_pager", lambda *_, **__: None, 99)

    def init_builtins(self):
        super().init_builtins()
        builtins.input = _no_input
        getpass.getpass = _no_password

    def enable_gui(self, gui=None):
        if gui not in (None, "inline"):
            raise UsageError(f"Got the GUI {gui!r}, but a notebook that is graded has no window.")

    def enable_matplotlib(self, gui=None):
        return super().enable_matplotlib("inline" if gui in _IN_THE_PAGE else gui)

    def system(self, command):
        """Run a program, as `!` and %pip do; where none can be started, say so and go on."""
        try:
            super().system(command)
        except OSError:
            self._not_started(command)

    def getoutput(self, command, split=True, depth=0):
        """Return what a program prints; where none can be started, say so and return nothing."""
        try:
            return super().getoutput(command, split, depth + 1)
        except OSError:
            self._not_started(command)
            return SList() if split else LSString()

    def _not_started(self, command):
        self.user_ns["_exit_code"] = _NOT_FOUND
        self.streams[1].write(f"[{command}: no program can be started where this is graded.]\n")

    def ask_exit(self):
        self.streams[0].write("[exit is not followed here: the cells below are run as well.]\n")

    def _print(self, name, text):
        if not self.routed.away:
            self.outputs.write(name, text)

    def show(self, data, metadata, display_id=None, count=None, update=False):
        """Take a mime bundle from IPython into the cell's outputs."""
        if self.routed.away:
            return
        data, metadata = plain(data), plain(metadata or {})
        if update:
            self.outputs.update(data, metadata, display_id)
        else:
            self.outputs.show(data, metadata, display_id, count)

    def _showtraceback(self, etype, evalue, stb):
        if self.routed.away:
            return
        self.outputs.error(error_output(etype.__name__, _said(evalue), stb, self.paths))

    def _get_exc_info(self, exc_tuple=None):
        kind, error, traceback = super()._get_exc_info(exc_tuple)
        return kind, error, up_to_the_graders(traceback)

    def _format_exception_for_storage(self, exception, *_, **__):
        # for a history that nobody asks for; it would format every traceback twice
        return {}

    def begin(self):
        """Take over what belongs to the process: its streams, its way to import.

        Once in each fork; `Kept` puts the same back before each cell.
        """
        sys.stdout, sys.stderr = self.streams
        if "" not in sys.path:
            # a notebook may import what lies beside it
            sys.path.insert(0, "")
        if self.execution_count == 1:
            # what NumPy keeps by context, such as its print options, lasts from cell to cell
            self.context = contextvars.copy_context()

    def run(self, code, outputs, label=None):
        """Run a cell's code and return whether it ran to its end; what it shows is in outputs."""
        self.outputs = outputs
        self.routed.reset()
        if self._loop is None or self._loop.is_closed() or self._loop.is_running():
            self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        cell = self._loop.create_task(self._cell(code, label), context=self.context)
        try:
            result = self._loop.run_until_complete(cell)
        except KeyboardInterrupt:
            # it came while the cell waited for something; as in a kernel, its waiting is cancelled
            cell.cancel()
            self._loop.run_until_complete(asyncio.wait({cell}, timeout=_GRACE))
            if not cell.done():
                # it came between two steps, and the loop has lost the second one
                self._loop = None
                raise
            result = cell.result()
        return bool(result.success) and not outputs.raised

    def transform_cell(self, raw_cell):
        """Return a cell's code as Python, its magics made calls; see IPython."""
        if is_plain(raw_cell) and self._all_transformers() == self._transformers:
            return raw_cell if raw_cell.endswith("\n") else f"{raw_cell}\n"
        return super().transform_cell(raw_cell)

    def transform_ast(self, node):
        if self.ast_transformers:
            self.compile.forget()
        return super().transform_ast(node)

    def foresee(self, cells):
        """Compile cells, by their texts, that forks are likely to run."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if self.autoawait else 0
        for cell in cells:
            # whatever it is, a fork meets it again where the cell is run
            with suppress(Exception):
                self.compile.foresee(self.transform_cell(cell), flags)

    def _all_transformers(self):
        manager = self.input_transformer_manager
        lists = manager.cleanup_transforms, manager.line_transforms, manager.token_transformers
        return [list(one) for one in (*lists, self.input_transformers_post)]

    def tasks(self):
        """Return what goes on beside the cells in their event loop."""
        return asyncio.all_tasks(self._loop) if self._loop else set()

    def end_loop(self):
        """Close the event loop; a fork makes one of its own, for it must share none."""
        if self._loop is not None:
            self._loop.close()
        self._loop = None
        asyncio.set_event_loop(None)

    async def _cell(self, code, label):
        refused = None
        try:
            transformed = self.transform_cell(code)
        except Exception:
            transformed, refused = code, sys.exc_info()
        result = None
        try:
            result = await self.run_cell_async(
                code,
                store_history=True,
                transformed_cell=transformed,
                preprocessing_exc_tuple=refused,
                cell_id=label,
            )
        finally:
            self.events.trigger("post_execute")
            self.events.trigger("post_run_cell", result)
        return result

    def evaluate(self, expression):
        """Return the value of an expression in the student's namespace.

        Raises whatever it raises, with the traceback of a cell that holds the expression alone.
        """
        name = self.compile.cache(expression, self.execution_count)
        return eval(compile(expression, name, "eval"), self.user_global_ns, self.user_ns)

    def error_output(self):
        """Return the error that is being handled as an error output; call it in an `except`."""
        kind, error, traceback = self._get_exc_info()
        try:
            lines = self.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset=2)
        except Exception:
            lines = [f"{kind.__name__}: {_said(error)}"]
        return error_output(kind.__name__, _said(error), lines, self.paths)


def _said(error):
    try:
        return str(error)
    except Exception:
        return "(its text could not be made)"


def _no_input(prompt=""):
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def _no_password(prompt="", stream=None):
    raise StdinNotImplementedError(
        "getpass was called, but this frontend does not support input requests."
    )
