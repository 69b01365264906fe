"""One cell as it was handed in, with nothing in it that could do harm or surprise."""

import re
from dataclasses import dataclass, field

from autograder.mending.decoding import mendable

LONGEST_SOURCE = 1_000_000
LARGEST_ATTACHMENTS = 5_000_000

TYPES = ("code", "markdown", "raw")

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_ATTACHMENT = re.compile(r"[\w. ()-]{1,120}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*+")
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_FLAGS = ("collapsed", "deletable", "editable")


@dataclass(slots=True, eq=False)
class HandedCell:
    """A cell of a notebook that was handed in; equal to none but itself.

    cell_type : "code", "markdown" or "raw". source : its text, line ends as \\n.
    cell_id : its id, or "" where it had none that is valid. grade_id : what nbgrader's metadata
    in it say that it is, or "". said : those metadata, a dict, {} where there are none.
    metadata : what else may stay. attachments : pictures pasted into it.
    shortened : whether it held more text than a cell may.
    """

    cell_type: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    said: dict = field(default_factory=dict)
    metadata: dict = field(default_factory=dict)
    attachments: dict = field(default_factory=dict)
    shortened: bool = False


def handed_cell(raw):
    """Return the HandedCell of an entry in a notebook's list of cells; None where it is none."""
    if not isinstance(raw, dict):
        return None
    source = _source(raw.get("source", raw.get("input")))
    shortened = len(source) > LONGEST_SOURCE
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    said = metadata.get("nbgrader")
    said = said if isinstance(said, dict) else {}
    grade_id = said.get("grade_id")
    cell_id = raw.get("id")
    cell_type = _type(raw)
    return HandedCell(
        cell_type,
        "" if shortened else source,
        cell_id if isinstance(cell_id, str) and _CELL_ID.fullmatch(cell_id) else "",
        grade_id if isinstance(grade_id, str) else "",
        said,
        _harmless(metadata) if len(metadata) > bool(said) else {},
        _pictures(raw["attachments"]) if "attachments" in raw and cell_type == "markdown" else {},
        shortened,
    )


def _source(said):
    if isinstance(said, list):
        said = "".join(_line(line) for line in said)
    source = mendable(_line(said))
    return source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source


def _line(said):
    if isinstance(said, str):
        return said
    # a number where a line should be was that line once; true, lists and the rest were not
    return f"{said}" if isinstance(said, (int, float)) and not isinstance(said, bool) else ""


def _type(raw):
    said = raw.get("cell_type")
    if said in TYPES:
        return said
    if "outputs" in raw or "execution_count" in raw or "input" in raw:
        return "code"
    return "raw" if isinstance(said, str) else "markdown"


def _harmless(metadata):
    kept = {flag: metadata[flag] for flag in _FLAGS if isinstance(metadata.get(flag), bool)}
    jupyter = metadata.get("jupyter")
    if isinstance(jupyter, dict):
        flags = ("source_hidden", "outputs_hidden")
        hidden = {flag: jupyter[flag] for flag in flags if isinstance(jupyter.get(flag), bool)}
        kept |= {"jupyter": hidden} if hidden else {}
    return kept


def _pictures(attachments):
    """Keep the pictures among a cell's attachments: a photographed derivation is an answer."""
    kept, room = {}, LARGEST_ATTACHMENTS
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        if not _ATTACHMENT.fullmatch(name) or not isinstance(bundle, dict):
            continue
        for kind in _PICTURES:
            data = bundle.get(kind)
            data = "".join(map(_line, data)) if isinstance(data, list) else data
            if isinstance(data, str) and len(data) <= room and _BASE64.fullmatch(data):
                kept[name] = {kind: data}
                room -= len(data)
                break
    return kept
