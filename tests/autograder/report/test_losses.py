from dataclasses import replace

import pytest

from autograder.report.class_results import Result
from autograder.report.losses import (
    BROKE_OFF,
    BY_HAND,
    KNOWN,
    OUT_OF_TIME,
    UNNAMED,
    UNWRITTEN,
    losses_of,
)
from course.called import NOT_BACK
from course.reading import NOT_WRITTEN
from course.score import Finding

from . import made_up
from .made_up import CELLS, by_hand, found, mistaken, result


def told(losses):
    return [(one.task, one.cause, one.mistake, one.parts, one.points) for one in losses]


def test_a_mistake_costs_what_its_parts_lost():
    one = mistaken("a", "wrong-sign", "wrong-sign", "bias-missing")
    assert told(losses_of(one, CELLS)) == [
        ("backward", KNOWN, "wrong-sign", 2, 4.0),
        ("backward", KNOWN, "bias-missing", 1, 2.0),
    ]


def test_nothing_is_lost_where_all_is_right():
    assert losses_of(result("a", 4.0, 10.0), CELLS) == []


def test_two_mistakes_behind_a_part_share_its_points():
    both = Finding("dW1", 0.0, 3.0, "wrong-sign", "", ("bias-missing",))
    one = result("a", 4.0, 7.0, findings=(found("check_backward", both),))
    assert told(losses_of(one, CELLS)) == [
        ("backward", KNOWN, "wrong-sign", 1, 1.5),
        ("backward", KNOWN, "bias-missing", 1, 1.5),
    ]


def test_the_gradebook_says_how_much_was_lost():
    wrong = Finding("dW1", 0.0, 1e6, "wrong-sign")
    claimed = result("a", 4.0, 7.0, findings=(found("check_backward", wrong),))
    assert told(losses_of(claimed, CELLS)) == [("backward", KNOWN, "wrong-sign", 1, 3.0)]
    forgiven = result("a", 4.0, 10.0, findings=(found("check_backward", wrong),))
    assert told(losses_of(forgiven, CELLS)) == [("backward", KNOWN, "wrong-sign", 1, 0.0)]
    less = Finding("dW1", 0.0, 2.0, "wrong-sign")
    marked_down = result("a", 4.0, 5.0, findings=(found("check_backward", less),))
    assert told(losses_of(marked_down, CELLS)) == [
        ("backward", KNOWN, "wrong-sign", 1, 2.0),
        ("backward", UNNAMED, "", 1, 3.0),
    ]


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        (NOT_WRITTEN, UNWRITTEN),
        ("Not filled in yet.", UNWRITTEN),
        ("None came; expected numbers. (on a case with 3 inputs)", UNWRITTEN),
        ("None came; expected numbers. Is the return missing?", UNNAMED),
        (NOT_BACK, OUT_OF_TIME),
        ("Relative error 0.3", UNNAMED),
    ],
)
def test_where_no_mistake_is_known_the_cause_is(message, cause):
    part = Finding("dW1", 0.0, 10.0, None, message)
    one = result("a", 4.0, 0.0, findings=(found("check_backward", part),))
    assert told(losses_of(one, CELLS)) == [("backward", cause, "", 1, 10.0)]


@pytest.mark.parametrize(("stopped", "cause"), [(True, OUT_OF_TIME), (False, BROKE_OFF)])
def test_an_error_in_place_of_a_score_is_a_cause(stopped, cause):
    part = Finding("dW1", 0.0, 10.0, None, NOT_WRITTEN)
    cell = found("check_backward", part, trouble="It broke off.", stopped=stopped)
    one = result("a", 4.0, 0.0, findings=(cell,))
    assert told(losses_of(one, CELLS)) == [("backward", cause, "", 1, 10.0)]


def test_a_mistake_that_the_library_does_not_hold_has_no_name():
    one = mistaken("a", "no-such-mistake")
    assert told(losses_of(one, CELLS)) == [("backward", UNNAMED, "", 1, 2.0)]


def test_all_points_lost_are_accounted_for():
    parts = [Finding("a", 0.5, 3.0, "wrong-sign"), Finding("b", 0.0, 2.0, None, "Off.")]
    one = result("a", 1.0, 5.5, findings=(found("check_backward", *parts),))
    assert sum(loss.points for loss in losses_of(one, CELLS)) == pytest.approx(14 - 6.5)


def test_what_waits_to_be_graded_by_hand_is_no_loss():
    assert told(losses_of(by_hand("a"), made_up.BY_HAND)) == []
    wrong = found("essay", Finding("part", 0.0, 4.0, "wrong-sign"))
    one = replace(by_hand("a", plan=10.0), findings=(wrong,))
    assert told(losses_of(one, made_up.BY_HAND)) == []


def test_points_lost_by_hand_have_a_cause_of_their_own():
    one = by_hand("a", essay=4.0, plan=7.5)
    assert told(losses_of(one, made_up.BY_HAND)) == [("plan", BY_HAND, "", 1, 2.5)]
    # an answer in code may have ended with an error, and a person has seen it
    broken = replace(one, findings=(found("plan", trouble="It broke off."),))
    assert told(losses_of(broken, made_up.BY_HAND)) == [("plan", BY_HAND, "", 1, 2.5)]


def test_an_essay_that_nobody_wrote_is_not_written():
    one = Result("a", 0.0, 14.0, {"essay": 0.0, "plan": 0.0}, waiting=("plan",), blank=("essay",))
    assert told(losses_of(one, made_up.BY_HAND)) == [("essay", UNWRITTEN, "", 1, 4.0)]


def test_cells_of_two_notebooks_with_one_id_lose_their_own_points():
    cells = {"one/check_a": 2.0, "two/check_a": 4.0}
    findings = (found("two/check_a", Finding("dW1", 1.0, 4.0, "wrong-sign")),)
    one = Result("a", 3.0, 6.0, {"one/check_a": 2.0, "two/check_a": 1.0}, findings)
    assert told(losses_of(one, cells)) == [("two/a", KNOWN, "wrong-sign", 1, 3.0)]


@pytest.mark.parametrize(("failed", "cause"), [(True, UNNAMED), (False, BROKE_OFF)])
def test_an_assert_that_does_not_hold_is_a_wrong_answer_that_did_not_break_off(failed, cause):
    test = found("check_backward", trouble="AssertionError.", failed=failed)
    one = result("a", 4.0, 0.0, findings=(test,))
    assert told(losses_of(one, CELLS)) == [("backward", cause, "", 1, 10.0)]
