import pytest

from autograder.report.histogram import histogram
from autograder.report.task_summary import spread, summaries

from .made_up import BY_HAND, CELLS, by_hand, result


def test_a_task_is_summed_up():
    graded = [result("a", 4.0, 10.0), result("b", 4.0, 2.5), result("c", 0.0, 0.0)]
    forward, told = summaries(CELLS, graded)
    assert (forward.name, told.name) == ("forward", "backward")
    assert (told.right, told.partly, told.wrong) == (1, 1, 1)
    assert told.mean == pytest.approx(12.5 / 3)
    assert told.share == pytest.approx(12.5 / 30)
    assert [one.count for one in told.spread] == [1, 0, 1, 0, 0, 0, 1]
    assert told.separation.words == "too few to tell"
    assert [one.mean for one in summaries(CELLS, [])] == [0, 0]


def test_a_task_is_held_against_the_rest_of_the_unit():
    graded = [result(str(k), float(k % 5), 10.0 - 2 * (k % 5)) for k in range(25)]
    forward, backward = summaries(CELLS, graded)
    assert forward.separation.value == pytest.approx(-1)
    assert backward.separation.value == pytest.approx(-1)


def test_who_waits_counts_in_nothing_of_that_task():
    essay, plan = summaries(BY_HAND, [by_hand("a", 4.0), by_hand("b", 1.0), by_hand("c")])
    assert (essay.right, essay.partly, essay.wrong, essay.waiting) == (1, 1, 0, 1)
    assert (essay.mean, essay.share, essay.counted) == (2.5, 2.5 / 4, 2)
    assert [one.count for one in essay.spread] == [0, 0, 1, 0, 0, 0, 1]
    assert (plan.right, plan.partly, plan.wrong, plan.waiting) == (0, 0, 0, 3)
    assert (plan.mean, plan.share, plan.counted) == (0, 0, 0)
    assert plan.separation.words == "too few to tell"


def test_no_task_is_held_against_what_waits():
    # those with less on the essay have their plan graded, which says nothing of the essay
    graded = [by_hand(str(k), k % 5, None if k % 5 > 2 else 10.0) for k in range(25)]
    essay, _ = summaries(BY_HAND, graded)
    assert essay.separation.value is None


def test_every_student_is_in_one_range():
    earned = [-1, 0, 0.5, 0.6, 0.61, 1.2, 1.8, 2.4, 2.99, 3, 7]
    slices = spread(earned, 3.0, 5)
    assert [one.count for one in slices] == [2, 2, 2, 1, 1, 1, 2]
    assert [one.tick for one in slices] == ["0", "≤0.6", "≤1.2", "≤1.8", "≤2.4", "<3", "3"]
    assert slices[4].label == "over 1.8 to 2.4"


def test_a_task_without_points_is_no_reason_to_stop():
    assert sum(one.count for one in spread([0, 0], 0.0, 5)) == 2


def test_a_histogram_is_drawn_to_scale_and_told_in_words():
    drawn = histogram(spread([0, 10, 10, 10, 10], 10.0, 5), tall=40)
    nothing, *between, full = drawn.bars
    assert (nothing.height, full.height) == (10, 40)
    assert {bar.height for bar in between} == {0}
    assert all(bar.y + bar.height == drawn.base for bar in drawn.bars)
    assert full.x + full.width == drawn.width
    assert drawn.says == "Students by points. 0: 1; all 10: 4."


def test_one_among_thousands_is_still_seen():
    drawn = histogram(spread([0] + [10] * 2000, 10.0, 5))
    assert drawn.bars[0].height >= 2
    assert histogram(spread([], 10.0, 5)).says == "Nobody was graded."
