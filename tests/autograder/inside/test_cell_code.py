"""Tracebacks of cells: what they are looked for in, and that they read as IPython's."""

import inspect
import os
from functools import partial

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell

from autograder.inside.bundles import plain
from autograder.inside.cell_code import CellCode, up_to_the_graders

CODE = "import inspect\n\ndef f(depth):\n    return f(depth - 1) if depth else 1 / 0\n\nf(3)\n"


def lines_of_error(compiler):
    """Return a traceback's lines of a cell that fails, and of which modules its steps are."""
    shell = InteractiveShell()
    shell.compile = compiler
    name = compiler.cache(CODE, 1)
    try:
        exec(compile(CODE, name, "exec"), {})
    except ZeroDivisionError as error:
        step, modules = error.__traceback__.tb_next, []
        while step:
            modules.append(inspect.getmodule(step.tb_frame))
            step = step.tb_next
        about = type(error), error, error.__traceback__.tb_next
        return shell.InteractiveTB.structured_traceback(*about, tb_offset=0), modules


def test_a_cells_traceback_reads_as_ever_and_no_module_is_looked_through(monkeypatch):
    monkeypatch.setattr(inspect, "modulesbyfile", {})
    monkeypatch.setattr(inspect, "_filesbymodname", {})
    ours, modules = lines_of_error(CellCode())
    assert modules == [None] * 5
    assert {os.path.basename(name)[:9] for name in inspect.modulesbyfile} == {"<ipython-"}
    inspect.modulesbyfile.clear()
    theirs, modules = lines_of_error(CachingCompiler())
    assert modules == [None] * 5 and len(inspect.modulesbyfile) > 100
    assert ours == theirs


def names_of_steps(traceback):
    """Return the names of the functions that a traceback goes through."""
    names = []
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return names


def steps_left(function):
    """Return the names of the steps that are left of a traceback, after that of this function."""
    try:
        function()
    except ValueError as error:
        return names_of_steps(up_to_the_graders(error.__traceback__.tb_next))


def test_the_graders_own_steps_at_the_end_of_a_traceback_are_left_out():
    def calls_the_graders():
        plain([object()])

    def is_called_by_the_graders():
        class Raises(dict):
            def items(self):
                raise ValueError

        plain(Raises())

    assert steps_left(calls_the_graders) == ["calls_the_graders"]
    assert steps_left(is_called_by_the_graders) == ["is_called_by_the_graders", "plain", "items"]
    # where nothing else would be left
    assert steps_left(partial(plain, object())) == ["plain"]
