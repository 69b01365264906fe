"""Where the points of a class went: each loss of a student on a task, with its cause."""

from dataclasses import dataclass

from autograder.report.cell_names import task_name
from course.called import NOT_BACK
from course.mistakes import all_mistakes
from course.reading import NOT_WRITTEN

KNOWN = "known mistake"
UNWRITTEN = "not written"
OUT_OF_TIME = "out of time"
BROKE_OFF = "broke off"
BY_HAND = "graded by hand"
UNNAMED = "not named"

_UNWRITTEN = (NOT_WRITTEN, "Not filled in yet.", "None came; expected numbers.")


@dataclass(frozen=True)
class Loss:
    """What one student lost on one task to one cause.

    student : the id. task : the name of the function.
    cause : KNOWN for a mistake of the library; UNWRITTEN, OUT_OF_TIME or BROKE_OFF (an error
        stood where the score should be); BY_HAND where a person graded what has no test;
        UNNAMED where the checks know no mistake behind it.
    mistake : the id of the mistake; "" for the other causes.
    parts : in how many parts of the task it showed.
    points : what it cost, by the gradebook; 0 where an instructor gave the points back.
    """

    student: str
    task: str
    cause: str
    mistake: str
    parts: int
    points: float


def losses_of(result, cells):
    """Return the Losses of one Result, in the order of the tasks.

    cells : label of a graded cell -> points possible. How many points were lost is the
    gradebook's word; the findings, which come from a notebook, only share them out. A part with
    two mistakes behind it is shared by both. What waits to be graded by hand is no loss.
    """
    found = {one.cell: one for one in result.findings}
    return [
        Loss(result.student, task_name(cell), cause, mistake, parts, points)
        for cell, possible in cells.items()
        if cell not in result.waiting
        for (cause, mistake), (parts, points) in _shares_of(
            result, cell, found.get(cell), max(0.0, possible - (result.cells.get(cell) or 0.0))
        ).items()
    ]


def _shares_of(result, cell, found, lost):
    """Return (cause, mistake) -> (parts, points) of one cell of a Result."""
    if cell in result.by_hand or cell in result.blank:
        cause = BY_HAND if cell in result.by_hand else UNWRITTEN
        return {(cause, ""): (1, lost)} if lost > 1e-9 else {}
    return _shares(found, lost)


def _shares(found, lost):
    """Return (cause, mistake) -> (parts, points) of one cell on which `lost` points were lost."""
    claims = _claims(found) if found else {}
    claimed = sum(points for _, points in claims.values())
    scale = min(1.0, lost / claimed) if claimed else 0.0
    shares = {key: (parts, points * scale) for key, (parts, points) in claims.items()}
    rest = lost - claimed * scale
    if rest > 1e-9:
        cause = _cause_of_silence(found) if not claimed else UNNAMED
        parts, points = shares.get((cause, ""), (0, 0.0))
        shares[cause, ""] = (max(parts, 1), points + rest)
    return {key: share for key, share in shares.items() if share[1] > 1e-9 or key[0] == KNOWN}


def _claims(found):
    """Return (cause, mistake) -> [parts, points], as the findings of a cell have it."""
    claims = {}
    for finding in () if found.trouble else found.findings:
        known = [name for name in finding.misconceptions if name in all_mistakes()]
        keys = [(KNOWN, name) for name in known]
        if not keys and not finding.right:
            keys = [(_cause_told_by(finding.message), "")]
        for key in keys:
            claim = claims.setdefault(key, [0, 0.0])
            claim[0] += 1
            claim[1] += (finding.possible - finding.earned) / len(keys)
    return claims


def _cause_told_by(message):
    """Return the cause that a finding without a mistake tells of."""
    if NOT_BACK in message:
        return OUT_OF_TIME
    # that nothing at all came back is a return left out
    unwritten = message.startswith(_UNWRITTEN) and "Is the return missing?" not in message
    return UNWRITTEN if unwritten else UNNAMED


def _cause_of_silence(found):
    """Return the cause where no finding claims what was lost."""
    if found is None or not found.trouble or found.failed:
        return UNNAMED
    return OUT_OF_TIME if found.stopped else BROKE_OFF
