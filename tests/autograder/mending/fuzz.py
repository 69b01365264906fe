"""Seeded damage to the bytes of a notebook: what people, programs and adversaries do to files."""

import copy
import json

import numpy as np

GARBAGE = (
    None,
    True,
    0,
    -1,
    3.5,
    1e308,
    10**60,
    float("nan"),
    float("-inf"),
    "",
    "\ud800",
    "a\0b",
    "x" * 5_000,
    "<script>alert(1)</script>",
    [],
    {},
    [[]],
    {"": {"": []}},
    ["a", 1, None, ["b"], {"c": 2}],
)


def mutated(rng, data):
    """Return the bytes of a notebook after one to four mutations drawn from rng.

    rng : a numpy Generator; data : bytes of a whole notebook.
    """
    notebook = json.loads(data)
    for _ in range(rng.integers(0, 4)):
        kind = one_of(rng, (of_cells, of_cells, of_metadata, of_json))
        notebook = kind(rng, notebook)
    text = written(rng, notebook)
    for _ in range(rng.integers(0, 2)):
        text = one_of(rng, (cut, doubled_block, with_conflict, with_comments, around, deep))(
            rng, text
        )
    encoded = encode(rng, text)
    return flipped(rng, encoded) if rng.random() < 0.2 else encoded


def one_of(rng, choices):
    """Return one of several, drawn."""
    return choices[int(rng.integers(len(choices)))]


# the notebook: what a hand on the keyboard does


def of_cells(rng, notebook):
    """Delete, double, move, split, merge or retype a cell, or put one in."""
    cells = notebook.get("cells")
    if not isinstance(cells, list) or len(cells) < 3:
        return notebook
    at, to = (int(place) for place in rng.integers(len(cells), size=2))
    cell = cells[at]
    if not isinstance(cell, dict):
        return notebook
    kind = one_of(rng, ("delete", "double", "move", "split", "merge", "retype", "add", "shuffle"))
    if kind == "delete":
        del cells[at : at + int(rng.integers(1, 4))]
    elif kind == "double":
        cells.insert(to, copy.deepcopy(cell))
    elif kind == "move":
        cells.insert(to, cells.pop(at))
    elif kind == "split":
        lines = source_lines(cell)
        where = int(rng.integers(len(lines) + 1))
        later = copy.deepcopy(cell) | {"source": lines[where:], "id": f"split-{at}"}
        cells[at : at + 1] = [cell | {"source": lines[:where]}, later]
    elif kind == "merge" and at + 1 < len(cells) and isinstance(cells[at + 1], dict):
        lines = [*source_lines(cell), "\n", *source_lines(cells[at + 1])]
        cells[at : at + 2] = [cell | {"source": lines}]
    elif kind == "retype":
        cell["cell_type"] = one_of(rng, ("code", "markdown", "raw", "heading", "sql"))
    elif kind == "add":
        cells.insert(to, {"cell_type": "code", "metadata": {}, "source": "x = 1", "id": "new"})
    elif kind == "shuffle":
        rng.shuffle(cells)
    return notebook


def source_lines(cell):
    """Return the source of a cell as a list of strings, whatever it is."""
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return [line for line in lines if isinstance(line, str)]


def of_metadata(rng, notebook):
    """Edit what nbgrader says of cells: points, flags, ids, or all of it."""
    cells = notebook.get("cells")
    cells = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    of_nbgrader = [
        cell["metadata"]
        for cell in cells
        if isinstance(cell.get("metadata"), dict)
        and isinstance(cell["metadata"].get("nbgrader"), dict)
    ]
    if len(of_nbgrader) < 2:
        return notebook
    one, other = (of_nbgrader[int(i)] for i in rng.integers(len(of_nbgrader), size=2))
    said = one["nbgrader"]
    kind = one_of(rng, ("value", "drop", "rename", "swap", "steal", "strip", "alter"))
    if kind == "value":
        key = one_of(rng, ("points", "locked", "grade", "solution", "task", "schema_version"))
        said[key] = one_of(rng, (*GARBAGE, not said.get(key)))
    elif kind == "drop" and said:
        del said[one_of(rng, list(said))]
    elif kind == "rename":
        said["grade_id"] = one_of(rng, ("mine", "", *GARBAGE))
    elif kind == "swap":
        one["nbgrader"], other["nbgrader"] = other["nbgrader"], one["nbgrader"]
    elif kind == "steal":
        thief = one_of(rng, cells)
        if isinstance(thief.get("metadata"), dict):
            thief["metadata"]["nbgrader"] = copy.deepcopy(said)
    elif kind == "strip":
        for metadata in of_nbgrader:
            metadata.pop("nbgrader", None)
    elif kind == "alter":
        for cell in cells:
            if cell.get("metadata") is one:
                cell["source"] = ["raise SystemExit\n", *source_lines(cell)]
    return notebook


