"""The page of answers that are alike: one file, with the answers side by side."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from autograder.report.page import TEMPLATES
from autograder.similar.alike import Pair, marked
from autograder.similar.answers import read_tasks, without_numbers
from autograder.similar.ranking import BEYOND, FEWEST, FRIENDS, ODDITIES, rank

MOST = 40
"""Pairs of students on a page: whoever has more to look at looks at the first again."""


@dataclass(frozen=True)
class Line:
    """One line of an answer: its number, and its runs of text as (text, numbers of the marks).

    Where a shared piece begins, `starts` of its run has its number.
    """

    number: int
    runs: tuple[tuple[str, int | None, bool], ...]


@dataclass(frozen=True)
class Side:
    """One student's answer as the page shows it."""

    student: str
    earned: float | None
    possible: float | None
    share: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """Two answers to one task side by side, and in words what they have in common.

    alone : whether this pair lies beyond chance by itself. count : of the answers to the task.
    marks : (number of a piece, how many write it). wrong : (how a mistake in both shows,
    whether the course has a name for it, how many made it).
    """

    task: str
    pair: Pair
    alone: bool
    count: int
    sides: tuple[Side, Side]
    marks: tuple[tuple[int, int], ...]
    wrong: tuple[tuple[str, bool, int], ...]


@dataclass(frozen=True)
class Case:
    """Two students, with all that is alike in their work; the strongest decides the place.

    whole : by how many deviations their answers together lie beyond chance, or None.
    """

    students: tuple[str, str]
    beyond: float
    whole: float | None
    shown: tuple[Shown, ...]


def write_similar(course, assignment, most=MOST):
    """Write report/ASSIGNMENT.similar.html and return (its path, how many pairs are alike).

    Instead of how many, None where there are too few answers to any task to tell.
    most : pairs of students on the page. Raises CourseError where nothing has been graded.
    """
    tasks, read = read_tasks(course, assignment)
    rankings, wholes = rank(tasks)
    cases = cases_of(rankings, wholes)
    folder = course.root / "report"
    folder.mkdir(exist_ok=True)
    path = folder / f"{assignment}.similar.html"
    page = as_html(course, assignment, read, rankings, cases, most)
    part = path.with_suffix(".part")
    part.write_text(page, encoding="utf-8")
    part.replace(path)
    return path, len(cases) if any(one.told for one in rankings.values()) else None


def cases_of(rankings, wholes):
    """Return the Case list, the most alike first."""
    found = {}
    for task, ranking in rankings.items():
        for pair in (*ranking.pairs, *ranking.textual):
            alone = pair in ranking.pairs
            found.setdefault(pair.students, {}).setdefault(task, (pair, alone))
    for whole in wholes:
        of_these = found.setdefault(whole.students, {})
        for task, pair in whole.pairs:
            of_these.setdefault(task, (pair, False))
    together = {whole.students: whole.beyond for whole in wholes}
    cases = []
    for students, answers in found.items():
        shown = [
            _shown(task, *answers[task], rankings[task].count)
            for task in rankings
            if task in answers
        ]
        best = max([together.get(students, 0.0), *(one.pair.beyond for one in shown)])
        cases.append(Case(students, best, together.get(students), tuple(shown)))
    return sorted(cases, key=lambda case: (-case.beyond, case.students))


def as_html(course, assignment, read, rankings, cases, most):
    """Return the page."""
    here = Path(__file__).parent
    sheets = TEMPLATES / "base.css", here / "similar.css"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((here / "similar.html.j2").read_text(encoding="utf-8"))
    return template.render(
        assignment=assignment,
        course_id=course.course_id,
        style="\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets),
        read=read,
        rankings=rankings,
        cases=cases[:most],
        left_out=cases[most:],
        rows=_rows(cases[:most]),
        untold=[task for task, ranking in rankings.items() if not ranking.told],
        beyond=BEYOND,
        fewest=FEWEST,
        group=FRIENDS + 1,
        oddities=ODDITIES,
    )


def _rows(cases):
    """Return the ranking: (number of the case, students, task or "", deviations, Shown or None)."""
    rows = []
    for number, case in enumerate(cases, 1):
        if case.whole is not None:
            rows.append((case.whole, number, case, None))
        rows += [
            (one.pair.beyond, number, case, one)
            for one in case.shown
            if one.alone or len(one.pair.oddities) >= ODDITIES
        ]
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _shown(task, pair, alone, count):
    """Return the Shown of a pair: shared pieces numbered as they come in the first answer."""
    first, second = marked(pair.one, pair.shared), marked(pair.other, pair.shared)
    both = {piece.key for piece in first} & {piece.key for piece in second}
    numbers = {}
    for piece in sorted(first, key=lambda piece: piece.start):
        if piece.key in both:
            numbers.setdefault(piece.key, len(numbers) + 1)
    sides = tuple(
        Side(
            answer.student,
            answer.earned,
            answer.possible,
            pair.share(answer),
            lines_of(answer.pieces.text, pieces, numbers),
        )
        for answer, pieces in ((pair.one, first), (pair.other, second))
    )
    marks = tuple((number, pair.shared[key]) for key, number in numbers.items())
    return Shown(task, pair, alone, count, sides, marks, tuple(_wrong(pair)))


def _wrong(pair):
    """Yield the mistakes in both, each once: without its numbers only where these differ."""
    shorter = {without_numbers(said) for said, _ in pair.wrong if without_numbers(said) != said}
    for (said, named), count in sorted(pair.wrong.items()):
        if named or said not in shorter:
            yield said, named, count


def lines_of(text, pieces, numbers):
    """Return the Line list of a text in which pieces are marked.

    pieces : Piece list that do not overlap; numbers : key -> number of its mark.
    """
    spans = sorted((p.start, p.end, numbers[p.key]) for p in pieces if p.key in numbers)
    runs, at = [], 0
    for start, end, number in spans:
        if start < at:
            # an operand that was written out of order may lie over another
            continue
        runs += [(text[at:start], None), (text[start:end], number)]
        at = end
    runs.append((text[at:], None))
    lines, line = [], []
    for run, number in runs:
        for nth, part in enumerate(run.split("\n")):
            if nth:
                lines.append(line)
                line = []
            if part:
                line.append((part, number, nth == 0))
    lines.append(line)
    return tuple(Line(at, tuple(line)) for at, line in enumerate(lines, 1))
