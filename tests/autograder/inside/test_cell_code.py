"""Code of cells: compiled ahead, it is as compiled on the spot. Their tracebacks: what they are
looked for in, and that they read as IPython's."""

import ast
import codeop
import inspect
import os
from functools import partial
from types import CodeType

import pytest
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


AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
LATER = "def f(n):\n    return [k / n for k in range(3)]\n\nif f(2):\n    g = lambda: f(0)\n\ng()\n"


def compiled(compiler, source, name):
    """Return the code of each statement, as IPython asks for it, and the flags left after it."""
    codes = []
    for node in compiler.ast_parse(source, name).body:
        shown = isinstance(node, ast.Expr)
        part = ast.Interactive([node]) if shown else ast.Module([node], [])
        with compiler.extra_flags(AWAIT):
            codes.append(compiler(part, name, "single" if shown else "exec"))
    return codes, compiler.flags


def all_of(code):
    """Return everything that a code object holds, also the file names within, to be compared."""
    names = {name for name in dir(code) if name.startswith("co_")} - {"co_consts", "co_lnotab"}
    held = {name: getattr(code, name) for name in names}
    lines, places = list(held.pop("co_lines")()), list(held.pop("co_positions")())
    inner = [all_of(one) if isinstance(one, CodeType) else one for one in code.co_consts]
    return held, lines, places, inner


def test_what_was_foreseen_is_as_compiled_on_the_spot_and_is_not_compiled_again(monkeypatch):
    ours = CellCode()
    ours.foresee(LATER, AWAIT)
    with monkeypatch.context() as patch:
        patch.setattr(codeop.Compile, "__call__", None)
        codes, flags = compiled(ours, LATER, "<cell>")
    wanted, wanted_flags = compiled(CachingCompiler(), LATER, "<cell>")
    assert list(map(all_of, codes)) == list(map(all_of, wanted)) and flags == wanted_flags
    # once: IPython may have changed the tree
    assert ours.ast_parse(LATER) is not ours.ast_parse(LATER)
    codes, _ = compiled(ours, LATER, "<again>")
    assert list(map(all_of, codes)) == list(map(all_of, compiled(ours, LATER, "<again>")[0]))


@pytest.mark.parametrize("source", ["x = (", "1 is 1", "return", "'\\d'"])
def test_what_cannot_be_compiled_in_silence_is_not_foreseen(source, recwarn):
    ours = CellCode()
    flags = ours.flags
    with pytest.raises(SyntaxError):
        ours.foresee(f"a = 1\n{source}", AWAIT)
    assert not ours._trees and not ours._codes and ours.flags == flags
    assert not recwarn.list


def test_what_changes_how_later_cells_are_compiled_changes_nothing_ahead():
    ours = CellCode()
    source = "from __future__ import annotations"
    ours.foresee(source, AWAIT)
    assert ours.flags == CachingCompiler().flags
    assert compiled(ours, source, "<cell>")[1] == compiled(CachingCompiler(), source, "<cell>")[1]


def test_under_a_future_statement_it_is_compiled_anew():
    ours, wanted, source = CellCode(), CachingCompiler(), "x: later = 1"
    ours.foresee(source, AWAIT)
    for compiler in (ours, wanted):
        compiled(compiler, "from __future__ import annotations", "<cell>")
    ((code,), _), ((right,), _) = (compiled(one, source, "<cell>") for one in (ours, wanted))
    assert all_of(code) == all_of(right) and "later" in code.co_consts


def test_statements_that_may_be_others_by_now_are_compiled_anew():
    ours, names = CellCode(), {}
    ours.foresee("x = 1", AWAIT)
    tree = ours.ast_parse("x = 1")
    tree.body[0].value.value = 2
    ours.forget()
    with ours.extra_flags(AWAIT):
        exec(ours(tree, "<cell>", "exec"), names)
    assert names["x"] == 2


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
