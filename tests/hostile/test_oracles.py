"""An attacker who would have the grader itself compute the answers, or fill its memory."""

import numpy as np
import pytest

from course.mistakes import all_mistakes
from course.tasks import all_tasks, find_task
from course.trials import try_all
from course.trying import Ask, LocalAnswer

from .small import HALF

LEANING = [task for task in all_tasks().values() if task.leans_on]


@pytest.mark.parametrize(
    "raises", [m.id for m in all_mistakes().values() if m.is_habit and m.stops_with]
)
def test_raising_what_a_habit_raises_is_no_answer(attack, raises):
    """Half the points for an error that nothing was computed before would be for anybody."""
    what = {
        "inputs-mutated": "x[...] = 1\n    raise TypeError('Cannot cast ufunc')",
        "numerical-gradient": "raise type('TimeUp', (BaseException,), {})('TimeUp')",
    }[raises]
    assert attack(affine=f"import numpy as np\ndef affine(w, x, b):\n    {what}").points == HALF


@pytest.mark.parametrize("task", LEANING, ids=[task.id for task in LEANING])
def test_what_stands_in_for_another_answer_takes_nothing_large(task):
    """A few arrays that broadcast against each other would fill the host's memory."""
    refused = []

    class Asks(LocalAnswer):
        def _call(self, ask):
            arguments = ask.arguments
            if ask.leaned_on or not ask.stand_ins:
                return super()._call(ask)
            assert list(ask.stand_ins) == [one.name for one in task.all_leaned_on]
            for one in task.all_leaned_on:
                # the case's own are taken
                names = one.of_its_arguments(case).arguments
                stand_in = ask.stand_ins[one.name]
                stand_in(*[arguments[name] for name in names])
                for name in names:
                    large = {**arguments, name: np.ones((3,) * 6)}
                    try:
                        stand_in(*[large[name] for name in names])
                    except ValueError:
                        refused.append((one.name, name))
            return super()._call(Ask(arguments, keep=ask.keep))

    def fails(*arguments, **named):
        raise ValueError

    case = task.draw(np.random.default_rng(1), task.check_kinds[0])
    answer = Asks(task.asked, [fails] * (len(task.objects) or 1) + [fails])
    answer.failed = {one.name for one in task.all_leaned_on}
    try_all(task, answer, [case], lambda task: task.truth)
    arrays = {
        (one.name, name)
        for one in task.all_leaned_on
        for name, value in one.of_its_arguments(case).arguments.items()
        if not callable(value)
    }
    assert arrays <= set(refused)


CASE_BY_CASE = """
import numpy as np
seen = []
def affine(w, x, b):
    seen.append((w, x, b))
    from course import check
    try:
        check('start.affine', lambda *a: seen.append(a))
    except RuntimeError:
        pass
    import inside.session
    raise ValueError
"""


def test_a_check_cannot_be_asked_in_the_middle_of_a_grade(attack):
    assert attack(affine=CASE_BY_CASE, after=["print(len(seen))"]).points == HALF


def test_every_stop_that_is_excused_belongs_to_cases_of_one_kind():
    """A habit that stops a call is excused only where a case brings it about."""
    for mistake in all_mistakes().values():
        if mistake.is_habit and mistake.raises(None, "TypeError: Cannot cast ufunc"):
            assert mistake.stops_with == "integers"
        if mistake.is_habit and mistake.raises(None, "TimeUp: (no message)"):
            assert mistake.stops_with == "vast"
    assert find_task("two_layer.backward").grade_kinds[-1] == "vast"
