"""What was filled in, by the checksums that nbgrader itself would make."""

import json

import pytest
from nbformat import from_dict
from nbgrader.utils import compute_checksum

from autograder.mending.answers import answers_of

MARKS = {"grade": False, "solution": True, "locked": False, "task": False, "schema_version": 3}


def cell(grade_id, source="x = 1", kind="code", **marks):
    said = {**MARKS, "grade_id": grade_id, **marks}
    return from_dict({"cell_type": kind, "source": source, "metadata": {"nbgrader": said}})


@pytest.mark.parametrize(
    "answer",
    [
        cell("square"),
        cell("empty", ""),
        cell("unicode", "π = 'ä'\n\n# 🙂"),
        cell("essay", "Why?", "markdown", grade=True, points=3),
        cell("program", grade=True, points=0.5),
        cell("nothing", grade=True, points=0),
        cell("held", locked=True),
    ],
    ids=lambda answer: answer.metadata.nbgrader.grade_id,
)
def test_a_solution_has_nbgraders_checksum(answer):
    name = answer.metadata.nbgrader.grade_id
    expected = {name: compute_checksum(answer)}
    assert answers_of([answer]) == expected
    assert answers_of(json.loads(json.dumps([answer]))) == expected
    answer = from_dict({**answer, "source": answer.source.splitlines(keepends=True)})
    assert answers_of([answer]) == expected


def test_tasks_have_none_and_other_cells_are_left_out():
    cells = [
        cell("task", solution=False, task=True, locked=True, points=5),
        cell("test", solution=False, grade=True, locked=True, points=1),
        cell("rules", solution=False, locked=True),
        from_dict({"cell_type": "code", "source": "", "metadata": {}}),
    ]
    assert answers_of(cells) == {"task": None}


def test_half_a_character_counts_as_it_is_written():
    assert answers_of([cell("half", "x = '\ud83d'")]) == answers_of([cell("half", "x = '?'")])
