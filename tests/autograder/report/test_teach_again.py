import re

import pytest

from autograder.report.losses import losses_of
from autograder.report.page import hints_of
from autograder.report.places import Place
from autograder.report.teach_again import teach_again
from course.mistakes import find_mistake
from course.reading import NOT_WRITTEN
from course.score import Finding
from course.tasks import UNITS, all_tasks

from . import made_up
from .made_up import CELLS, by_hand, found, mistaken, result

PLACES = {"backward": Place("6 · Functions", built_on=("3 · By hand",)), "forward": Place()}


def sentences(*results):
    losses = [loss for one in results for loss in losses_of(one, CELLS)]
    return teach_again(losses, len(results), PLACES, hints_of("05_two_layer"))


def right(count):
    return [result(f"r{k}", 4.0, 10.0) for k in range(count)]


def test_a_sentence_names_task_mistake_counts_points_and_place():
    said = sentences(mistaken("a", "wrong-sign"), mistaken("b", "wrong-sign"), *right(18))
    assert said == [
        "In `backward`, 2 of 20 students made the mistake `wrong-sign`, which cost 4 points: ask "
        "“Step against the gradient: which way does your update go?” and go back to section "
        "“6 · Functions”, which leans on section “3 · By hand”."
    ]


def test_three_are_chosen_by_points_lost_not_by_heads():
    said = sentences(
        mistaken("a", "wrong-sign", lost=9.0),
        *(mistaken(f"b{k}", "bias-missing", lost=1.0) for k in range(4)),
        mistaken("c", "factor-of-two", lost=5.0),
        mistaken("d", "double-mean", lost=2.0),
        *right(3),
    )
    assert [re.search("mistake `(.*?)`", one)[1] for one in said] == [
        "wrong-sign",
        "factor-of-two",
        "bias-missing",
    ]
    assert "4 of 10 students" in said[2]
    assert "a word with this student may do" in said[0]
    assert "a word with this student may do" not in said[2]


def test_one_mistake_in_two_tasks_is_one_sentence():
    forward = found("check_forward", Finding("z1", 0.0, 1.0, "bias-missing"))
    backward = found("check_backward", Finding("db1", 0.0, 2.5, "bias-missing"))
    one = result("a", 3.0, 7.5, findings=(forward, backward))
    (said,) = sentences(one, *right(4))
    assert said.startswith("In `backward` and `forward`, 1 of 5 students made the mistake")
    assert "which cost 3.5 points" in said


def test_fewer_than_three_mistakes_are_filled_up_with_what_else_cost_points():
    blank = Finding("dW1", 0.0, 10.0, None, NOT_WRITTEN)
    said = sentences(
        mistaken("a", "wrong-sign"),
        result("b", 4.0, 0.0, findings=(found("check_backward", blank),)),
        result("c", 0.0, 10.0),
        *right(2),
    )
    assert len(said) == 3
    assert said[1].startswith("In `backward`, 1 of 5 students left the answer unwritten")
    assert said[2] == (
        "In `forward`, 1 of 5 students went wrong in a way that the checks have no name for, "
        "which cost 4 points: go through the task again."
    )


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([], "No notebook has been graded, so nothing can be said yet of what to teach again."),
        (right(1), "The one student who was graded earned every point: nothing needs to be "
         "taught again."),
        (right(7), "All 7 students earned every point: nothing needs to be taught again."),
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_teach_again_it_is_said(results, said):
    assert sentences(*results) == [said]


def test_where_something_waits_nobody_is_said_to_have_earned_every_point():
    waits = "1 submission waits."
    assert teach_again([], 3, {}, None, waits) == [f"No points have been lost so far. {waits}"]
    losses = losses_of(mistaken("a", "wrong-sign"), CELLS)
    (said,) = teach_again(losses, 3, PLACES, hints_of("05_two_layer"), waits)
    assert "made the mistake `wrong-sign`" in said


def test_what_was_lost_by_hand_is_said_so():
    losses = losses_of(by_hand("a", 4.0, 7.5), made_up.BY_HAND)
    assert teach_again(losses, 3, {}, None) == [
        "In `plan`, 1 of 3 students lost points where they were graded by hand, which cost "
        "2.5 points: go through the task again."
    ]


def test_a_class_of_one_is_not_sent_for_a_word_alone():
    (said,) = sentences(mistaken("a", "wrong-sign"))
    assert "1 of 1 student made the mistake `wrong-sign`, which cost 2 points" in said


def test_a_forgiven_mistake_is_not_taught_again():
    wrong = found("check_backward", Finding("dW1", 0.0, 3.0, "wrong-sign"))
    assert sentences(result("a", 4.0, 10.0, findings=(wrong,)))[0].startswith("The one student")


def test_hints_are_in_the_tasks_own_terms_where_it_has_some():
    task, mistake = next(
        (task, mistake)
        for task in all_tasks().values()
        for mistake, (hint, _) in task.hints.items()
        if hint != find_mistake(mistake).hint
    )
    unit, name = task.id.split(".")
    assert hints_of(UNITS[unit])(mistake, name) == task.hints[mistake][0]
    assert hints_of("an_assignment_of_another_course")(mistake, name) == find_mistake(mistake).hint
