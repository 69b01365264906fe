"""The code of cells as it is compiled, and found again by whoever puts a traceback into words."""

import ast
import inspect
import os
import warnings
from contextlib import suppress
from types import CodeType

from IPython.core.compilerop import CachingCompiler

_NO_MODULE = ""
_NOWHERE = "<foreseen>"
_HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")


class CellCode(CachingCompiler):
    """Compiles cells as IPython does; what it was told of before is compiled once for all forks.

    It says of a cell's code that it is no module's. Else `inspect` would look through all modules,
    more than a thousand of them, and that several times for each step of a traceback.
    """

    def __init__(self):
        super().__init__()
        self._trees, self._codes = {}, {}

    def foresee(self, code, flags):
        """Compile a cell's code that is to be run later, in the parts in which IPython runs it.

        code : as Python. flags : those with which IPython compiles its statements, beside its own.
        Raises SyntaxError or ValueError for code that cannot be compiled, or not without a warning,
        which would be shown here. What changes how later cells are compiled is left alone.
        """
        before, codes = self.flags, {}
        try:
            with warnings.catch_warnings(), self.extra_flags(flags):
                warnings.simplefilter("error")
                tree = super().ast_parse(code)
                for node in tree.body:
                    if node is tree.body[-1] and isinstance(node, ast.Expr):
                        part, mode = ast.Interactive([node]), "single"
                    else:
                        part, mode = ast.Module([node], []), "exec"
                    codes[node, mode] = super().__call__(part, _NOWHERE, mode)
            if self.flags == before:
                self._trees[code, before] = tree
                self._codes |= {(*key, before | flags): known for key, known in codes.items()}
        finally:
            self.flags = before

    def forget(self):
        """Compile all that comes anew: some of its statements may be others by now."""
        self._codes.clear()

    def ast_parse(self, source, *where, **more):
        # each tree once, for IPython may put more into it
        return self._trees.pop((source, self.flags), None) or super().ast_parse(
            source, *where, **more
        )

    def __call__(self, source, filename, symbol, **more):
        body = getattr(source, "body", None)
        if type(body) is list and len(body) == 1:
            known = self._codes.pop((body[0], symbol, self.flags), None)
            if known:
                return _named(known, filename)
        return super().__call__(source, filename, symbol, **more)

    def cache(self, *code, **more):
        name = super().cache(*code, **more)
        # whatever a student's cell has made of these modules, it is for haste alone
        with suppress(Exception):
            inspect.modulesbyfile[name] = _NO_MODULE
            inspect.modulesbyfile[os.path.abspath(name)] = _NO_MODULE
        return name


def _named(code, name):
    """Return a code object as if it had been compiled under another file name."""
    inner = [_named(one, name) if isinstance(one, CodeType) else one for one in code.co_consts]
    return code.replace(co_filename=name, co_consts=tuple(inner))


def up_to_the_graders(traceback):
    """Return a traceback without the steps at its end that are the grader's own.

    Such as that of its handler of an interrupt, which nobody called. One that has no others stays.
    """
    last, step = None, traceback
    while step is not None:
        if not step.tb_frame.f_code.co_filename.startswith(_HERE):
            last = step
        step = step.tb_next
    if last is not None:
        last.tb_next = None
    return traceback
