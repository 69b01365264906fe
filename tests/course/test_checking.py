"""Whatever a student hands over, a check and a grade answer with findings."""

import re
import time
from operator import attrgetter

import numpy as np
import pytest

from autograder import grade
from autograder.solutions import two_layer as solution
from course import check
from course.judging import judge as judge_answer
from course.tasks import all_tasks, find_task
from course.trying import LocalAnswer

JUDGES = {"check": check, "grade": grade}
BACKWARD = "two_layer.backward"


@pytest.fixture(params=JUDGES)
def judge(request):
    return JUDGES[request.param]


def spoiled(**edits):
    """Return a backward pass right but for the edits: part index -> function of the right part."""

    def backward(x, y, W1, b1, W2, b2):
        parts = list(solution.backward(x, y, W1, b1, W2, b2))
        for name, edit in edits.items():
            index = ("dW1", "db1", "dW2", "db2").index(name)
            parts[index] = edit(parts[index])
        return tuple(parts)

    return backward


def messages(score):
    return {finding.part: finding.message for finding in score.findings if not finding.right}


@pytest.mark.parametrize("part", ["dW1", "db1", "dW2", "db2"])
def test_one_entry_off_by_a_factor_of_1_001_is_rejected(judge, part):
    def nudge(gradient):
        gradient = gradient.copy()
        gradient.flat[0] *= 1.001
        return gradient

    score = judge(BACKWARD, spoiled(**{part: nudge}))
    assert [finding.part for finding in score.findings if not finding.right] == [part]
    assert "elative error" in messages(score)[part]


def deep(*arguments):
    return deep(*arguments)


def not_written(*arguments):
    raise NotImplementedError


def raises(x, y, W1, b1, W2, b2):
    return W2 @ x


class Hostile:
    """An object that fails at whatever it is asked."""

    def __getattr__(self, name):
        raise RuntimeError("no attribute for you")

    def __array__(self, *arguments, **options):
        raise SystemExit("no array for you")

    def __repr__(self):
        raise RuntimeError("no repr for you")

    __len__ = __iter__ = __bool__ = __eq__ = __str__ = __repr__
    __hash__ = None


class SpeechlessError(Exception):
    def __str__(self):
        raise RuntimeError


def speechless(*arguments):
    raise SpeechlessError


BAD = {
    "None": (None, "should be a function; this is None"),
    "a number": (3.0, "should be a function; this is a float"),
    "a string": ("backward", "should be a function; this is a str"),
    "too few arguments": (lambda x, y: None, r"called with 6 arguments .* but yours takes 2"),
    "returns None": (lambda *a: None, "Nothing came back"),
    "returns a string": (lambda *a: "dW1", "Came back: a str; expected 4 parts"),
    "returns one array": (lambda x, *a: x, "Came back: an ndarray; expected 4 parts"),
    "returns three parts": (lambda x, *a: (x, x, x), "Came back: 3 parts; expected 4 parts"),
    "returns a dictionary": (lambda x, *a: {"dW1": x}, "Came back: a dict"),
    "strings for parts": (lambda *a: ("a", "b", "c", "d"), "A str came; expected numbers"),
    "Nones for parts": (lambda *a: (None,) * 4, "None came; expected numbers"),
    "ragged lists": (lambda *a: ([[1, 2], [3]],) * 4, "do its rows differ"),
    "complex": (lambda *a: (np.ones(2) * 1j,) * 4, "Complex numbers came"),
    "objects": (lambda *a: (Hostile(),) * 4, r"came|raised"),
    "raises": (raises, r"raised ValueError.*matmul"),
    "recursion": (deep, "raised RecursionError"),
    "not written": (not_written, "Not written yet"),
    "exit": (lambda *a: exit_now(), "raised SystemExit: 3"),
    "an exception that cannot speak": (speechless, "raised SpeechlessError: .no message"),
    "hostile value": (lambda *a: Hostile(), "Came back|raised"),
    "transposed": (spoiled(dW1=np.transpose), r"Shape \(2, 3\) came; expected \(3, 2\)"),
    "a column": (spoiled(db1=lambda g: g[:, None]), r"Shape \(3, 1\) came; expected \(3,\)"),
    "nan": (spoiled(dW2=lambda g: g * np.nan), r"dW2\[0, 0\] is nan"),
    "inf": (spoiled(db2=lambda g: g + np.inf), r"db2\[0\] is inf"),
    "doubled": (spoiled(dW1=lambda g: 2 * g), "Every entry is 2 times the true one"),
}


