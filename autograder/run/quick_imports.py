"""Imports that take seconds, made in less: what a command does before it can do anything."""

import gc
import os
import sys
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType

_ABSENT = (
    "fqdn",
    "isoduration",
    "nbconvert.postprocessors.serve",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)
"""What jsonschema imports, where it is there, to tell addresses, dates and colours from others,
and nbconvert, where it is there, to serve slides."""

_MISTUNE = ("IPythonRenderer", "MarkdownWithMath", "markdown2html_mistune")
_LATER = {
    "bs4": ("BeautifulSoup",),
    "nbconvert.filters.markdown_mistune": _MISTUNE,
    "nbgrader.server_extensions.assignment_list": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.course_list": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.formgrader": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.validate_assignment": ("load_jupyter_server_extension",),
    "requests": ("request",),
    "setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
}
"""Modules of which nbgrader takes something whenever it is imported -> what it may call of them."""

_THREADS = "OPENBLAS_NUM_THREADS"
"""How many threads NumPy's linear algebra starts as it is imported: by default, one a core."""


@contextmanager
def quick_imports():
    """Let a block import nbformat and nbgrader in less than half the time; use it before others.

    nbformat validates with jsonschema, which imports all that checks formats of text, down to a
    grammar of web addresses that takes more than a second; in a notebook there are none that
    are validated. nbgrader imports all that its pages in a Jupyter server need, what speaks with
    a JupyterHub, what makes HTML of Markdown, and setuptools; who calls one of their functions
    has it imported then. NumPy starts no threads: they take as long as its import, waiting for
    work, and where a class is graded they would be in each other's way.
    Garbage collections are put off too, and never look at what is there then.
    """
    # an import of what is None raises ImportError, as if it were not installed
    put = dict.fromkeys(_ABSENT)
    put |= {name: _later(name, functions) for name, functions in _LATER.items()}
    put = {name: module for name, module in put.items() if name not in sys.modules}
    sys.modules.update(put)
    threads = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        if threads is None:
            # what is started from here may want to have them
            os.environ.pop(_THREADS, None)
        for name, module in put.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _later(name, functions):
    module = ModuleType(name)
    for function in functions:
        setattr(module, function, partial(_call, module, function))
    return module


def _call(stand_in, function, *arguments, **named):
    """Call a function of the module that another one stood in for."""
    name = stand_in.__name__
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
    return getattr(import_module(name), function)(*arguments, **named)
