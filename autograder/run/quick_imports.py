"""Imports that take seconds, made in less: what a command does before it can do anything."""

import gc
import sys
from contextlib import contextmanager


@contextmanager
def quick_imports():
    """Let a block import nbformat and nbgrader in about half the time; use it before any other.

    nbformat validates with jsonschema, which imports rfc3987_syntax where that is installed, and
    this compiles a grammar of web addresses for more than a second. Notebooks hold none that
    are validated. Garbage collections are put off too, and never look at what is there then.
    """
    grammar = "rfc3987_syntax"
    absent = grammar not in sys.modules
    if absent:
        # an import of what is None raises ImportError, as if it were not installed
        sys.modules[grammar] = None
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        if absent:
            del sys.modules[grammar]
