"""Mistakes in the numbers that students compute by hand are named too."""

import numpy as np
import pytest

from autograder import grade
from course import check
from course.driving.stages import STAGES
from course.mistakes import find_mistake
from course.tasks import find_task

TASK = find_task("two_layer.stages")
# nearer to the truth than this, four decimals cannot tell
TOO_NEAR = 16e-4


def computed_with(mistake):
    """Yield the twelve numbers as somebody would enter them who makes the mistake."""
    quantities, true = TASK.quantities(), TASK.truth()
    for variant in find_mistake(mistake).variants(quantities):
        numbers = [round(float(number), 4) for number in TASK.read(variant, {})]
        if np.max(np.abs(np.subtract(numbers, true))) > TOO_NEAR:
            yield dict(zip(STAGES, numbers, strict=True))


@pytest.mark.parametrize("mistake", TASK.mistakes)
def test_a_mistake_made_by_hand_is_caught_and_named(mistake):
    ways = list(computed_with(mistake))
    assert ways
    named = 0
    for numbers in ways:
        for judge in (check, grade):
            score = judge(TASK.id, numbers)
            assert score < TASK.points
            # what follows from a mistake is not punished again
            assert score >= TASK.points / 2
            named += score.misconceptions == {mistake}
    assert named >= len(ways)
