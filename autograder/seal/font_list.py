"""The list of fonts that matplotlib has made on this machine, for a sealed process to read.

matplotlib looks at every font of a machine when it is first imported, and keeps what it found in a
file in its user's cache. A sealed process has no such cache: without this it would look at all
fonts anew at every start, which takes seconds where there are many.
"""

import json
import os
from contextlib import suppress
from pathlib import Path, PurePosixPath

from autograder.seal.visible import FONTS

_MOST_BYTES = 10 * 2**20


def font_lists():
    """Return {name of the file: its text}: no fonts are in them but those visible inside.

    One for each version of matplotlib that this user has imported; none is needed.
    """
    found = {}
    for path in sorted(_cache().glob("fontlist-v*.json")):
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            if path.stat().st_size <= _MOST_BYTES:
                found[path.name] = _with_visible(path.read_text(encoding="utf-8"))
    return found


def _cache():
    """Return matplotlib's cache folder, without importing it; see matplotlib.get_cachedir."""
    own = os.environ.get("MPLCONFIGDIR")
    if own:
        return Path(own)
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(caches, "matplotlib")


def _with_visible(text):
    listed = json.loads(text)
    for fonts in ("ttflist", "afmlist"):
        listed[fonts] = [font for font in listed[fonts] if _is_visible(font["fname"])]
    return json.dumps(listed)


def _is_visible(name):
    """Whether a font is matplotlib's own, whose name has no root, or one of the system's."""
    path = PurePosixPath(name)
    return ".." not in path.parts and (not path.is_absolute() or FONTS in path.parents)
