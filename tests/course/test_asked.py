"""What a task asks for goes through JSON and back, whole, and holds nothing but plain data."""

import json

import pytest

from course.asked import Asked
from course.tasks import all_tasks


@pytest.mark.parametrize("task_id", all_tasks())
def test_it_comes_back_from_json_as_it_was(task_id):
    asked = all_tasks()[task_id].asked
    assert Asked.from_data(json.loads(json.dumps(asked.as_data()))) == asked


@pytest.mark.parametrize("task_id", all_tasks())
def test_it_says_what_the_task_says(task_id):
    task = all_tasks()[task_id]
    asked = task.asked
    assert (asked.id, asked.name, asked.wants) == (task.id, task.name, task.wants)
    assert (asked.objects, asked.seconds) == (task.objects, task.seconds)
    told = [(part.name, part.axes, part.many, part.among) for part in asked.parts]
    assert told == [(part.name, part.axes, part.many, part.among) for part in task.parts]
    assert asked.watch == ("numerical-gradient" in task.mistakes)
    assert bool(asked.leans_on) == bool(task.leans_on)
    if task.leans_on:
        assert asked.leans_on.id == task.leans_on.id
        assert asked.leans_on.leans_on is None


def test_objects_that_belong_together_are_taken_together():
    alone, both = all_tasks()["two_layer.backward"].asked, all_tasks()["autodiff.backward"].asked
    assert alone.handed_over([1, 2]) == (1, (2,))
    assert both.handed_over([1, 2, 3]) == ((1, 2), (3,))
    assert both.handed_over([1]) == ((1,), ())


def test_data_of_something_else_is_refused():
    data = all_tasks()["two_layer.backward"].asked.as_data()
    with pytest.raises(KeyError):
        Asked.from_data({})
    with pytest.raises(TypeError):
        Asked.from_data({**data, "truth": 1})
