"""The code of cells as it is compiled, and found again by whoever puts a traceback into words."""

import inspect
import os

from IPython.core.compilerop import CachingCompiler

_NO_MODULE = ""


class CellCode(CachingCompiler):
    """Names a cell's code, as IPython does, and says that it is no module's.

    Else `inspect` would look through all modules, more than a thousand of them, and that several
    times for each step of a traceback.
    """

    def cache(self, *code, **more):
        name = super().cache(*code, **more)
        for known in (name, os.path.abspath(name)):
            inspect.modulesbyfile[known] = _NO_MODULE
        return name
