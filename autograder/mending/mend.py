"""A notebook that can be graded, from whatever was handed in."""

from dataclasses import dataclass
from hashlib import sha256

from nbformat import NotebookNode, from_dict

from autograder.mending.conflicts import own_side
from autograder.mending.evidence import is_pristine
from autograder.mending.findings import Findings, notice
from autograder.mending.matching import match
from autograder.mending.ordering import arrange
from autograder.mending.pattern import metadata
from autograder.mending.reading import read
from autograder.mending.unreadable import UnreadableError

_ABOUT = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Mended:
    """A notebook put right.

    notebook : in nbformat 4.5, outputs cleared; each expected cell stands in it once.
    mends : what was found wrong and done about it, a sentence each; () where nothing was.
    """

    notebook: NotebookNode
    mends: tuple[str, ...]


def mend(data, pattern, notes=()):
    """Return the Mended of a file that was handed in.

    data : its bytes, or None where there is none. pattern : the Pattern of the notebook that it
    should be. notes : sentences to begin with, which may hold a student's words.

    Expected cells take their id, type, points and flags from the pattern, locked ones their
    text too; solutions keep the student's text. Where anything had to be done, a first Markdown
    cell says so. Whatever the bytes are, this raises nothing.
    """
    expected, findings = pattern.cells, Findings()
    try:
        handed, remarks = _read(data)
    except UnreadableError as error:
        handed, remarks = [], [str(error)]
    matched = match(handed, expected, findings)
    if handed and expected and not matched.roles:
        remarks = [
            *remarks,
            "None of the assignment's cells was found in the file; all were put "
            "in as they were released.",
        ]
    # where nothing was found, one sentence says so of all
    cells, roles = arrange(matched, expected, findings if matched.roles else Findings())
    made = [_made(cell, roles.get(cell), expected, findings) for cell in cells]
    _give_ids(made, cells, roles, expected)
    sentences = (*remarks, *findings.sentences())
    if notes or sentences:
        head = _cell("markdown", notice(notes, sentences), {})
        head["id"] = _new_id("notice", {cell["id"] for cell in made})
        made.insert(0, head)
    notebook = NotebookNode(nbformat=4, nbformat_minor=5, metadata=from_dict(_ABOUT), cells=made)
    return Mended(notebook, (*notes, *sentences))


def _read(data):
    if data is None:
        raise UnreadableError(
            "This notebook was not handed in; its cells were put in as they were released."
        )
    try:
        handed = read(data)
    except UnreadableError as error:
        raise UnreadableError(
            f"The file cannot be read as a notebook: {error}. The notebook's cells were put in as "
            "they were released."
        ) from error
    if not handed.cells:
        said = "The file holds no cells; the notebook's were put in as they were released."
        return [], [*handed.remarks, said]
    return handed.cells, handed.remarks


def _made(cell, index, expected, findings):
    """Return the cell of the mended notebook, without its id."""
    if index is None:
        return _cell(cell.cell_type, cell.source, cell.metadata, cell.attachments)
    wanted = expected[index]
    if cell.cell_type != wanted.cell_type:
        findings.add("retyped", wanted)
    if wanted.locked and not is_pristine(cell, wanted):
        findings.add("altered", wanted)
    if cell.grade_id == wanted.grade_id and not _agrees(cell.said, wanted):
        findings.add("metadata", wanted)
    source = wanted.source if wanted.locked else own_side(cell.source)
    if source != cell.source and not wanted.locked:
        findings.add("unmerged", wanted)
    pictures = {} if wanted.locked else cell.attachments
    return _cell(wanted.cell_type, source, metadata(wanted), pictures)


def _agrees(said, wanted):
    """Whether nbgrader's metadata in a cell are what they should be, as far as they matter."""
    flags = ("grade", "solution", "task")
    if any(said.get(flag, False) is not getattr(wanted, flag) for flag in flags):
        return False
    locked = not wanted.solution and (wanted.grade or said.get("locked", False))
    return locked is wanted.locked and (not wanted.grade or said.get("points") == wanted.points)


def _cell(cell_type, source, its_metadata, attachments=None):
    cell = NotebookNode(cell_type=cell_type, metadata=from_dict(its_metadata), source=source)
    if cell_type == "code":
        cell["execution_count"] = None
        cell["outputs"] = []
    elif attachments:
        cell["attachments"] = attachments
    return cell


def _give_ids(made, cells, roles, expected):
    """Give each cell an id of its own: the one it had, or the source's, or one from its place."""
    used = set()
    pairs = list(enumerate(zip(made, cells, strict=True)))
    # of copies of an expected cell, it keeps the id that they share
    for place, (new, cell) in sorted(pairs, key=lambda pair: pair[1][1] not in roles):
        index = roles.get(cell)
        had = [cell.cell_id, "" if index is None else expected[index].cell_id]
        free = [one for one in had if one and one not in used]
        new["id"] = free[0] if free else _new_id(f"{place}:{cell.source}", used)
        used.add(new["id"])


def _new_id(seed, used):
    """Return an id that is not used yet; the same whenever the same notebook is mended."""
    while True:
        made = sha256(seed.encode()).hexdigest()[:12]
        if made not in used:
            return made
        seed += "+"
