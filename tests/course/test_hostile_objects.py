"""Objects that are none of the numbers asked for, and do what they can to whoever looks at them."""

import time

import numpy as np
import pytest

from autograder.solutions.two_layer import backward, forward, train_step
from course import check


class UnspeakableError(Exception):
    def __str__(self):
        while True:
            pass

    def __bool__(self):
        raise RuntimeError


class FormlessMeta(type):
    @property
    def __name__(cls):
        raise RuntimeError


class Formless(metaclass=FormlessMeta):
    pass


class Liar(tuple):
    def __len__(self):
        return 4


def raising(error):
    def student(*arguments):
        raise error

    return student


@pytest.mark.parametrize(
    "student",
    [
        pytest.param(raising(UnspeakableError()), marks=pytest.mark.slow),
        raising(ValueError("a\ud800b")),
        raising(SystemExit()),
        lambda *a: Formless(),
        lambda *a: (Formless(),) * 4,
        lambda *a: Liar((1,)),
        lambda *a: (10**400,) * 4,
        lambda *a: [np.array(["1", "2"])] * 4,
        lambda *a: [np.datetime64("2026-01-01")] * 4,
    ],
)
def test_hostile_objects_become_findings(student):
    score = check("two_layer.backward", student)
    assert score == 0
    score._repr_html_().encode()
    str(score).encode()


def test_a_changed_dtype_is_a_change():
    def reinterprets(x, y, W1, b1, W2, b2):
        parts = backward(x, y, W1, b1, W2, b2)
        W1.dtype = np.int64
        return parts

    assert check("two_layer.backward", reinterprets, forward).misconceptions == {"inputs-mutated"}


@pytest.mark.slow
def test_a_second_object_that_hangs_is_asked_once():
    def hangs(*arguments):
        while True:
            pass

    started = time.perf_counter()
    assert check("two_layer.train_step", train_step, hangs) == 8
    assert time.perf_counter() - started < 5
