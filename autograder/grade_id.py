"""The name by which nbgrader knows a cell."""


def grade_id_of(cell):
    """Return the grade_id of a notebook's cell, or "" for one that nbgrader has not marked."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id") or ""
