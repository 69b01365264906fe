"""What went wrong while a notebook ran: sentences for people, and the causes of cells' points."""

from autograder.grade_id import grade_id_of


class Troubles:
    """Takes down what went wrong in which cell.

    cells : of the notebook. code : indices of those that are run, in order. Attribute: sentences,
    those that were said, in order.
    """

    def __init__(self, cells, code):
        self._cells, self._code = cells, code
        self._causes, self.sentences = {}, []

    def say(self, index, why):
        """Say why the cell of an index came to grief; the first time, it is the cause of it."""
        self._causes.setdefault(index, why)
        self.note(index, why)

    def note(self, index, said):
        """Say what happened in a cell, whatever came of it."""
        name = grade_id_of(self._cells[index])
        place = f"cell `{name}`" if name else f"code cell {self._code.index(index) + 1}"
        self.sentences.append(f"In {place}: {said}")

    def cause_of(self, index):
        """Return why a cell came to grief, or ""."""
        return self._causes.get(index, "")
