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
    block ends with one printed sentence instead of an error; any other error passes through.
    """
    try:
        yield
    except NotImplementedError:
        waited = names
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
