import pytest
from nbformat.v4 import new_notebook

from autograder.verdict.seeds import cases_of, generator, work_of
from course.tasks import find_task

from .conftest import SECRET, check_of, code


def numbers(secret=SECRET, task="start.affine", work="w"):
    return generator(secret, task, work).integers(2**60, size=3).tolist()


def test_the_same_work_meets_the_same_cases():
    assert numbers() == numbers()
    first, again = (cases_of(find_task("start.affine"), SECRET, "w") for _ in range(2))
    assert repr(first) == repr(again)
    assert len(first) == len(find_task("start.affine").grade_kinds)


def test_other_secrets_tasks_and_works_meet_others():
    drawn = [numbers(), numbers("ab" * 32), numbers(task="start.other"), numbers(work="v")]
    assert len({tuple(one) for one in drawn}) == 4


@pytest.mark.parametrize("secret", ["", "ab", "xy" * 32])
def test_a_secret_that_could_be_guessed_is_refused(secret):
    with pytest.raises(ValueError):
        numbers(secret)


def test_work_is_what_the_student_wrote():
    def work(*sources, test="1"):
        return work_of(new_notebook(cells=[*map(code, sources), check_of(f"u.{test}", points=1)]))

    assert work("a", "b") == work("a", "b", test="2")
    assert len({work("a", "b"), work("ab"), work("a"), work("b", "a")}) == 4
