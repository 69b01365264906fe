"""What a judge computes: no more than what is said of an answer rests on."""

from dataclasses import replace
from operator import attrgetter

import numpy as np
import pytest

from autograder.planted import planted
from course import judging
from course.judging import judge
from course.mistakes import find_mistake
from course.tasks import find_task
from course.trying import LocalAnswer
from tests.proof.planting import loaded, objects

STEP, BACKWARD = find_task("two_layer.train_step"), find_task("two_layer.backward")


def judged(task, given):
    rng = np.random.default_rng(3)
    cases = [task.draw(rng, kind) for kind in task.check_kinds]
    return judge(task, LocalAnswer(task.asked, given), cases, attrgetter("truth"))


@pytest.fixture
def diagnosed(monkeypatch):
    """The tasks of which a diagnosis was made."""
    made = []

    def diagnose(evidence):
        made.append(evidence.task)
        return original(evidence)

    original = judging.diagnose
    monkeypatch.setattr(judging, "diagnose", diagnose)
    return made


def test_no_mistake_is_looked_for_where_all_follows(diagnosed):
    step, backward = objects(STEP, loaded(planted("two_layer", "wrong-sign")))
    findings = judged(STEP, [step, backward])
    assert all(finding.right for finding in findings) and not diagnosed
    assert all("Follows correctly from your `backward`" in one.message for one in findings)
    # where its backward pass is not handed over, it is its own mistake
    findings = judged(STEP, [step])
    assert {one.misconception for one in findings} == {"wrong-sign"} and diagnosed == [STEP]


def test_one_part_that_follows_from_nothing_is_diagnosed_beside_those_that_follow(diagnosed):
    given = objects(BACKWARD, loaded(planted("two_layer", "missing-activation-derivative")))
    findings = {finding.part: finding for finding in judged(BACKWARD, given)}
    assert findings["db1"].misconception == "missing-activation-derivative"
    assert "Follows correctly from your `db1`" in findings["dW1"].message
    assert diagnosed == [BACKWARD]


def test_quantities_are_made_once_a_case_and_variants_as_far_as_they_are_needed(monkeypatch):
    of_cases, made = [], []

    def quantities(**arguments):
        of_cases.append(arguments)
        return BACKWARD.quantities(**arguments)

    mistake = find_mistake("bias-missing")

    def variants(net):
        for number, variant in enumerate(mistake.variants(net)):
            made.append(number)
            yield variant

    counted = replace(mistake, variants=variants)
    monkeypatch.setattr(
        "course.diagnosis.find_mistake",
        lambda name: counted if name == mistake.id else find_mistake(name),
    )
    task = replace(BACKWARD, quantities=quantities)
    findings = judged(task, objects(BACKWARD, loaded(planted("two_layer", "bias-missing"))))
    assert [f.part for f in findings if f.misconception == mistake.id] == ["db1", "db2"]
    assert len(of_cases) == len(task.check_kinds)
    # zeros, its first way, explain all; those without a forward pass of biases need not be made
    assert made == [0] * len(task.check_kinds)