# the JSON: what a program does


def of_json(rng, notebook):
    """Put garbage in some place of the tree, or drop a key."""
    places = list(_places(notebook))
    container, key = one_of(rng, places)
    if rng.random() < 0.3:
        del container[key]
    else:
        container[key] = copy.deepcopy(one_of(rng, GARBAGE))
    return notebook


def _places(value):
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from _places(inner)


def written(rng, notebook):
    """Write a notebook as JSON text, in one of the ways that programs write it."""
    indent = one_of(rng, (None, 1, 1, 2))
    text = json.dumps(notebook, indent=indent, ensure_ascii=bool(rng.integers(2)))
    if rng.random() < 0.1:
        text = json.dumps(text)
    if rng.random() < 0.1:
        text = text.replace('"source": ', '"source": "twice", "source": ')
    return text


# the text: what editors, merges and bad lines do


def cut(rng, text):
    """Leave out the end."""
    return text[: int(rng.integers(len(text) + 1))]


def doubled_block(rng, text):
    """Put a piece of the text in once more, somewhere."""
    start, to = (int(place) for place in rng.integers(len(text) + 1, size=2))
    return text[:to] + text[start : start + int(rng.integers(1, 3_000))] + text[to:]


def with_conflict(rng, text):
    """Put the marks of an unresolved merge around some lines, with others against them."""
    lines = text.split("\n")
    start, stop = sorted(int(place) for place in rng.integers(len(lines) + 1, size=2))
    stop = min(stop, start + int(rng.integers(1, 40)))
    theirs = [line.replace("1", "2") for line in lines[start:stop]]
    if rng.random() < 0.3:
        theirs = theirs[1:]
    lines[start:stop] = [
        "<<<<<<< HEAD",
        *lines[start:stop],
        *(["||||||| 1234567", "base"] if rng.random() < 0.2 else []),
        "=======",
        *theirs,
        ">>>>>>> other",
    ]
    return "\n".join(lines)


def with_comments(rng, text):
    """Add comments and a comma too many, as editors of JSON let pass."""
    lines = text.split("\n")
    to = int(rng.integers(len(lines) + 1))
    lines.insert(to, one_of(rng, ("// mine", "/* not\nclosed", "/* a */", ",", "# mine")))
    return "\n".join(lines)


def around(rng, text):
    """Put something before or after."""
    garbage = one_of(rng, ("}", "\n\n", "<html>", "%PDF-1.4", "{}", "\0\0", "x = 1\n", "\ufeff"))
    return text + garbage if rng.integers(2) else garbage + text


def deep(rng, text):
    """Nest something deeply in the first metadata there are."""
    levels = int(one_of(rng, (50, 500, 5_000, 200_000)))
    nest = '{"a": ' * levels + "1" + "}" * levels
    return text.replace('"metadata": {', f'"metadata": {{"deep": {nest}, ', 1)


# the bytes: what encodings and disks do


def encode(rng, text):
    """Return bytes in one of the encodings that are met."""
    encoding = one_of(rng, (*["utf-8"] * 6, "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "crlf"))
    if encoding == "crlf":
        text, encoding = text.replace("\n", "\r\n"), "utf-8"
    return text.encode(encoding, "replace")


def flipped(rng, data):
    """Change a few bytes, or make them zero."""
    changed = np.frombuffer(data, dtype=np.uint8).copy()
    if len(changed):
        places = rng.integers(len(changed), size=int(rng.integers(1, 20)))
        changed[places] = rng.integers(256, size=len(places)) if rng.integers(2) else 0
    return changed.tobytes()
