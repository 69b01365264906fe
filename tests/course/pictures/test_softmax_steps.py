"""The bars of softmax, read back from the drawn figure."""

import numpy as np
import pytest

from course.pictures import softmax_picture
from tests.course.pictures.test_sigmoid_slope import texts

Z = np.array([2.0, 0.5, -1.0])


def heights(picture):
    return [[bar.get_height() for bar in axes.patches] for axes in picture.figure.axes]


def test_the_bars_are_z_its_exponential_and_its_softmax():
    z, raised, p = heights(softmax_picture(Z))
    assert z == Z.tolist()
    assert np.allclose(raised, np.exp(Z), rtol=1e-14)
    assert np.allclose(p, np.exp(Z) / np.exp(Z).sum(), rtol=1e-14)


def test_the_words_hold_every_number():
    alt = softmax_picture(Z).alt
    assert "class 1: z = 0.50, e^z = 1.6487, p = 0.1753" in alt
    assert "9.4057" in alt


@pytest.mark.parametrize("z", [[0, 0], [20, -20], [-1, -2, -3], [1.5] * 6, Z])
def test_no_text_leaves_the_picture(z):
    picture = softmax_picture(z)
    width, height = picture.figure.bbox.size
    for text, box in texts(picture):
        assert box.x0 > 4 and box.y0 > 4 and box.x1 < width - 4 and box.y1 < height - 4, text


@pytest.mark.parametrize("z", [[1.0], [[1.0, 2.0]], [np.nan, 0], [21, 0], ["a", "b"], [0] * 7])
def test_what_cannot_be_drawn_is_refused(z):
    with pytest.raises(ValueError, match="2 to 6 logits between -20 and 20; pass one example's"):
        softmax_picture(z)
