"""The functions and classes of modules that each cell needs, kept from before any fork."""

import builtins
import contextlib
import ctypes
import functools
import getpass
import inspect
import io
import json
import linecache
import re
import signal
import struct
import time
import tokenize
import traceback

# what the session and IPython work with; a notebook that gives one of them another function
# has it for one cell
_MODULES = (builtins, contextlib, functools, getpass, inspect, io, json, json.decoder)
_MODULES += (json.encoder, linecache, re, signal, struct, time, tokenize, traceback)

# in a dictionary of CPython 3.11 and 3.12: after what every object has, how many entries there
# are, and then a number that is another one whenever it was written to
_VERSION_AT = object.__basicsize__ + 8


class KeptNames:
    """What some modules hold as it is when this is made, for every fork to put back."""

    def __init__(self):
        tells = _versions_tell()
        self._modules = [_Module(vars(module), tells) for module in _MODULES]

    def put_back(self):
        """Put back what has been replaced or deleted; names that were added stay.

        A module that nobody wrote to is not looked at: each of these objects lies in a page of
        memory that a fork would have to copy.
        """
        # no name of `builtins` in these lines: it may be the one that was deleted
        for module in self._modules:
            if module.version is None or module.counter.value != module.version:
                module.names.update(module.before)
                module.version = module.version and module.counter.value


class _Module:
    def __init__(self, names, tells):
        self.names = names
        # no more than functions and classes of most
        self.before = {
            name: one for name, one in names.items() if callable(one) or names is vars(builtins)
        }
        self.counter = ctypes.c_uint64.from_address(id(names) + _VERSION_AT) if tells else None
        self.version = self.counter.value if tells else None


def _versions_tell():
    """Whether a dictionary of this interpreter tells by a number that it was written to."""
    if dict.__basicsize__ < _VERSION_AT + 8:
        return False
    tried = {"a": 1, "b": 2}
    counter = ctypes.c_uint64.from_address(id(tried) + _VERSION_AT)
    seen = [counter.value]
    for write in (
        lambda: tried.__setitem__("a", 3),
        lambda: tried.__setitem__("c", 4),
        lambda: tried.__delitem__("b"),
        lambda: tried.update(a=5),
        lambda: tried.pop("c"),
    ):
        write()
        seen.append(counter.value)
    read = list(tried.items()), tried.get("a"), "a" in tried, counter.value
    return len(set(seen)) == len(seen) and read[-1] == seen[-1] > 0
