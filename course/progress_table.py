"""How far a notebook has come: its graded tasks, and what each earns as it stands now."""

import sys
from functools import cache
from pathlib import Path

from course.checking import STANDS, standings
from course.reading import NOT_WRITTEN, TO_DO
from course.score import Finding, Score
from course.tasks import UNITS, tasks_of


class Progress:
    """The Scores of a unit's tasks; a notebook shows them as a table, `str` as text.

    Attributes: unit, folder, scores (tuple of Score, in the order of the unit), earned and
    possible (points).
    """

    def __init__(self, unit, scores):
        self.unit, self.folder, self.scores = unit, UNITS[unit], tuple(scores)
        self.earned = sum(scores)
        self.possible = sum(score.possible for score in scores)

    def __str__(self):
        lines = [f"{self.folder}: {self.earned:g} of {self.possible:g} points"]
        for score in self.scores:
            lines.append(f"  {self.verdict(score):12} {score:g} / {score.possible:g}  {score.task}")
        return "\n".join(lines)

    __repr__ = __str__

    @staticmethod
    def verdict(score):
        """Say in two words how a task stands."""
        if score >= score.possible:
            return "✓ right"
        if score:
            return "◐ partly"
        written = any(f.message not in TO_DO for f in score.findings)
        return "✗ not yet" if written else "· to do"

    def _repr_html_(self):
        return _table_template().render(progress=self, basis=STANDS)


def progress(unit=None):
    """Return how far the notebook is with the graded tasks of its unit, as a Progress.

    unit : a unit's name, such as "two_layer"; by default the unit most of whose functions the
    notebook has. Each task is checked anew, as its own test cell does, so the table says what
    holds now and not what once held; in a notebook that is being graded, what was graded above
    stands as it was graded. Raises ValueError where no such unit exists, or where
    nothing of the notebook belongs to one.
    """
    names = _names_of_the_notebook()
    if unit is None:
        unit = _likeliest_unit(names)
    elif unit not in UNITS:
        raise ValueError(f"Got the unit {unit!r}, but the units are {', '.join(UNITS)}.")
    return Progress(unit, _scores(tasks_of(unit), names))


def _names_of_the_notebook():
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.user_ns if shell else vars(sys.modules["__main__"])


def _likeliest_unit(names):
    def share(unit):
        tasks = tasks_of(unit)
        return sum(task.name in names for task in tasks) / len(tasks)

    unit = max(UNITS, key=share)
    if not share(unit):
        raise ValueError(
            "Got a notebook with no function of any unit: run its first cell, or name the unit, "
            f'as in progress("two_layer"). The units are {", ".join(UNITS)}.'
        )
    return unit


def _scores(tasks, names):
    answers = {}
    for task in tasks:
        wanted = list(task.objects or (task.name,))
        if task.leans_on and task.leans_on.name in names:
            wanted.append(task.leans_on.name)
        if all(name in names for name in wanted):
            answers[task.id] = task.id, *(names[name] for name in wanted)
    standing = dict(zip(answers, standings(answers.values()), strict=True))
    return [standing[t.id] if t.id in standing else _not_written(t) for t in tasks]


def _not_written(task):
    return Score(
        task.id, [Finding(part.name, 0, part.points, None, NOT_WRITTEN) for part in task.parts]
    )


@cache
def _table_template():
    from jinja2 import Environment  # here, so that `import course` stays light

    text = Path(__file__).with_name("progress_table.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
