"""The table of a Jacobian, read back from the drawn figure."""

from operator import itemgetter

import numpy as np
import pytest

from course.pictures import jacobian_picture
from tests.course.pictures.test_sigmoid_slope import texts

P = np.array([0.7856, 0.1753, 0.0391])
J = np.diag(P) - np.outer(P, P)


def shown(picture):
    return [text.get_text() for text in picture.figure.axes[0].texts]


def test_every_entry_stands_in_the_table_and_in_the_words():
    picture = jacobian_picture(J)
    for value in J.flat:
        text = f"{value:.4f}".replace("-", "−")
        assert text in shown(picture)
        assert text in picture.alt


def test_sums_are_those_of_the_numbers_given():
    assert [
        text for text in shown(jacobian_picture(np.eye(3) - 1 / 3)) if text.startswith("row")
    ] == ["row sum 0"] * 3
    uneven = shown(jacobian_picture([[1.0, 2.0], [-3.0, 0.5]]))
    assert "row sum 3.0000" in uneven and "row sum −2.5000" in uneven
    assert "−2.0000" in uneven and "2.5000" in uneven


def test_sign_is_told_without_colour():
    # squares are rectangles, and each negative one has a corner of its own
    axes = jacobian_picture(J).figure.axes[0]
    corners = [patch for patch in axes.patches if len(patch.get_path().vertices) == 4]
    assert len(corners) == np.sum(J < 0)


def test_larger_entries_are_deeper():
    axes = jacobian_picture(J).figure.axes[0]
    squares = [patch for patch in axes.patches if len(patch.get_path().vertices) == 5]
    light = {v: sum(s.get_facecolor()[:3]) for v, s in zip(J.flat, squares, strict=True)}
    diagonal = np.diag(J)
    assert light[diagonal[0]] < light[diagonal[1]] < light[diagonal[2]]


@pytest.mark.parametrize("K", [2, 3, 6])
def test_no_text_leaves_the_picture(K):
    picture = jacobian_picture(-np.ones((K, K)))
    width, height = picture.figure.bbox.size
    for text, box in filter(itemgetter(0), texts(picture)):
        assert box.x0 > 4 and box.y0 > 4 and box.x1 < width - 4 and box.y1 < height - 4, text


@pytest.mark.parametrize("wrong", [P, np.zeros((2, 3)), [[np.nan] * 2] * 2, np.eye(7), [["a"]]])
def test_what_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match=r"Got J of shape .*pass a Jacobian such as"):
        jacobian_picture(wrong)
