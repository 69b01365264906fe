"""The order in which a notebook runs: the student's, with what is graded as in the source.

Expected cells stand in the source's order, so that each test finds what it would have found in
an honest notebook. Those already in that order stay, and all ordinary cells around them; the
rest, as few and as light as possible, are put after the expected cell that precedes them in the
source. A test weighs less than a solution: of two that are the wrong way round, the test moves.
"""

from autograder.mending.evidence import names_of
from autograder.mending.handed_cell import HandedCell
from autograder.mending.names import bound, used


def arrange(matched, expected, findings):
    """Return (cells, roles) in the order to run: every expected cell once, missing ones new.

    matched : a Matched; expected : the cells of a Pattern; findings : where moves are noted.
    """
    cells, roles = matched.cells, matched.roles
    indices = [roles[cell] for cell in cells if cell in roles]
    if indices == list(range(len(expected))):
        return cells, roles
    return _Arranging(matched, expected, findings).arranged(indices)


def heaviest_rise(indices, weights):
    """Return the set of indices that form the heaviest increasing subsequence.

    indices : different whole numbers; weights : index -> weight. Of equals, the first found.
    """
    best = []  # (weight, place before or None) of the heaviest that ends at each place
    for place, index in enumerate(indices):
        before = max(
            (earlier for earlier in range(place) if indices[earlier] < index),
            key=lambda earlier: best[earlier][0],
            default=None,
        )
        best.append((weights[index] + (best[before][0] if before is not None else 0), before))
    place = max(range(len(indices)), key=lambda place: best[place][0], default=None)
    rise = set()
    while place is not None:
        rise.add(indices[place])
        place = best[place][1]
    return rise


class _Arranging:
    """Takes out what is out of order, and puts it and what is missing where it belongs."""

    def __init__(self, matched, expected, findings):
        self.matched, self.expected, self.findings = matched, expected, findings
        self.cells = list(matched.cells)
        self.roles = dict(matched.roles)
        self.of_index = {index: cell for cell, index in self.roles.items()}
        self.put_back = set()

    def arranged(self, indices):
        weights = {i: 1 if self.expected[i].locked else 1000 for i in indices}
        staying = heaviest_rise(indices, weights)
        for index in range(len(self.expected)):
            if index not in self.of_index:
                self._put_back(index, staying)
            elif index not in staying:
                self._move(index, staying)
            staying.add(index)
        return self.cells, self.roles

    def _move(self, index, placed):
        cell = self.of_index[index]
        block = [cell, *self.matched.pieces.get(index, ())]
        was = self.cells.index(cell)
        for one in block:
            self.cells.remove(one)
        target = self._after(index, placed)
        needed = self._needed(block, target, was) if not self.expected[index].locked else []
        for one in needed:
            self.cells.remove(one)
        self.cells[target:target] = [*needed, *block]
        self.findings.add("moved", self.expected[index])
        if needed:
            self.findings.add("brought along", self.expected[index])

    def _put_back(self, index, placed):
        expected = self.expected[index]
        cell = HandedCell(expected.cell_type, expected.source)
        target = self._after(index, placed)
        if expected.locked and index - 1 in self.put_back:
            # its solution may stand in any ordinary cell before the next one expected
            target = self._before_next(index, placed)
        names = names_of(expected)
        for place, other in enumerate(self.cells[:target]):
            # as released it must not run over what the student wrote elsewhere
            if self._is_own_code(other) and not names.isdisjoint(bound(other.source)):
                target = place
                break
        self.cells.insert(target, cell)
        self.roles[cell] = index
        self.of_index[index] = cell
        self.put_back.add(index)
        self.findings.add("deleted", expected)

    def _after(self, index, placed):
        """Return the place after all that precedes an expected cell in the source."""
        before = [i for i in placed if i < index]
        blocks = [(self.of_index[i], *self.matched.pieces.get(i, ())) for i in before]
        places = {cell: place for place, cell in enumerate(self.cells)}
        tails = [places[cell] + 1 for block in blocks for cell in block if cell in places]
        if tails:
            return max(tails)
        code = (place for place, cell in enumerate(self.cells) if self._is_code(cell))
        return next(code, len(self.cells))

    def _before_next(self, index, placed):
        later = [self.cells.index(self.of_index[i]) for i in placed if i > index]
        return min(later, default=len(self.cells))

    def _needed(self, block, target, was):
        """Return the ordinary cells below `target` that define what a block takes from above."""
        words = set().union(*(used(cell.source) for cell in block))
        needed = []
        for cell in reversed(self.cells[target:was]):
            ordinary = cell not in self.roles and self._is_code(cell)
            if ordinary and not words.isdisjoint(bound(cell.source)):
                needed.insert(0, cell)
                words |= used(cell.source)
        return needed

    def _is_code(self, cell):
        index = self.roles.get(cell)
        return (cell.cell_type if index is None else self.expected[index].cell_type) == "code"

    def _is_own_code(self, cell):
        index = self.roles.get(cell)
        own = index is None or (not self.expected[index].locked and index not in self.put_back)
        return own and self._is_code(cell)