def exit_now():
    raise SystemExit(3)


@pytest.mark.parametrize("case", BAD)
def test_bad_input_becomes_findings(judge, case, capfd):
    student, said = BAD[case]
    score = judge(BACKWARD, student)
    assert score < score.possible
    assert len([finding for finding in score.findings if finding.possible]) == 4
    assert any(re.search(said, text) for text in messages(score).values()), str(score)
    assert "backward" in score.task
    score._repr_html_()
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_hostile_object_in_place_of_the_function(judge):
    assert judge(BACKWARD, Hostile()) == 0


def test_wrong_parts_do_not_cost_the_right_ones(judge):
    assert judge(BACKWARD, spoiled(dW1=lambda g: -g, db2=lambda g: g[:-1])) == 5


def test_a_megabyte_of_print_is_a_note_and_costs_nothing(judge, capfd):
    def talkative(*arguments):
        print("z1 is here" * 100_000)
        return solution.backward(*arguments)

    score = judge(BACKWARD, talkative)
    assert score == 10
    assert "Printed 1,000,001 characters" in score.findings[-1].message
    assert len(score._repr_html_()) < 10_000
    assert capfd.readouterr().out == ""


def test_changed_error_settings_are_a_note_and_are_put_back(judge):
    def rude(*arguments):
        np.seterr(all="raise")
        return solution.backward(*arguments)

    before = np.geterr()
    score = judge(BACKWARD, rude)
    assert score == 10
    assert "error settings" in score.findings[-1].message
    assert np.geterr() == before


def test_changed_arguments_cost_half_and_are_named(judge):
    def in_place(x, y, W1, b1, W2, b2, rate=0.02):
        dW1, db1, dW2, db2 = solution.backward(x, y, W1, b1, W2, b2)
        W1 -= rate * dW1
        b1 -= rate * db1
        W2 -= rate * dW2
        b2 -= rate * db2
        return W1, b1, W2, b2

    score = judge("two_layer.train_step", in_place)
    assert score == 4
    assert score.misconceptions == {"inputs-mutated"}
    assert "the call changed what it was given: `W1`, `b1`, `W2` and `b2`" in str(score) or (
        # integer arrays cannot take the new values at all
        "Cannot cast ufunc" in str(score)
    )


def test_the_old_weights_are_asked_for(judge):
    def too_early(x, y, W1, b1, W2, b2, rate=0.02):
        *_, dW2, db2 = solution.backward(x, y, W1, b1, W2, b2)
        W2, b2 = W2 - rate * dW2, b2 - rate * db2
        z1, a1, _, _ = solution.forward(x, W1, b1, W2, b2)
        delta1 = (W2.T @ db2) * a1 * (1 - a1)
        return W1 - rate * np.outer(delta1, x), b1 - rate * delta1, W2, b2

    wrong = messages(judge("two_layer.train_step", too_early))
    assert set(wrong) == {"W1", "b1"}


def test_the_default_rate_is_tried(judge):
    def other_default(x, y, W1, b1, W2, b2, rate=0.1):
        return solution.train_step(x, y, W1, b1, W2, b2, rate)

    assert judge("two_layer.train_step", other_default) == 0


