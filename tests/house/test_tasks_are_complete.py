"""Every task of the course has all that belongs to one; what a new one lacks is said."""

import math
import re
from dataclasses import replace

import pytest

from course.task import Part
from course.tasks import all_tasks
from tests.house import missing as looking
from tests.house.missing import ROOT, missing

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")


def slow(task_id):
    return [pytest.mark.slow] if task_id == "training.train" else []


@pytest.mark.parametrize(
    "task_id", [pytest.param(task_id, marks=slow(task_id)) for task_id in all_tasks()]
)
def test_nothing_is_missing(task_id):
    lacks = missing(task_id)
    assert not lacks, "\n".join([f"{task_id} is not complete:", *lacks])


def test_readme_says_how_many_points_there_are(request):
    points = math.fsum(task.points for task in all_tasks().values())
    readme = ROOT / "README.md"
    if request.config.getoption("--write-figures"):
        text = re.sub(r"\d+ points", f"{points:g} points", readme.read_text("utf-8"), count=1)
        readme.write_text(text, "utf-8")
    said = f"units, {points:g} points:"
    assert said in readme.read_text("utf-8"), f"README should say: {said}"


TASK = all_tasks()["start.affine"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mistakes": ()}, "lists no mistakes"),
        ({"mistakes": ("wrong-sign",)}, "does not plant 'wrong-sign'"),
        ({"parts": (Part("z", 2, ("units", "inputs")),)}, "says 2 axes"),
        ({"parts": (Part("z", 1), Part("y", 1))}, "asks for 2 parts"),
        ({"parts": (Part("z", 3, ("units",)),)}, "gives 2 points, but start.affine has 3"),
        ({"grade_kinds": ("round",)}, "the case 'round' of start.affine fails: KeyError"),
        ({"id": "start.linear"}, "defines no linear"),
        ({"id": "start.linear"}, "does not name start.linear"),
        ({"id": "start.linear"}, "release/00_start_here has no cell check_linear"),
        ({"truth": lambda W, a, b: (W @ a,)}, "loses `z` by its own check"),
    ],
)
def test_what_is_missing_is_said(monkeypatch, changes, said):
    task = replace(TASK, **changes)
    monkeypatch.setattr(looking, "find_task", lambda task_id: task)
    monkeypatch.setattr("course.checking.find_task", lambda task_id: task)
    assert [sentence for sentence in missing(task.id) if said in sentence]


def test_what_no_plant_and_no_rewriting_covers_is_said(monkeypatch):
    monkeypatch.setattr(looking, "mistakes", lambda unit: {})
    monkeypatch.setattr(looking, "_rewritten", lambda unit: set())
    lacks = "\n".join(missing("start.affine"))
    assert "plants no mistake in affine" in lacks
    assert "draws no source of affine" in lacks
