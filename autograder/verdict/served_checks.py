"""The visible checks of a notebook that runs sealed: tried there, judged and scored here."""

import time
from functools import cache

from autograder.grading import reference
from autograder.inside.outlines import outlines_as_data
from autograder.seal import SealError
from autograder.verdict.exchange import Lost
from autograder.verdict.sealed_answer import BrokeOff, CellStopped, SealedAnswer
from course.checking import TRIED_ON, check_cases, score_on
from course.reading import TO_DO
from course.score import Finding, Score
from course.tasks import UNITS, all_tasks, find_task

MOST_CHECKS = 50
"""In one cell; a notebook's `progress()` asks for as many as its unit has tasks, at most 9."""


# the same for everybody, and nothing changes them: each call gets a copy
_cases = cache(lambda task_id: check_cases(find_task(task_id)))


class ServedChecks:
    """Answers the checks that one cell asks for while it runs.

    exchange : the Exchange. until : when the cell's time is up. own : as in `Gathered`; it
    takes the tables made here, by which they are known when the cell shows them. graded : id of a
    task -> the Score of its test cell, of those judged so far.
    """

    def __init__(self, exchange, until, own, graded):
        self._exchange, self._until, self._own = exchange, until, own
        self._graded = graded
        self._left = MOST_CHECKS

    def check(self, event):
        """Answer {"event": "check"} with a score, or with what `check` is to raise."""
        self._left -= 1
        slot = event.get("slot")
        if self._left < 0 or type(slot) is not int:
            self._raise("RuntimeError", f"A cell can ask for {MOST_CHECKS} checks, no more.")
            return
        try:
            named = event.get("task")
            task = find_task(named[:100] if isinstance(named, str) else named)
        except (ValueError, TypeError) as error:
            self._raise("ValueError", str(error)[:300])
            return
        leans = event.get("leans") is True
        objects = event.get("objects")
        if type(objects) is int:
            leans = task.leans_with(objects)
        answer = SealedAnswer(self._exchange, task.asked, slot, leans, self._until)
        try:
            score = score_on(task, answer, _cases(task.id), reference, TRIED_ON)
        except CellStopped:
            self._raise("TimeoutError", "The time of the cell was up.")
            return
        except BrokeOff as broke:
            self._raise("RuntimeError", _said(broke.output))
            return
        except (Lost, SealError):
            raise
        except Exception as error:  # what came back was like nothing that the judge knows
            self._raise("RuntimeError", f"It could not be judged ({type(error).__name__}).")
            return
        html = score._repr_html_()
        self._own[html] = html
        told = {"op": "score", "data": score.as_data(), "html": html, "text": str(score)}
        self._exchange.tell(told)

    def graded(self, event):
        """Answer {"event": "graded"} with the points of the tasks judged so far."""
        self._left -= 1
        if self._left < 0:
            self._raise("RuntimeError", f"A cell can ask for {MOST_CHECKS} checks, no more.")
            return
        points = {task_id: _points_of(score) for task_id, score in self._graded.items()}
        scores = {
            task_id: {"data": score.as_data(), "html": "", "text": str(score)}
            for task_id, score in points.items()
        }
        self._exchange.tell({"op": "graded", "scores": scores})

    def tasks(self, event):
        """Answer {"event": "tasks"} with names, parts and points."""
        if time.monotonic() >= self._until:
            self._raise("TimeoutError", "The time of the cell was up.")
            return
        self._exchange.tell(outlines_as_data(all_tasks().values(), UNITS))

    def _raise(self, kind, said):
        self._exchange.tell({"op": "raise", "type": kind, "said": said})


def _points_of(score):
    """Return a grade's Score without what was seen on its cases, which holds true values."""
    return Score(
        score.task,
        [
            Finding(one.part, one.earned, one.possible, None, one.message * (one.message in TO_DO))
            for one in score.findings
        ],
    )


def _said(output):
    """Return what an error output says, on one line, whatever it is."""
    words = [output.get("ename"), output.get("evalue")] if isinstance(output, dict) else []
    said = ": ".join(word for word in words if isinstance(word, str))[:300]
    return "".join(letter if letter.isprintable() else " " for letter in said) or "It broke off."
