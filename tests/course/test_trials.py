"""How often an answer, and what it leans on, is asked: enough to be fair, and no more."""

import numpy as np
import pytest

from autograder.grading import reference
from autograder.solutions import two_layer as solution
from course.called import NOT_BACK, Called
from course.judging import judge
from course.reading import NOT_WRITTEN
from course.trials import try_all
from course.trying import LocalAnswer
from tests.course.speaking import BACKWARD, STEP, ByData, Noted, NotedOneByOne, scored


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


LEANS = (
    "def train_step(x, y, W1, b1, W2, b2, rate=0.02):\n"
    "    dW1, db1, dW2, db2 = backward(x, y, W1, b1, W2, b2)\n"
    "    return W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2\n"
)


@pytest.mark.parametrize("speaks", [LocalAnswer, ByData])
@pytest.mark.parametrize(
    ("backward", "step", "points"),
    [
        # a loop without an end is the other task's, and so are numbers for the time being
        ("while True: pass", LEANS, 8),
        ("return [np.zeros_like(w) for w in (W1, b1, W2, b2)]", LEANS, 8),
        ("return [np.ones_like(w) for w in (W1, b1, W2, b2)]", LEANS, 8),
        ("while True: pass", LEANS.replace("- rate", "+ rate"), 0),
        (
            "return [np.zeros_like(w) for w in (W1, b1, W2, b2)]",
            LEANS.replace("- rate", "+ rate"),
            0,
        ),
    ],
)
def test_the_next_task_is_judged_by_itself_where_nothing_comes_of_the_one_before(
    speaks, backward, step, points
):
    names = {"np": np}
    exec(
        compile(
            f"def backward(x, y, W1, b1, W2, b2):\n    {backward}\n{step}",
            "<ipython-input-1-x>",
            "exec",
        ),
        names,
    )
    assert scored(STEP, speaks(STEP.asked, [names["train_step"], names["backward"]])) == points


def test_a_loop_of_its_own_is_asked_for_once():
    """Whether the answer that it leans on comes back is asked on the case that did not."""

    def stuck(x, y, W1, b1, W2, b2, rate=0.02):
        while x is not None:
            pass

    answer = Noted(STEP.asked, [stuck, solution.backward])
    assert scored(STEP, answer) == 0
    assert [ask.leaned_on for ask in answer.asks] == [False, True]


@pytest.mark.parametrize("forward", ["raise NotImplementedError", "while True: pass"])
@pytest.mark.parametrize(("sign", "points"), [("-", 8), ("+", 0)])
def test_what_the_answer_leaned_on_leans_on_is_replaced_with_it_where_it_failed(
    forward, sign, points
):
    names = {}
    step = LEANS.replace("- rate", f"{sign} rate").replace(
        "    dW1", "    forward(x, W1, b1, W2, b2)\n    dW1", 1
    )
    exec(
        compile(
            f"def forward(*given):\n    {forward}\n"
            f"def backward(x, y, *given):\n    return forward(x, *given)\n{step}",
            "<ipython-input-1-x>",
            "exec",
        ),
        names,
    )
    answer = LocalAnswer(STEP.asked, [names["train_step"], names["backward"]])
    assert scored(STEP, answer) == 0
    answer.failed = {"forward"}
    assert scored(STEP, answer) == points
    assert names["forward"].__code__.co_filename == "<ipython-input-1-x>"


@pytest.mark.parametrize(("sign", "points"), [("-", 8), ("+", 0)])
def test_an_answer_that_ends_the_process_is_never_called(sign, points):
    names = {"backward": pytest.fail}
    exec(LEANS.replace("- rate", f"{sign} rate"), names)
    answer = Noted(STEP.asked, [names["train_step"], pytest.fail])
    answer.deadly = True
    assert scored(STEP, answer) == points
    assert not any(ask.leaned_on for ask in answer.asks)


def test_a_reason_that_is_given_is_told():
    def half_done(*arguments):
        raise NotImplementedError("only two inputs")

    score = scored(BACKWARD, LocalAnswer(BACKWARD.asked, [half_done, solution.forward]))
    assert {finding.message for finding in score.findings} == {
        "The call raised NotImplementedError: only two inputs"
    }
