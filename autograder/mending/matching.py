"""Which of the cells that were handed in is which of those expected."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from autograder.mending.evidence import is_part, is_pristine, is_version, names_of
from autograder.mending.handed_cell import HandedCell
from autograder.mending.names import bound


@dataclass
class Matched:
    """What the cells of a file are.

    cells : those that stay, in their order. roles : cell -> index of the expected cell that it
    is; the others are ordinary. pieces : index -> the ordinary cells that were one cell with it
    and run after it.
    """

    cells: list[HandedCell]
    roles: dict[HandedCell, int] = field(default_factory=dict)
    pieces: dict[int, list[HandedCell]] = field(default_factory=dict)


def match(cells, expected, findings):
    """Return the Matched of handed-in cells.

    cells : HandedCells, in their order; expected : the cells of a Pattern.
    findings : where what is noticed is noted.
    """
    places = {cell.grade_id: index for index, cell in enumerate(expected)}
    claims = [[] for _ in expected]
    for cell in cells:
        if cell.grade_id in places:
            claims[places[cell.grade_id]].append(cell)
    if all(map(_as_released, claims, expected)):
        return Matched(cells, {claim[0]: index for index, claim in enumerate(claims)})
    return _Matching(cells, expected, places, claims, findings).matched()


def _as_released(claim, expected):
    """Whether one cell alone says that it is the expected one, and nothing speaks against it."""
    if len(claim) != 1:
        return False
    (cell,) = claim
    if expected.solution:
        names = names_of(expected)
        return not names or not names.isdisjoint(bound(cell.source))
    return is_pristine(cell, expected)


class _Matching:
    """One run of the rules, the surer ones first; each takes cells that no earlier one took."""

    def __init__(self, cells, expected, places, claims, findings):
        self.cells, self.expected, self.claims = cells, expected, claims
        self.places = places  # grade id -> index
        self.findings = findings
        self.at = {cell: place for place, cell in enumerate(cells)}
        self.binds = {
            cell: bound(cell.source) for cell in cells if cell.cell_type == "code" or cell.said
        }
        self.names = [names_of(cell) for cell in expected]
        self.taken = {}  # index -> cell
        self.roles = {}
        self.pieces = {}
        self.left_out = set()
        self.beside = {}  # locked cell -> an ordinary one with its altered text

    def matched(self):
        solutions = [i for i, cell in enumerate(self.expected) if not cell.locked]
        locked = [i for i, cell in enumerate(self.expected) if cell.locked]
        for index in solutions:
            self._drop_copies(index)
            self._take_claimed(index, confirmed=True)
        for index in self._open(solutions):
            self._take_defining(index, lambda cell, own: cell.said or (own and cell.cell_id == own))
        for index in self._open(solutions):
            self._take_claimed(index, confirmed=False)
        for index in self._open(solutions):
            self._take_by_cell_id(index)
        for index in locked:
            self._take_locked(index)
        for index in self._open(solutions):
            self._take_defining(index, lambda cell, own: cell.cell_type == "code")
        for index in self._open(solutions):
            self._take_neighbour(index)
        staying = []
        for cell in self.cells:
            if cell in self.beside:
                staying.append(self.beside[cell])
            if cell not in self.left_out:
                staying.append(cell)
        return Matched(staying, self.roles, self.pieces)

    def _open(self, indices):
        return [index for index in indices if index not in self.taken]

    def _take(self, index, cell):
        self.taken[index] = cell
        self.roles[cell] = index
        for pieces in self.pieces.values():
            if cell in pieces:
                pieces.remove(cell)

    def _free(self, cell):
        return cell not in self.roles and cell not in self.left_out

    # the rules

    def _drop_copies(self, index):
        """Leave out copies that add nothing: as released beside worked ones, or the same twice."""
        expected, claims = self.expected[index], self.claims[index]
        if len(claims) < 2:
            return
        worked = [cell for cell in claims if not is_pristine(cell, expected)] or claims[:1]
        texts, kept = set(), []
        for cell in worked:
            if cell.source.strip() not in texts:
                kept.append(cell)
            texts.add(cell.source.strip())
        if len(kept) < len(claims):
            self.findings.add("copies", expected)
            self.left_out.update(set(claims) - set(kept))
            self.claims[index] = kept

    def _take_claimed(self, index, confirmed):
        """Take a cell that carries the id; confirmed: only where it defines what it should."""
        expected, names = self.expected[index], self.names[index]
        claims = [cell for cell in self.claims[index] if self._free(cell)]
        telling = [
            cell for cell in claims if not names or not names.isdisjoint(self.binds.get(cell, ()))
        ]
        if not claims or (confirmed and not telling):
            return
        groups = self._groups(claims)
        best = [group for group in groups if not set(telling).isdisjoint(group)] or groups
        group = self._last_before_test(index, best, lambda group: self.at[group[0]])
        first = next((cell for cell in group if cell in telling), group[0])
        self._take(index, first)
        if len(groups) > 1:
            self.findings.add("several places", expected)
        if len(group) > 1:
            self._lie_together(index, first, group)

    def _take_defining(self, index, may):
        """Take a cell that defines what the expected one should, where `may` lets it."""
        names, expected = self.names[index], self.expected[index]
        beside = list(self.beside.values())
        found = [
            cell
            for cell in [*self.cells, *beside]
            if self._free(cell)
            and not names.isdisjoint(self.binds.get(cell, ()))
            and not self._is_locked_claim(cell)
            and may(cell, expected.cell_id)
        ]
        if found:
            found.sort(key=self.at.__getitem__)
            self._take(index, self._last_before_test(index, found, self.at.__getitem__))
            mixed = self.claims[index] or self.taken[index].grade_id in self.places
            self.findings.add("mixed up" if mixed else "known by its text", expected)

    def _take_by_cell_id(self, index):
        """Take an unmarked cell that has the id that the source's cell has in the notebook."""
        expected = self.expected[index]
        found = [
            cell
            for cell in self.cells
            if expected.cell_id
            and cell.cell_id == expected.cell_id
            and cell.grade_id not in self.places
            and self._free(cell)
        ]
        if found:
            self._take(index, found[0])
            self.findings.add("known by its text", expected)
        return bool(found)

    def _take_neighbour(self, index):
        """Take the one cell that is marked as a solution and stands where this one should."""
        before = [self.at[cell] for i, cell in self.taken.items() if i < index]
        after = [self.at[cell] for i, cell in self.taken.items() if i > index]
        low, high = max(before, default=-1), min(after, default=len(self.cells))
        found = [
            cell
            for cell in self.cells
            if low < self.at[cell] < high
            and self._free(cell)
            and cell.said.get("solution") is True
            and cell.grade_id not in self.places
        ]
        if len(found) == 1:
            self._take(index, found[0])
            self.findings.add("metadata", self.expected[index])

    def _take_locked(self, index):
        """Find where a locked cell stands; its text comes from the source anyway."""
        expected = self.expected[index]
        claims = [cell for cell in self.claims[index] if self._free(cell)]
        versions = [cell for cell in claims if is_version(cell, expected)]
        if len(versions) < len(claims):
            self.findings.add("stolen", expected)
        if not versions:
            if not self._take_by_cell_id(index):
                self._take_same_text(index)
            return
        earlier = [self.at[cell] for i, cell in self.taken.items() if i < index]
        behind = [cell for cell in versions if self.at[cell] > max(earlier, default=-1)] or versions
        chosen = next((cell for cell in behind if is_pristine(cell, expected)), behind[0])
        self._take(index, chosen)
        for cell in versions:
            if cell is not chosen and is_part(cell, expected):
                self.left_out.add(cell)
                self.findings.add("copies", expected)
            elif cell is not chosen:
                self.findings.add("stolen", expected)
        if not is_part(chosen, expected):
            self._keep_beside(chosen, expected)

    def _take_same_text(self, index):
        expected = self.expected[index]
        found = [
            cell
            for cell in self.cells
            if self._free(cell)
            and cell.grade_id not in self.places
            and cell.source.strip()
            and is_pristine(cell, expected)
        ]
        if found:
            self._take(index, found[0])
            self.findings.add("known by its text", expected)

    # what the rules ask

    def _groups(self, claims):
        """Return lists of cells between which no cell with another known id stands."""
        groups = [[claims[0]]]
        for before, cell in pairwise(claims):
            between = self.cells[self.at[before] + 1 : self.at[cell]]
            if any(other.grade_id in self.places for other in between):
                groups.append([])
            groups[-1].append(cell)
        return groups

    def _last_before_test(self, index, found, place):
        """Return the last of what was found that stands before its test; else the last."""
        tests = (i for i, cell in enumerate(self.expected) if cell.grade and cell.locked)
        test = next((i for i in tests if i > index), None)
        claims = [] if test is None else self.claims[test]
        at = self.at[claims[0]] if claims else len(self.cells)
        return ([one for one in found if place(one) < at] or found)[-1]

    def _lie_together(self, index, first, group):
        expected = self.expected[index]
        if not expected.grade:
            # what stands before the first that defines something stays where it is
            self.pieces[index] = group[group.index(first) + 1 :]
            self.findings.add("pieces", expected)
            return
        # a person reads it, or nobody where it seems to be no answer: keep it in one
        between = "\n" if expected.cell_type == "code" else "\n\n"
        first.source = between.join(cell.source for cell in group)
        self.left_out.update(cell for cell in group if cell is not first)
        self.findings.add("joined", expected)

    def _is_locked_claim(self, cell):
        index = self.places.get(cell.grade_id)
        if index is None or not self.expected[index].locked:
            return False
        return is_version(cell, self.expected[index])

    def _keep_beside(self, cell, expected):
        """Keep the altered text of a locked cell where it defines what the locked one does not."""
        if expected.cell_type != "code" or self.binds[cell] <= bound(expected.source):
            return
        own = replace(cell, cell_id="", grade_id="", said={}, cell_type="code")
        self.beside[cell] = own
        self.binds[own] = self.binds[cell]
        self.at[own] = self.at[cell] - 0.5
        self.findings.add("kept beside", expected)
