"""An answer is talked to, never touched: whoever speaks like it is judged like it."""

import numpy as np
import pytest

from autograder.grading import reference
from autograder.planted import mistakes, planted
from autograder.solutions import two_layer as solution
from course.asked import Asked
from course.called import Called
from course.checking import score_on
from course.reading import NOT_WRITTEN
from course.tasks import UNITS, find_task
from course.trying import NOT_BACK, Ask, LocalAnswer
from tests.proof.planting import loaded, objects, solutions, tasks_of

STEP = find_task("two_layer.train_step")
BACKWARD = find_task("two_layer.backward")


class ByData:
    """An answer of which all that is said goes through plain data, as between processes."""

    def __init__(self, asked, given):
        self.asked = asked
        self.local = LocalAnswer(Asked.from_data(asked.as_data()), given)
        self.leans, self.unfit = self.local.leans, self.local.unfit

    def calls(self, asks):
        came = self.local.calls([Ask(**ask.as_data()) for ask in asks])
        return [
            Called.from_data(
                called.as_data(),
                self.asked.leans_on if ask.leaned_on else self.asked,
                list(ask.arguments),
            )
            for ask, called in zip(asks, came, strict=False)
        ]

    def changed_later(self):
        return self.local.changed_later()


def scored(task, answer, seed=3):
    rng = np.random.default_rng(seed)
    cases = [task.draw(rng, kind) for kind in task.check_kinds]
    return score_on(task, answer, cases, reference, "Tried on {} cases.")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "training"])
def test_plain_data_is_judged_as_the_objects_are(unit):
    sources = solutions(unit)
    for name in [None, *list(mistakes(unit))[:3]]:
        namespace = loaded(planted(unit, name) if name else sources)
        for task in tasks_of(unit, namespace):
            given = objects(task, namespace)
            here = scored(task, LocalAnswer(task.asked, given))
            there = scored(task, ByData(task.asked, given))
            assert here.as_data() == there.as_data()


def test_what_is_returned_is_looked_at_again_in_the_order_of_the_calls():
    asked = find_task("layers.sigmoid_forward").asked
    out = np.zeros((1, 2))

    def forward(x):
        out[:] = x
        if x[0, 0] > 5:
            raise ValueError("too large")
        return out, None

    answer = LocalAnswer(asked, [forward])
    first, *_ = answer.calls(
        [
            Ask({"x": np.ones((1, 2))}),
            Ask({"x": np.full((1, 2), 2.0)}, keep=False),
            Ask({"x": np.full((1, 2), 9.0)}),
            Ask({"x": np.full((1, 2), 3.0)}),
        ]
    )
    assert first.parts[0].tolist() == [[1, 1]]
    # the second was not to be kept, the third returned nothing, the last is as it came
    assert answer.changed_later() == [{0}, set(), set()]


def test_a_function_stands_in_only_while_the_answer_is_called():
    namespace = {"np": np, "backward": None}
    exec("def train_step(*a, rate=0.02):\n    return backward(*a)", namespace)
    answer = LocalAnswer(STEP.asked, [namespace["train_step"], lambda *a: None])
    arguments = STEP.draw(np.random.default_rng(0), "plain").arguments
    (called,) = answer.calls([Ask(arguments, stand_in=lambda x, y, *parameters: parameters[:4])])
    shapes = [np.shape(arguments[name]) for name in ("W1", "b1", "W2", "b2")]
    assert [part.shape for part in called.parts] == shapes
    assert namespace["backward"] is None
    (called,) = answer.calls([Ask(arguments)])
    assert "'NoneType' object is not callable" in called.raised


def test_it_leans_only_where_something_was_handed_over_for_it():
    step, back = solution.train_step, solution.backward
    assert LocalAnswer(STEP.asked, [step, back]).leans
    assert not LocalAnswer(STEP.asked, [step]).leans
    assert not LocalAnswer(find_task("two_layer.forward").asked, [step, back]).leans


def test_a_leaned_on_answer_that_does_not_come_back_is_asked_once():
    class Lost(LocalAnswer):
        asked_for = 0

        def _call(self, ask):
            if not ask.leaned_on:
                return super()._call(ask)
            self.asked_for += 1
            return Called(trouble=NOT_BACK)

    answer = Lost(STEP.asked, [solution.train_step, solution.backward])
    assert scored(STEP, answer) == STEP.points
    assert answer.asked_for == 1


def test_an_end_of_the_second_call_is_none_of_the_other_cases():
    """The second call on the first case is extra: it must not hide the cases that follow."""
    times = []

    def backward(*arguments):
        times.append(1)
        if len(times) == 2:
            raise NotImplementedError
        if len(times) > 2:
            raise ValueError("only the first one is right")
        return solution.backward(*arguments)

    score = scored(BACKWARD, LocalAnswer(BACKWARD.asked, [backward]))
    assert score == 0
    assert NOT_WRITTEN not in {finding.message for finding in score.findings}


def test_calls_end_with_what_would_say_the_same_again():
    answer = LocalAnswer(find_task("two_layer.loss").asked, [lambda p, y: 1 / 0])
    asks = [Ask({"p": np.ones(2), "y": np.ones(2)})] * 3
    assert len(answer.calls(asks)) == 3
    assert len(answer.calls(asks, seconds=0)) == 1

    def not_written(p, y):
        raise NotImplementedError

    answer = LocalAnswer(find_task("two_layer.loss").asked, [not_written])
    assert [called.trouble for called in answer.calls(asks)] == [NOT_WRITTEN]
