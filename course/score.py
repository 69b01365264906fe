"""What a check or a grade says: a number for nbgrader, a table for people."""

import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from course.hints import hint_level

SCORE_MIME = "application/vnd.backprop-course.score+json"
"""The type under which a notebook's output holds a score as data, beside its table."""


@dataclass(frozen=True)
class Finding:
    """What was found about one part of an answer.

    part : the quantity, such as "dW1", or "the call" for what concerns no single quantity.
    earned, possible : points.
    misconception : the id of the mistake behind it, or None where none is known.
    message : a sentence or two for the student; empty where there is nothing to say.
    also : ids of further mistakes behind it, where two were made at once.
    """

    part: str
    earned: float
    possible: float
    misconception: str | None = None
    message: str = ""
    also: tuple[str, ...] = ()

    @property
    def misconceptions(self):
        """The ids of all mistakes behind it, the first one first."""
        return ((self.misconception,) if self.misconception else ()) + self.also

    @property
    def right(self):
        """Whether the part earned all its points."""
        return self.earned >= self.possible


class Score(float):
    """The points earned on a task, as a float that also holds the findings behind it.

    Its repr is the number alone, so nbgrader reads it as partial credit; a notebook shows
    a table, and `str` gives the same table as text.

    Parameters
    ----------
    task : the task's id.
    findings : the Finding of each part.
    basis : a sentence saying what the score rests on, shown under the table.

    Attributes: task, possible (points), findings (tuple), misconceptions (frozenset of ids).
    Raises ValueError where a finding earns less than nothing or more than is possible.
    """

    def __new__(cls, task, findings, basis=""):
        findings = tuple(findings)
        for finding in findings:
            if not 0 <= finding.earned <= finding.possible:
                raise ValueError(
                    f"Got {finding.earned} of {finding.possible} points for {finding.part}, "
                    "but a part earns from 0 to what is possible."
                )
        # fsum: the parts of a full score must add up to the task's points exactly
        score = super().__new__(cls, math.fsum(finding.earned for finding in findings))
        score.task = task
        score.findings = findings
        score.basis = basis
        score.possible = math.fsum(finding.possible for finding in findings)
        return score

    def __getnewargs__(self):
        return self.task, self.findings, self.basis

    @property
    def misconceptions(self):
        """The ids of the mistakes found."""
        return frozenset(name for finding in self.findings for name in finding.misconceptions)

    def __repr__(self):
        return float.__repr__(self)

    def __str__(self):
        lines = [f"{self.task}: {float(self):g} of {self.possible:g} points"]
        for finding in self.findings:
            mark = "right  " if finding.right else "not yet"
            lines.append(f"  {mark}  {finding.part}: {finding.message}".rstrip(": "))
            lines.extend(
                f"           Hint: {mistake.hint}" for mistake in _hints(self.task, finding)
            )
        return "\n".join([*lines, self.basis]).rstrip()

    def as_data(self):
        """Return the score as plain data, ready for JSON; `Score.from_data` reads it back."""
        return {
            "task": self.task,
            "findings": [dict(vars(finding)) for finding in self.findings],
            "basis": self.basis,
        }

    @classmethod
    def from_data(cls, data):
        """Return the Score that `as_data` described; raises KeyError or TypeError otherwise."""
        findings = [Finding(**{**f, "also": tuple(f["also"])}) for f in data["findings"]]
        return cls(data["task"], findings, data["basis"])

    def _repr_html_(self):
        groups = [(run, _hints(self.task, run[0])) for run in _neighbours_alike(self.findings)]
        return _table_template().render(score=self, groups=groups, level=hint_level())

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            SCORE_MIME: self.as_data(),
        }


def _neighbours_alike(findings):
    """Yield runs of neighbouring findings that share verdict and message: one row's sentence."""
    run = []
    for finding in findings:
        if run and _row(finding) != _row(run[-1]):
            yield run
            run = []
        run.append(finding)
    if run:
        yield run


def _row(finding):
    return finding.message, finding.right, finding.misconceptions


def _hints(task_id, finding):
    """Return the Mistakes behind a finding, as far as the reader is to be given hints."""
    if hint_level() == "off" or not finding.misconceptions:
        return []
    # here, so that `import course` stays light
    try:
        from course.mistakes import find_mistake
    except ModuleNotFoundError as error:
        if error.name != "course.mistakes":
            raise
        return []  # where student code is graded; the host shows its scores, with their hints
    from course.tasks import all_tasks

    task = all_tasks().get(task_id)
    own = task.hints if task else {}
    found = [find_mistake(name) for name in finding.misconceptions]
    return [replace(m, hint=own[m.id][0], look=own[m.id][1]) if m.id in own else m for m in found]


@cache
def _table_template():
    from jinja2 import Environment  # here, so that `import course` stays light

    text = Path(__file__).with_name("score.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
