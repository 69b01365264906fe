"""Which of the files that a student handed in is meant by a notebook's name."""

import re
from hashlib import sha256

from autograder.handed_in.files import read_regular
from autograder.mending.decoding import MOST_BYTES

_NOTEBOOK = re.compile(r"(?P<stem>.+?)(?:\.ipynb)+(?:\.(?:txt|json))?", re.IGNORECASE | re.DOTALL)
# what browsers, JupyterLab and file managers add to the name of a copy
_COPY = re.compile(
    r"[\s_-]*+(?:\(\d{1,3}\)|(?:copy|kopie|copie|copia)[\s_-]*+(?:\d{1,3}|\(\d{1,3}\))?)$"
)
_COPY_OF = re.compile(r"^(?:copy of|kopie von|copie de|copia de)[\s_-]++")
_MOST_COMPARED = 20
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")


def is_named_as_notebook(name):
    """Whether a file's name is a notebook's: capitals, .ipynb.txt and .ipynb.json pass too.

    Hidden files do not; macOS leaves some that end in .ipynb beside each file in an archive.
    """
    return not name.startswith(".") and bool(_NOTEBOOK.fullmatch(name))


def find_notebooks(expected, files):
    """Return (name -> path, others): which of a folder's files stand for which expected names.

    expected : names without suffix. files : the regular files in one folder. others : those left
    that are named as notebooks.

    Files that are named as notebooks go before all others. Some programs save one as .json, or
    without a suffix: where no such file, or one without a cell that nbgrader has marked, would be
    taken, others in which it has marked some are looked at as well. See `taken_for`.
    """
    named = sorted(path for path in files if is_named_as_notebook(path.name))
    taken = taken_for(expected, named)
    open_names = [name for name in expected if not _is_sure(name, taken.get(name))]
    if open_names:
        sure = [path for name, path in taken.items() if name not in open_names]
        free = [path for path in named if path not in sure]
        by_content = _by_content(files, {_stem(path) for path in sure})
        for name in open_names:
            taken.pop(name, None)
        taken |= taken_for(open_names, free + by_content)
    return taken, [path for path in named if path not in taken.values()]


def _is_sure(name, path):
    return path is not None and (_is_exactly(path, name) or _has_marks(_bytes(path)))


def _by_content(files, stems):
    """Return the first files that are notebooks by what they hold, and not by their names.

    stems : names of notebooks that are there already, of which others may be backups.
    """
    others = [path for path in files if not is_named_as_notebook(path.name)]
    some = sorted(path for path in others if not path.name.startswith("."))[:_MOST_COMPARED]
    return [path for path in some if _stem(path) not in stems and _is_notebook(_bytes(path))]


def taken_for(expected, paths):
    """Return name -> path for each expected name that one file surely stands for.

    expected : names without suffix; paths : files that are or may be notebooks, in one folder.

    Sure is, in this order: the name itself; the name but for capitals and the marks of a copy,
    and before both of these those with cells that nbgrader has marked; the name as a part between
    other words; the only file left, where one name is left; and of several that are left, the
    only one with marked cells. Files that hold the same are one. Where two files fit alike,
    neither is taken.
    """
    left = sorted(paths)
    taken = {}
    by_name = (_is_exactly, is_copy, _speaks_of)
    marked = (_marked(_is_exactly), _marked(is_copy)) if 1 < len(left) <= _MOST_COMPARED else ()
    for fits in (*marked, *by_name):
        missing = [name for name in expected if name not in taken]
        for name in missing:
            found = _differing([path for path in left if fits(path, name)])
            # what fits two names is sure to be neither
            if len(found) == 1 and sum(fits(found[0], other) for other in missing) == 1:
                taken[name] = found[0]
                left.remove(found[0])
    missing = [name for name in expected if name not in taken]
    if len(missing) == 1:
        found = _differing(left)
        if 1 < len(found) <= _MOST_COMPARED:
            found = [path for path in found if _has_marks(_bytes(path))]
        if len(found) == 1:
            taken[missing[0]] = found[0]
    return taken


def is_copy(path, name):
    """Whether a file has a notebook's name but for capitals and the marks of a copy."""
    stem = _COPY_OF.sub("", _stem(path).casefold().strip())
    while _COPY.search(stem):
        stem = _COPY.sub("", stem)
    return re.sub(r"[\s-]+", "_", stem) == re.sub(r"[\s-]+", "_", name.casefold())


def _stem(path):
    named = _NOTEBOOK.fullmatch(path.name)
    return named["stem"] if named else path.stem.removesuffix(".ipynb")


def _is_exactly(path, name):
    return path.name == f"{name}.ipynb"


def _speaks_of(path, name):
    words = re.sub(r"[\W_]+", "_", f"_{_stem(path).casefold()}_")
    return re.sub(r"[\W_]+", "_", f"_{name.casefold()}_") in words


def _marked(fits):
    """Return what tells whether a file fits a name and has cells that nbgrader has marked."""
    return lambda path, name: fits(path, name) and _has_marks(_bytes(path))


def _has_marks(data):
    return b'"grade_id"' in data


def _is_notebook(data):
    return bool(_BEGINNING.match(data)) and b'"nbformat"' in data and _has_marks(data)


def _differing(paths):
    """Return the paths without those that hold the same as an earlier one."""
    if not 1 < len(paths) <= _MOST_COMPARED:
        return paths
    first = {}
    for path in paths:
        first.setdefault(sha256(_bytes(path)).digest(), path)
    return list(first.values())


def _bytes(path):
    try:
        return read_regular(path, MOST_BYTES)
    except OSError:
        # unlike all others: what cannot be read is no copy of anything
        return path.name.encode("utf-8", "surrogateescape")
