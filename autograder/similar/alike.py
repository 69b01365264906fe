"""What is compared and what comes of it: answers, pairs of them, and what the pairs share."""

from dataclasses import dataclass

from autograder.similar.oddities import Oddity
from autograder.similar.pieces import Pieces


@dataclass(frozen=True)
class Answer:
    """One student's answer to one task.

    student : the id. pieces : its Pieces. oddities : its Oddity set.
    earned, possible : points, or None where its cell has none.
    wrong : what was found wrong with it: (how it shows, whether the course has a name for it).
    """

    student: str
    pieces: Pieces
    oddities: frozenset[Oddity] = frozenset()
    earned: float | None = None
    possible: float | None = None
    wrong: frozenset[tuple[str, bool]] = frozenset()

    @property
    def lost(self):
        """Whether it earned less than it could."""
        return self.earned is not None and self.earned < self.possible


@dataclass(frozen=True)
class Task:
    """The answers of a class to one task.

    answers : those in which something was written. released, reference : keys of the pieces of
    what students were given, and of the solution.
    """

    answers: tuple[Answer, ...]
    released: frozenset[int] = frozenset()
    reference: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Pair:
    """Two answers to one task.

    one, other : the Answers, in the order of their students' ids.
    beyond : by how many deviations they are more alike than the nearest pairs' median.
    shared : key of a piece that both have and the reference has not -> how many have it.
    values : unusual number in both -> how many have it.
    wrong : mistake in both -> how many made it.
    oddities : in the text of these two alone.
    """

    one: Answer
    other: Answer
    beyond: float
    shared: dict[int, int]
    values: dict[str, int]
    wrong: dict[tuple[str, bool], int]
    oddities: tuple[Oddity, ...] = ()

    @property
    def students(self):
        """The two ids."""
        return self.one.student, self.other.student

    def share(self, answer):
        """Return which part of an answer, from 0 to 1, stands in shared pieces."""
        total = sum(piece.size for piece in answer.pieces.found if piece.outer < 0)
        ours = sum(piece.size for piece in marked(answer, self.shared))
        return min(1.0, ours / total) if total else 0.0


@dataclass(frozen=True)
class Ranking:
    """What came of comparing the answers to one task.

    count : how many were compared; told : whether they are enough to tell chance.
    pairs : those beyond chance, the most alike first.
    textual : those beyond chance in what is odd in their text, likewise.
    """

    count: int
    told: bool
    pairs: tuple[Pair, ...] = ()
    textual: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Whole:
    """Two students whose answers are alike beyond chance, taken together.

    beyond : as of a Pair. pairs : (task, Pair) of the answers that are most alike, in the order
    of the tasks; none of them need be beyond chance by itself.
    """

    students: tuple[str, str]
    beyond: float
    pairs: tuple[tuple[str, Pair], ...]


def marked(answer, shared):
    """Return the pieces of an answer that are shared, each within no other shared one."""
    inside, out = [], []
    for piece in answer.pieces.found:
        around = piece.outer >= 0 and inside[piece.outer]
        inside.append(around or piece.key in shared)
        if inside[-1] and not around:
            out.append(piece)
    return out
