"""An answer is talked to, never touched: whoever speaks like it is judged like it."""

import numpy as np
import pytest

from autograder.grading import reference
from autograder.planted import mistakes, planted
from autograder.solutions import two_layer as solution
from course.asked import Asked
from course.called import Called, parts_from_data
from course.checking import score_on
from course.tasks import UNITS, find_task
from course.trying import NOT_BACK, LocalAnswer
from tests.proof.planting import loaded, objects, solutions, tasks_of

STEP = find_task("two_layer.train_step")


class ByData:
    """An answer of which all that is said goes through plain data, as between processes."""

    def __init__(self, asked, given):
        self.asked = asked
        self.local = LocalAnswer(Asked.from_data(asked.as_data()), given)
        self.leans, self.unfit = self.local.leans, self.local.unfit

    def call(self, arguments, **options):
        called = self.local.call(arguments, **options)
        return Called.from_data(called.as_data(), self.asked, list(arguments))

    def call_leaned_on(self, arguments):
        called = self.local.call_leaned_on(arguments)
        return Called.from_data(called.as_data(), self.asked.leans_on, list(arguments))

    def parts_now(self):
        return [parts_from_data(parts, self.asked) for parts in self.local.parts_now()]


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
    first = answer.call({"x": np.ones((1, 2))})
    answer.call({"x": np.full((1, 2), 2.0)}, keep=False)
    answer.call({"x": np.full((1, 2), 9.0)})
    answer.call({"x": np.full((1, 2), 3.0)})
    (one,), nothing, (other,) = answer.parts_now()
    assert first.parts[0].tolist() == [[1, 1]]
    assert one.tolist() == other.tolist() == [[3, 3]] and nothing == ()


def test_a_function_stands_in_only_while_the_answer_is_called():
    namespace = {"np": np, "backward": None}
    exec("def train_step(*a, rate=0.02):\n    return backward(*a)", namespace)
    answer = LocalAnswer(STEP.asked, [namespace["train_step"], lambda *a: None])
    arguments = STEP.draw(np.random.default_rng(0), "plain").arguments
    called = answer.call(arguments, stand_in=lambda x, y, *parameters: parameters[:4])
    shapes = [np.shape(arguments[name]) for name in ("W1", "b1", "W2", "b2")]
    assert [part.shape for part in called.parts] == shapes
    assert namespace["backward"] is None
    assert "'NoneType' object is not callable" in answer.call(arguments).raised


def test_it_leans_only_where_something_was_handed_over_for_it():
    step, back = solution.train_step, solution.backward
    assert LocalAnswer(STEP.asked, [step, back]).leans
    assert not LocalAnswer(STEP.asked, [step]).leans
    assert not LocalAnswer(find_task("two_layer.forward").asked, [step, back]).leans


def test_a_leaned_on_answer_that_does_not_come_back_is_asked_once():
    class Lost(LocalAnswer):
        asked_for = 0

        def call_leaned_on(self, arguments):
            self.asked_for += 1
            return Called(trouble=NOT_BACK)

    answer = Lost(STEP.asked, [solution.train_step, solution.backward])
    assert scored(STEP, answer) == STEP.points
    assert answer.asked_for == 1
