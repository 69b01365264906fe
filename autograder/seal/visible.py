"""What a sealed process may see: the interpreter, what notebooks import, and nothing else."""

import csv
import os
import sys
import sysconfig
from email.parser import HeaderParser
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from autograder.seal.seal_error import SealError

DISTRIBUTIONS = (
    "numpy",
    "matplotlib",
    "ipython",
    "matplotlib-inline",
    "ipywidgets",
    "anywidget",
    "jinja2",
)
# Whatever is not named here is hidden: the tasks and their truth, the mistakes and demos that
# differentiate networks, the judging. A module that is not there cannot be imported.
VISIBLE_OF_COURSE = {
    "": """
        __init__.py arguments.py asked.py bar.py called.py differentiate.py five_notations.md
        forward.py handlers.py handwriting.py hints.py notations.py points.py
        progress_table.html.j2 progress_table.py reading.py running.py score.html.j2 score.py
        stack.py trying.py waiting.py
    """,
    "data": "digits.npz digits.txt",
    "driving": """
        __init__.py calling.py deltas.py errata.py expressions.py gates.py graphs.py naming.py
        operations.py stages.py training.py
    """,
    "pictures": """
        __init__.py activation_curves.py active_units.py confusion.py edge_labels.py images.py
        jacobian.py lines.py network.py network_drawing.py network_numbers.py network_words.py
        numbers.py pass_costs.py picture.py sigmoid_slope.py softmax_steps.py style.py tangent.py
        three_products.py two_costs.py value_graph.py way_back_map.py
    """,
}
"""Folder of the package `course` -> the files in it that sealed code may import and read."""

# in a virtual environment the paths of `sysconfig` would point into it
_BASE = {
    "base": sys.base_prefix,
    "platbase": sys.base_exec_prefix,
    "installed_base": sys.base_prefix,
    "installed_platbase": sys.base_exec_prefix,
}
NEVER = ("course", "autograder", "nbgrader")
FONTS = Path("/usr/share/fonts")
"""Of the machine's own; matplotlib brings more along."""


def distributions(more=()):
    """Return the distributions to be seen, by name: those of the course, `more`, their needs.

    Raises SealError for one that is not installed.
    """
    found, asked = {}, [(name, "") for name in (*DISTRIBUTIONS, *more)]
    while asked:
        name, of = asked.pop()
        try:
            known = distribution(name)
        except PackageNotFoundError:
            who = f"which {of} needs" if of else "which sealed notebooks are to see"
            raise SealError(
                f"The package {name!r}, {who}, is not installed here: install it, or take it "
                "out of c.Seal.packages in nbgrader_config.py."
            ) from None
        about = _headers(known)
        proper = about["Name"].lower().replace("_", "-")
        if proper in found:
            continue
        found[proper] = known
        for line in about.get_all("Requires-Dist") or known.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                asked.append((needed.name, proper))
    return found


def _headers(known):
    """Return a distribution's metadata without its description, which takes long to read."""
    text = known.read_text("METADATA") or known.read_text("PKG-INFO") or ""
    return HeaderParser().parsestr(text.partition("\n\n")[0])


def site_entries(more=()):
    """Return {name in site-packages: its path on this machine} of all distributions to be seen.

    The course itself, the grader and nbgrader are left out, whoever asks for them.
    """
    entries = {}
    for name, known in distributions(more).items():
        for top in _tops(known, name):
            path = Path(known.locate_file(top))
            if top not in NEVER and path.exists():
                entries[top] = path
    return entries


def _tops(known, name):
    record = known.read_text("RECORD")
    if record:
        # known.files says the same of each of the thousands, in ten times the time
        tops = {row[0].partition("/")[0] or "/" for row in csv.reader(record.splitlines()) if row}
    elif known.files:
        tops = {file.parts[0] for file in known.files}
    else:
        # as Linux distributions and conda sometimes leave it: no list of files, only modules
        listed = (known.read_text("top_level.txt") or name.replace("-", "_")).split()
        return [top for module in listed for top in (module, f"{module}.py")]
    return sorted(top for top in tops if top not in ("..", "__pycache__") and top[0] != "/")


def course_folder():
    """Return the folder of the package `course`."""
    return Path(find_spec("course").origin).parent


def course_entries():
    """Return {path within the package `course`: its path} of the files sealed code may see."""
    root = course_folder()
    inner = [Path(folder, name) for folder in VISIBLE_OF_COURSE for name in _files_in(folder)]
    return {path.as_posix(): root / path for path in inner}


def _files_in(folder):
    return VISIBLE_OF_COURSE[folder].split()


def inside_folder():
    """Return the folder of the modules that run in the sandbox."""
    return Path(find_spec("autograder").origin).parent / "inside"


def interpreter():
    """Return (the interpreter's own file, the name of its library folder: "lib", "lib64").

    Virtual environments are looked through: sealed code sees the Python they are made from.
    """
    return Path(sys._base_executable).resolve(), sys.platlibdir


def python_libraries():
    """Return {name in the interpreter's library folder: its path}: standard library and .so.

    Conda keeps the shared libraries of its packages there too, and all are to be seen then.
    """
    standard = Path(sysconfig.get_path("platstdlib", vars=_BASE))
    pattern = "*.so*" if (Path(sys.base_prefix) / "conda-meta").is_dir() else "libpython*.so*"
    places = {standard.parent, Path(sysconfig.get_config_var("LIBDIR") or standard.parent)}
    readable = [place for place in places if os.path.isdir(place)]
    shared = {path.name: path for place in readable for path in place.glob(pattern)}
    return shared | {standard.name: standard}


def system_libraries():
    """Return the paths, at their own place, of the machine's shared libraries, fonts, zones."""
    triplet = sysconfig.get_config_var("MULTIARCH") or "no-multiarch"
    places = [Path(root) / triplet for root in ("/lib", "/usr/lib")]
    if not any(place.is_dir() for place in places):
        places = [Path(place) for place in ("/lib64", "/usr/lib64", "/lib", "/usr/lib")]
    places += [Path("/lib64"), Path("/usr/lib64")]
    for root in ("/lib", "/usr/lib"):
        places += sorted(Path(root).glob("ld-linux*.so*"))
    places += [
        Path("/usr/lib/locale/C.utf8"),
        Path("/usr/lib/locale/C.UTF-8"),
        FONTS,
        Path("/usr/share/zoneinfo"),
        Path("/etc/ld.so.cache"),
    ]
    return list(dict.fromkeys(place for place in places if place.exists()))


def foreign_packages(places):
    """Return the folders of installed Python packages below `places`, to be covered up."""
    kinds = ("site-packages", "dist-packages")
    return sorted(
        found for place in places for kind in kinds for found in place.glob(f"python*/{kind}")
    )
