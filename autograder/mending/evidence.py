"""By what a cell is known to be an expected one: its text, and the names that it binds."""

from autograder.mending.names import bound
from autograder.mending.pattern import released


def names_of(expected):
    """Return the names by which a solution can be known: those that its released cell binds."""
    known = expected.solution and expected.cell_type == "code"
    return bound(released(expected)) if known else set()


def is_pristine(cell, expected):
    """Whether a cell holds what was released, or what the source holds, hidden tests and all."""
    return cell.source.strip() in (released(expected).strip(), expected.source.strip())


def is_part(cell, expected):
    """Whether a cell holds nothing but what was released, or a part of it."""
    return is_pristine(cell, expected) or cell.source.strip() in released(expected)


def is_version(cell, expected):
    """Whether a cell that carries a locked cell's id is that cell, changed or not."""
    if expected.cell_id and cell.cell_id == expected.cell_id:
        return True
    # a bracket alone on its line is nothing to know a cell by
    lines, own = (
        {line.strip() for line in source.split("\n") if len(line.strip()) > 3}
        for source in (expected.source, cell.source)
    )
    return not own.isdisjoint(lines) or is_part(cell, expected)
