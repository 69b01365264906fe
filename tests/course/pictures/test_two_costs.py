"""The two costs of one sigmoid unit, read back from the drawn figure."""

from itertools import combinations

import numpy as np
import pytest

from course.pictures import two_costs_picture
from tests.course.pictures.test_sigmoid_slope import texts


def curves(axes):
    return [line.get_xydata().T for line in axes.lines if len(line.get_xdata()) > 9]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_the_pushes_are_those_derived_by_hand():
    (z, quick), (_, slow) = curves(two_costs_picture().figure.axes[0])
    a = sigmoid(z)
    np.testing.assert_allclose(quick, 1 - a, rtol=1e-9)
    np.testing.assert_allclose(slow, (1 - a) * a * (1 - a), rtol=1e-9)


@pytest.mark.parametrize(("start", "rate"), [(-5.0, 1.0), (-2.0, 0.5), (3.0, 2.0)])
def test_the_learning_is_what_a_loop_by_hand_gives(start, rate):
    axes = two_costs_picture(start, rate=rate, steps=50).figure.axes[1]
    pushes = (lambda a: a - 1, lambda a: (a - 1) * a * (1 - a))
    for (steps, output), push in zip(curves(axes), pushes, strict=True):
        z = start
        for step, a in zip(steps, output, strict=True):
            assert a == pytest.approx(sigmoid(z), rel=1e-9), step
            z -= rate * push(sigmoid(z))


def test_the_words_say_when_each_has_learned():
    alt = two_costs_picture(-5.0, rate=1.0, steps=200).alt
    assert "cross-entropy past ½ after 6 steps" in alt
    assert "quadratic cost past ½ after 168 steps" in alt
    assert "still below ½ after 100 steps" in two_costs_picture(-8.0, steps=100).alt


@pytest.mark.parametrize("start", [-10, -5.0, 0, 9.5])
def test_no_text_touches_another_or_leaves_the_picture(start):
    picture = two_costs_picture(start, steps=1000)
    width, height = picture.figure.bbox.size
    found = texts(picture)
    for text, box in found:
        assert box.x0 > 4 and box.y0 > 4 and box.x1 < width - 4 and box.y1 < height - 4, text
    for (one, box), (other, frame) in combinations(found, 2):
        assert not (
            box.x0 < frame.x1 and frame.x0 < box.x1 and box.y0 < frame.y1 and frame.y0 < box.y1
        ), (one, other)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"z": 11}, "between -10 and 10"),
        ({"z": float("nan")}, "between -10 and 10"),
        ({"rate": 0}, "rate must be positive"),
        ({"steps": 9}, "10 to 5000 whole steps"),
        ({"steps": 20.5}, "10 to 5000 whole steps"),
    ],
)
def test_what_is_out_of_range_is_refused(options, said):
    with pytest.raises(ValueError, match=said):
        two_costs_picture(**options)
