"""Cells that try out what the reader writes must not fall over before it is written."""

import textwrap
from contextlib import contextmanager


def to_be_written(*arguments, **named):
    """Stand for a function that the reader has yet to write; raises NotImplementedError.

    A notebook puts it under each such name at its top, so that a slip of syntax further down
    leaves something for the checks to speak of.
    """
    raise NotImplementedError


@contextmanager
def waiting_for(*names):
    """Run a block that calls functions the reader may not have written yet.

    names : those functions. Where one is missing, or still raises NotImplementedError, the
    block ends with one printed sentence instead of an error, which names those that are not
    written yet, as far as can be seen; any other error passes through.
    """
    try:
        yield
    except NotImplementedError as error:
        waited = _not_written(names, error.__traceback__) or names
    except NameError as error:
        if error.name not in names:
            raise
        waited = (error.name,)
    else:
        return
    *most, last = [f"`{name}`" for name in waited]
    functions = f"{', '.join(most)} and {last}" if most else last
    them = "them" if most else "it"
    said = f"This cell waits for {functions}: write {them} above, then run this cell again."
    # JupyterLab breaks longer lines wherever they end
    print(textwrap.fill(said, 88))


def _not_written(names, traceback):
    """Return those of the names whose functions raise NotImplementedError, by their code."""
    # the first step is this module's, the next one the block's
    block = traceback.tb_next.tb_frame if traceback.tb_next else traceback.tb_frame
    found = {name: block.f_globals.get(name) for name in names}
    return [
        name
        for name, function in found.items()
        if "NotImplementedError" in getattr(getattr(function, "__code__", None), "co_names", ())
    ]
