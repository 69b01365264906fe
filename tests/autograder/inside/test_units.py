"""Every notebook of the course runs through a session, from top to bottom."""

import re
from pathlib import Path

import nbformat
import pytest

from autograder.inside.outlines import outlines_as_data
from course.score import Finding, Score
from course.tasks import UNITS, all_tasks, find_task

ROOT = Path(__file__).parents[3]
NOTEBOOKS = sorted(ROOT.glob("source/*/*.ipynb"))
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n?", re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_within_the_limits(fork_server, path):
    told = outlines_as_data(all_tasks().values(), UNITS)
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    with fork_server.forked_session() as host:

        def check(event):
            task = find_task(event["task"])
            score = Score(task.id, [Finding(p.name, p.points, p.points) for p in task.parts])
            looks = {"html": score._repr_html_(), "text": str(score)}
            host.channel.send({"op": "score", "data": score.as_data(), **looks})

        events = {
            "check": check,
            "graded": lambda event: host.channel.send({"op": "graded", "scores": {}}),
            "tasks": lambda event: host.channel.send(told),
        }
        for cell in cells:
            outputs, done = host.run(HIDDEN.sub("", cell.source), seconds=120, events=events)
            wrong = [one for one in outputs if one.get("name") == "stderr"]
            assert done["ok"] and not done["dropped"] and not wrong, (cell.id, outputs)


def test_there_are_twelve():
    assert len(NOTEBOOKS) == 12
