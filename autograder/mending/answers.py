"""What stands in the cells that a person fills in, as nbgrader tells whether anything was."""

from autograder.mending.pattern import ExpectedCell, checksum


def answers_of(cells):
    """Return grade id -> nbgrader's checksum of each solution among cells; None for a task.

    cells : of a notebook, as objects or as its JSON has them. Half a character counts as it is
    written to a file.
    """
    answers = {}
    for cell in cells:
        said = cell["metadata"].get("nbgrader", {})
        if said.get("task"):
            answers[said.get("grade_id")] = None
        elif said.get("solution"):
            answers[said.get("grade_id")] = _checksum(cell, said)
    return answers


def _checksum(cell, said):
    graded = said.get("grade", False)
    # never locked, whatever its flag says
    answer = ExpectedCell(
        grade_id=said["grade_id"],
        cell_type=cell["cell_type"],
        source="".join(cell["source"]).encode("utf-8", "replace").decode(),
        points=said["points"] if graded else None,
        grade=graded,
        solution=said["solution"],
    )
    return checksum(answer)
