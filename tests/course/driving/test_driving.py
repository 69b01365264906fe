"""Each task has its drive, and what stands there knows no answer."""

import numpy as np
import pytest

from course.driving import DRIVES, drive_of
from course.driving.calling import as_it_is, call
from course.driving.deltas import last_and_below
from course.driving.errata import WORDS, read_errata
from course.driving.gates import both_ways, forward_alone
from course.driving.naming import PASSES, read_names
from course.driving.stages import STAGES, read_stages
from course.driving.training import exhausted, trained
from course.reading import UnreadableError
from course.tasks import all_tasks
from course.tasks.bugs.naming import MADE


def test_drives_belong_to_tasks_that_exist():
    assert set(DRIVES) <= set(all_tasks())
    assert drive_of("two_layer.backward") is call
    assert all(task.drive is drive_of(task.id) for task in all_tasks().values())


def test_what_is_no_function_is_driven_by_a_drive_of_its_own():
    special = {task.id for task in all_tasks().values() if task.wants != "function" or task.objects}
    assert special <= set(DRIVES)


def test_a_call_goes_by_place_or_by_name():
    def by_name(*, b, a):
        return a - b

    assert call(lambda x, y: x - y, {"a": 3, "b": 2}) == 1
    assert call(by_name, {"a": 3, "b": 2}) == 1
    assert call(max, {"a": 3, "b": 2}) == 3
    # what *parameters would take as well
    assert call(lambda x, *W, rate: (x, W, rate), {"x": 1, "W1": 2, "b1": 3, "rate": 4}) == (
        1,
        (2, 3),
        4,
    )
    with pytest.raises(TypeError):
        call(lambda x: x, {"a": 3, "b": 2})


def test_answers_are_read_in_the_order_of_what_is_asked():
    assert as_it_is(3, {}) == 3
    assert read_stages({STAGES[1]: 2, "else": 3}, {})[:3] == (None, 2, None)
    assert read_errata({1: " δ² ", 2: "Right", 3: "a9", 4: 5}, {})[:5] == (
        "delta2", "right", "a9", 5, None,
    )  # fmt: skip
    assert read_names({"fix_2": "Mean  taken TWICE."}, {})[:2] == (None, "mean taken twice")
    assert set(read_errata({1: "b2"}, {})) - {None} <= set(WORDS)
    assert tuple(MADE) == PASSES


def test_the_last_delta_is_taken_apart_from_the_others():
    assert last_and_below(lambda: [1, 2, 3], {}) == (3, [1, 2])
    assert last_and_below(lambda: [], {}) == (None, [])
    assert last_and_below(lambda: None, {}) == (None, None)


def test_a_backward_gets_the_cache_of_its_forward():
    drive = both_ways("f_forward", ("x",))

    def backward(dout, cache):
        cache["times"] = cache.get("times", 0) + 1
        return dout * cache["x"] * cache["times"]

    students = (lambda x: (x, {"x": x}), backward)
    arguments = {"x": np.array([2.0]), "dout": np.array([3.0]), "calls": 2}
    assert drive(students, arguments).tolist() == [12]
    with pytest.raises(UnreadableError, match=r"`f_forward` returned a float; expected"):
        forward_alone("f_forward")(lambda x: 1.0, {"x": 2})


def test_batches_end_even_where_the_generator_does_not():
    def endless(X, y):
        while True:
            yield X, y

    Xs, ys = exhausted(endless, {"X": np.zeros((3, 1)), "y": np.arange(3)})
    assert len(Xs) == len(ys) == 4
    with pytest.raises(UnreadableError, match="expected a generator"):
        exhausted(lambda X, y: None, {"X": 1, "y": 2})


def test_a_stub_of_ones_own_is_told_from_one_further_down():
    def stub():
        raise NotImplementedError

    def train():
        return stub()

    with pytest.raises(NotImplementedError):
        trained(stub, {})
    with pytest.raises(UnreadableError, match="`train` calls a function that is not written"):
        trained(train, {})


def test_a_function_is_called_by_the_signature_that_it_has_by_now():
    """As %autoreload leaves it: the same function, with other code and other defaults."""

    def first(x, W):
        return "first"

    assert call(first, {"x": 1, "W": 2}) == "first"
    first.__code__ = (lambda b, x, W: (b, x, W)).__code__
    assert call(first, {"x": 1, "W": 2, "b": 3}) == (1, 2, 3)
    with pytest.raises(TypeError, match="missing"):
        call(first, {"x": 1, "W": 2})
    first.__defaults__ = (5,)
    assert call(first, {"x": 1, "W": 2}) == (1, 2, 5)
