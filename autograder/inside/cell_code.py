"""The code of cells as it is compiled, and found again by whoever puts a traceback into words."""

import inspect
import os
from contextlib import suppress

from IPython.core.compilerop import CachingCompiler

_NO_MODULE = ""
_HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")


class CellCode(CachingCompiler):
    """Names a cell's code, as IPython does, and says that it is no module's.

    Else `inspect` would look through all modules, more than a thousand of them, and that several
    times for each step of a traceback.
    """

    def cache(self, *code, **more):
        name = super().cache(*code, **more)
        # whatever a student's cell has made of these modules, it is for haste alone
        with suppress(Exception):
            inspect.modulesbyfile[name] = _NO_MODULE
            inspect.modulesbyfile[os.path.abspath(name)] = _NO_MODULE
        return name


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
