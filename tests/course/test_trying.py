"""An answer is talked to, never touched: whoever speaks like it is judged like it."""

import numpy as np
import pytest

from autograder.grading import reference
from autograder.planted import mistakes, planted
from autograder.solutions import two_layer as solution
from course.asked import Asked
from course.called import NOT_BACK, Called
from course.checking import score_on
from course.judging import judge
from course.reading import NOT_WRITTEN
from course.tasks import UNITS, find_task
from course.trials import try_all
from course.trying import Ask, LocalAnswer
from tests.proof.planting import loaded, objects, solutions, tasks_of

STEP = find_task("two_layer.train_step")
BACKWARD = find_task("two_layer.backward")


class ByData:
    """An answer of which all that is said goes through plain data, as between processes."""

    def __init__(self, asked, given):
        self.asked = asked
        self.local = LocalAnswer(Asked.from_data(asked.as_data()), given)
        self.leans, self.proven = self.local.leans, self.local.proven

    def calls(self, asks, names=()):
        # as many in turn as there are, where a LocalAnswer is asked for one at a time
        asked = [Ask(**ask.as_data()) for ask in asks]
        came = list(self.local.in_turn(asks=asked, seconds=60, names=names))
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

    def wrong_step(*arguments):
        return [2 * part for part in solution.train_step(*arguments)]

    answer = Lost(STEP.asked, [wrong_step, solution.backward])
    assert scored(STEP, answer) == 0
    assert answer.asked_for == 1


def test_an_answer_that_is_right_leans_on_nothing():
    """Half of the calls are saved where nothing has to be explained by what came before."""
    right = Noted(BACKWARD.asked, [solution.backward, solution.forward])
    assert scored(BACKWARD, right) == BACKWARD.points
    assert not any(ask.leaned_on for ask in right.asks)
    wrong = Noted(BACKWARD.asked, [lambda *given: (0.0,) * 4, solution.forward])
    scored(BACKWARD, wrong)
    assert any(ask.leaned_on for ask in wrong.asks)


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
    assert len(list(answer.in_turn(asks, seconds=60))) == 3
    assert len(answer.calls(asks)) == 1

    def not_written(p, y):
        raise NotImplementedError

    answer = LocalAnswer(find_task("two_layer.loss").asked, [not_written])
    assert [called.trouble for called in answer.in_turn(asks, seconds=60)] == [NOT_WRITTEN]


class Noting:
    """Takes note of what was asked for and called."""

    def __init__(self, asked, given):
        super().__init__(asked, given)
        self.asks = []

    def calls(self, asks, names=()):
        came = super().calls(asks, names)
        self.asks += asks[: len(came)]
        return came


class Noted(Noting, ByData):
    """As many in one message as there are."""


class NotedOneByOne(Noting, LocalAnswer):
    """As those are asked that are large."""


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


@pytest.mark.parametrize("speaks", [LocalAnswer, ByData])
@pytest.mark.parametrize("misses", [[0], [1], [2], [0, 1, 2, 3]])
def test_something_stands_in_just_where_the_answer_leaned_on_does_not_do(speaks, misses):
    """A step with what `backward` returned, where that is of no use: never the student's fault."""
    cases = [STEP.draw(np.random.default_rng(n), "plain") for n in range(4)]
    firsts = [case.arguments["x"].tobytes() for case in cases]
    by_name = {}

    def fails_on_some(x, *rest):
        if firsts.index(x.tobytes()) in misses:
            raise ValueError
        return solution.backward(x, *rest)

    exec(
        "def train_step(x, y, W1, b1, W2, b2, rate=0.02):\n"
        "    steps = backward(x, y, W1, b1, W2, b2)\n"
        "    return [old - rate * step for old, step in zip((W1, b1, W2, b2), steps)]",
        by_name,
    )
    by_name["backward"] = fails_on_some
    answer = speaks(STEP.asked, [by_name["train_step"], fails_on_some])
    trials = try_all(STEP, answer, cases, reference)
    assert [trial.case for trial in trials] == cases
    assert [bool(trial.trouble) for trial in trials] == [False] * 4
    assert [not trial.earlier for trial in trials] == [n in misses for n in range(4)]
    assert trials[0].again


def test_each_is_asked_as_often_as_it_has_to_be():
    cases = [BACKWARD.draw(np.random.default_rng(n), "plain") for n in range(3)]
    answer = Noted(BACKWARD.asked, [solution.backward, solution.forward])
    try_all(BACKWARD, answer, cases, reference)
    # the second own call on the first case is the one more
    assert [ask.leaned_on for ask in answer.asks] == [True, False, False, True, False, True, False]
    assert [ask.keep for ask in answer.asks if not ask.leaned_on] == [0, None, 1, 2]


@pytest.mark.parametrize(
    ("spoilt", "vast"),
    [
        # what the answer leans on is not to blame, and so is not asked
        ([], [False]),
        # all is to be asked again beside it
        ([0], [True, False]),
        ([2], [False, True, False]),
    ],
)
def test_a_vast_case_waits_where_all_is_to_be_asked_again(spoilt, vast):
    kinds = ["plain", "plain", "vast"]
    cases = [BACKWARD.draw(np.random.default_rng(n), kind) for n, kind in enumerate(kinds)]
    firsts = [case.arguments["x"].tobytes() for case in cases]

    def backward(x, *rest):
        wrong = firsts.index(x.tobytes()) in spoilt
        return [(1 + wrong) * part for part in solution.backward(x, *rest)]

    answer = NotedOneByOne(BACKWARD.asked, [backward, solution.forward])
    findings = judge(BACKWARD, answer, cases, reference)
    assert (sum(finding.earned for finding in findings) < BACKWARD.points) == bool(spoilt)
    asked = [ask.leaned_on for ask in answer.asks if ask.arguments["W1"].size > 1000]
    assert asked == vast


def turns(alternating):
    """Return a forward pass that returns nothing, or nothing every third time."""
    count = []

    def forward(*arguments):
        count.append(1)
        if alternating and len(count) % 3:
            return solution.forward(*arguments)
        return None

    return forward


@pytest.mark.parametrize(("alternating", "most"), [(False, 3), (True, 40)])
def test_what_leans_on_nothing_that_comes_is_asked_in_few_messages(alternating, most):
    """As it was on the case before, so it is taken to be on all that follow."""
    messages = []

    class Counted(ByData):
        def calls(self, asks, names=()):
            messages.append(len(asks))
            return super().calls(asks, names)

    forward = turns(alternating)
    names = {"np": np, "forward": forward}
    exec(
        "def backward(x, y, W1, b1, W2, b2):\n    z1, a1, z2, p = forward(x, W1, b1, W2, b2)\n"
        "    delta2 = p - y\n    delta1 = W2.T @ delta2 * a1 * (1 - a1)\n"
        "    return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2",
        names,
    )
    answer = Counted(BACKWARD.asked, [names["backward"], forward])
    score = scored(BACKWARD, answer)
    assert score == BACKWARD.points, score
    assert len(messages) <= most
