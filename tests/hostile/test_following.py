"""An attacker who errs on purpose: what follows from a mistake earns its points, and not more."""

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.mending.pattern import pattern_of
from autograder.run.job import Job
from autograder.run.worker import grade_job
from autograder.solutions import two_layer
from course import check

from . import small

FORWARD = """
from course import check
import numpy as np
def forward(x, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    e1 = np.exp(-np.abs(z1))
    a1 = np.where(z1 >= 0, 1, e1) / (1 + e1)
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()
"""
BACKWARD = """
def backward(x, y, W1, b1, W2, b2):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    db2 = DELTA2
    db1 = (W2.T @ db2) * SLOPE
    return np.outer(db1, x), db1, np.outer(db2, a1), db2
"""
NEXT_FORWARD = """
right = forward
def forward(*arguments):
    z1, a1, z2, p = right(*arguments)
    return RETURNED
"""
RIGHT = {"DELTA2": "p - y", "SLOPE": "a1 * (1 - a1)"}


def points(between=(), forward=FORWARD, **backward):
    """Return what a forward and a backward earn, with cells between the first test and these."""
    text = BACKWARD
    for name, code in (RIGHT | backward).items():
        text = text.replace(name, code)
    cells = [
        small.marked("forward", forward, False),
        small.marked("check_forward", _test("forward"), True, 4.0),
        *map(new_code_cell, between),
        small.marked("backward", text, False),
        small.marked("check_backward", _test("backward, forward"), True, 10.0),
    ]
    pattern = pattern_of(new_notebook(cells=[one for one in cells if one.metadata]))
    data = nbformat.writes(new_notebook(cells=cells)).encode()
    job = Job("a", "mallory", {"n": pattern}, {"n": data}, secret=small.SECRET, limits=small.LIMITS)
    came = grade_job(job)
    assert came.failure == ""
    return [grade.points for grade in came.notebooks[0].grades]


def _test(handed):
    task = f"two_layer.{handed.partition(',')[0]}"
    return f'from autograder import grade\n\ngrade("{task}", {handed})'


@pytest.mark.parametrize(
    ("returned", "wrong"),
    [
        # beside which the y that is not subtracted is nothing but rounding
        ("z1, a1, z2, p * 1e30", {"DELTA2": "p"}),
        # where the slope is the same for all
        ("z1, 0 * a1 + 0.5, z2, 0.9 * p", {"SLOPE": "0.25"}),
    ],
)
def test_who_errs_only_where_it_pays_is_judged_by_the_true_values(planted, returned, wrong):
    between = [NEXT_FORWARD.replace("RETURNED", returned)]
    plain = points(**wrong)
    assert plain == [4.0, 8.0]
    assert points(between, **wrong) == plain
    # nor does it cost anything to have written over it by accident
    assert points(between) == points(["forward = None"]) == [4.0, 10.0]


def test_a_value_beside_which_all_else_is_rounding_shows_nothing():
    def forward(*arguments):
        z1, a1, z2, p = two_layer.forward(*arguments)
        return z1, a1, z2, p * 1e30

    def backward(x, y, W1, b1, W2, b2):
        z1, a1, z2, p = forward(x, W1, b1, W2, b2)
        db1 = (W2.T @ p) * a1 * (1 - a1)
        return np.outer(db1, x), db1, np.outer(p, a1), p

    score = check("two_layer.backward", backward, forward)
    assert score.findings[3].part == "db2" and score.findings[3].earned == 0