def test_answers_entered_by_hand(judge):
    stages = dict(solution.stages)
    assert judge("two_layer.stages", stages) == 6
    stages["z1[2]"] = None
    stages["p[1]"] += 0.001
    stages["loss"] = "1.5092"
    del stages["new_loss"]
    score = judge("two_layer.stages", stages)
    assert score == 4
    assert set(messages(score)) == {"z1[2]", "p[1]", "loss", "new_loss"}
    assert "Not filled in yet" in messages(score)["z1[2]"]
    assert judge("two_layer.stages", list(stages.values())) == 0
    assert judge("two_layer.stages", dict.fromkeys(stages)) == 0


def test_equal_right_answers_pass(judge):
    def in_lists(*arguments):
        return [part.tolist() for part in solution.backward(*arguments)]

    def in_float32(*arguments):
        narrow = [np.asarray(value, dtype=np.float32) for value in arguments]
        return solution.backward(*narrow)

    def with_einsum(x, y, W1, b1, W2, b2, *, extra=None):
        _, a1, _, p = solution.forward(x, W1, b1, W2, b2)
        d1 = np.einsum("kj,k,j->j", W2, p - y, a1 - a1**2)
        return np.einsum("j,i->ji", d1, x), d1, np.einsum("k,j->kj", p - y, a1), p - y

    for backward in (in_lists, in_float32, with_einsum):
        score = judge(BACKWARD, backward)
        assert score == 10, str(score)


@pytest.mark.slow
def test_a_call_without_end_is_a_finding():
    def forever(*arguments):
        while True:
            pass

    started = time.perf_counter()
    score = check("two_layer.loss", forever)
    assert score == 0
    assert "did not come back in time" in score.findings[0].message
    assert time.perf_counter() - started < 4


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("two_layer.bakward", "two_layer.backward"),
        ("two_layer.backwards", "two_layer.backward"),
        ("twolayer.train_step", "two_layer.train_step"),
        ("matrix.backward_row", "matrix.backward_rows"),
        ("sofmax.jacobian", "softmax.jacobian"),
    ],
)
def test_an_unknown_task_names_the_nearest(judge, wrong, nearest):
    with pytest.raises(ValueError, match=f"Got the task id '{wrong}', .*is '{nearest}'\\.$"):
        judge(wrong, solution.backward)


@pytest.mark.parametrize("wrong", ["backward", "", None, 3])
def test_what_is_like_no_task_id_names_one_that_exists(judge, wrong):
    with pytest.raises(ValueError, match=r"Got the task id .*\.$") as raised:
        judge(wrong, solution.backward)
    assert re.search(r"The nearest is '(.*)'", str(raised.value))[1] in all_tasks()


def test_a_check_says_the_same_twice_and_grades_differ_by_student():
    bad = spoiled(dW1=lambda g: g * 1.5)
    assert str(check(BACKWARD, bad)) == str(check(BACKWARD, bad))
    grades = [grade(BACKWARD, spoiled(dW1=np.zeros_like), seed=seed) for seed in "aab"]
    assert str(grades[0]) == str(grades[1])
    drawn = []
    for seed in "aab":
        grade("two_layer.loss", lambda p, y: drawn.append(p.sum() + p[0]) or 0.0, seed=seed)
    third = len(drawn) // 3
    assert drawn[:third] == drawn[third : 2 * third] != drawn[2 * third :]


@pytest.mark.parametrize("error", [OverflowError("too large"), ZeroDivisionError("by zero")])
def test_a_mistake_whose_values_cannot_be_computed_explains_nothing(error):
    from dataclasses import replace

    def fails(**arguments):
        raise error

    task = find_task("start.affine")
    unlucky = replace(task, shows={name: fails for name in task.mistakes})
    case = task.draw(np.random.default_rng(1), "plain")
    answer = LocalAnswer(unlucky.asked, [lambda W, a, b: W @ a + 2 * b])
    (finding,) = judge_answer(unlucky, answer, [case], attrgetter("truth"))
    assert not finding.right
    assert finding.misconceptions == ()
