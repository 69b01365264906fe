"""An answer is talked to, never touched: whoever speaks like it is judged like it."""

import numpy as np
import pytest

from autograder.planted import mistakes, planted
from autograder.solutions import two_layer as solution
from course.reading import NOT_WRITTEN
from course.tasks import UNITS, find_task
from course.trying import Ask, LocalAnswer
from tests.course.speaking import BACKWARD, STEP, ByData, scored
from tests.proof.planting import loaded, objects, solutions, tasks_of


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
    asks = [
        Ask({"x": np.ones((1, 2))}, keep=0),
        Ask({"x": np.full((1, 2), 2.0)}),
        Ask({"x": np.full((1, 2), 9.0)}, keep=1),
        Ask({"x": np.full((1, 2), 3.0)}, keep=2),
    ]
    first, *_ = answer.in_turn(asks, seconds=60)
    assert first.parts[0].tolist() == [[1, 1]]
    # the second was not to be kept, the third returned nothing, the last is as it came
    assert answer.changed_later() == {0: {0}, 1: set(), 2: set()}
    # by one number the last one is kept
    answer.calls([Ask({"x": np.full((1, 2), 4.0)}, keep=0)])
    assert answer.changed_later() == {0: set(), 1: set(), 2: {0}}


def test_a_function_stands_in_only_while_the_answer_is_called():
    namespace = {"np": np, "backward": None}
    exec("def train_step(*a, rate=0.02):\n    return backward(*a)", namespace)
    answer = LocalAnswer(STEP.asked, [namespace["train_step"], lambda *a: None])
    arguments = STEP.draw(np.random.default_rng(0), "plain").arguments
    stands_in = {"backward": lambda x, y, *parameters: parameters[:4]}
    (called,) = answer.calls([Ask(arguments, stand_ins=stands_in)])
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


def test_calls_end_with_what_would_say_the_same_again():
    answer = LocalAnswer(find_task("two_layer.loss").asked, [lambda p, y: 1 / 0])
    asks = [Ask({"p": np.ones(2), "y": np.ones(2)})] * 3
    assert len(list(answer.in_turn(asks, seconds=60))) == 3
    assert len(answer.calls(asks)) == 1

    def not_written(p, y):
        raise NotImplementedError

    answer = LocalAnswer(find_task("two_layer.loss").asked, [not_written])
    assert [called.trouble for called in answer.in_turn(asks, seconds=60)] == [NOT_WRITTEN]


@pytest.mark.parametrize("speaks", [LocalAnswer, ByData])
def test_what_the_answer_leaned_on_keeps_is_there_for_the_own_one(speaks):
    """Not how it should be written, but it runs in the notebook, and is right."""
    kept = []

    def forward(*arguments):
        kept.append(solution.forward(*arguments))
        return kept[-1]

    def backward(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = kept[-1]
        delta1 = (W2.T @ (p - y)) * a1 * (1 - a1)
        return np.outer(delta1, x), delta1, np.outer(p - y, a1), p - y

    assert scored(BACKWARD, speaks(BACKWARD.asked, [backward, forward])) == BACKWARD.points
