"""What a cell shows, made plain: mime bundles as JSON can hold them, errors without host paths."""

import base64
import datetime
import json
import math
import os
import re
import site
import sys
import sysconfig

MOST_LEVELS = 24
"""How deeply what is shown may be nested, well within what the wire takes."""

_ERROR_CHARACTERS = 40_000
_LONGEST_WORDS = 4_000


def size(value):
    """Return how many bytes a plain value takes as JSON."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def plain(value, levels=MOST_LEVELS):
    """Return a value of a mime bundle as JSON holds it, by the rules of a Jupyter kernel.

    Bytes become base64, infinities and nan their names, keys text. Raises ValueError for what
    has no such form, and for what is nested too deeply.
    """
    kind = type(value)
    if value is None or kind in (str, bool, int):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else repr(float(value))
    if not levels:
        raise ValueError(f"What is to be shown is nested deeper than {MOST_LEVELS} levels.")
    if isinstance(value, dict):
        if len({str(key) for key in value}) != len(value):
            raise ValueError(f"dict cannot be safely converted to JSON: {list(value)[:5]!r}")
        return {str(key): plain(entry, levels - 1) for key, entry in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(entry, levels - 1) for entry in value]
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    raise ValueError(f"Can't clean for JSON: {value!r}")


def error_output(name, said, traceback, paths):
    """Return an nbformat error output, its texts cut where they are too long.

    name, said : the error's type and text. traceback : lines, with ANSI colours. paths : what
    `host_paths` found; it is left out of the lines.
    """
    texts = [paths.sub("", line) for line in _middle_cut(list(map(str, traceback)))]
    return {
        "output_type": "error",
        "ename": str(name)[:200],
        "evalue": _cut(paths.sub("", str(said)), _LONGEST_WORDS),
        "traceback": texts,
    }


def _middle_cut(lines):
    """Keep the first and the last of a traceback's pieces, as many as there is room for."""
    lines = [_cut(line, _ERROR_CHARACTERS // 4) for line in lines]
    left, first, last = _ERROR_CHARACTERS, [], []
    while lines and left > 0:
        # the end says what was raised, so it comes first
        piece = lines.pop() if len(last) <= len(first) else lines.pop(0)
        (last if len(last) <= len(first) else first).append(piece)
        left -= len(piece)
    cut = [f"[{len(lines)} pieces of the traceback are left out here.]"] if lines else []
    return [*first, *cut, *reversed(last)]


def _cut(text, most):
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]} [… {len(text) - most:,} characters are left out …] {text[-half:]}"


def host_paths():
    """Return a pattern of the folders that Python's files lie in, to be left out of texts.

    What stays is the path that an import shows: numpy/linalg/_linalg.py.
    """
    stdlib = [sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib")]
    prefixes = [sys.prefix, sys.base_prefix, os.path.expanduser("~")]
    folders = {*sys.path, *stdlib, *site.getsitepackages(), *prefixes}
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders |= {here, *map(os.path.realpath, folders)}
    known = sorted((f for f in folders if len(f) > 1 and f.startswith("/")), key=len, reverse=True)
    return re.compile("|".join(f"{re.escape(folder)}/" for folder in known))
