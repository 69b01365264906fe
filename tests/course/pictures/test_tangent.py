"""The curve and its tangent, read back from the drawn figure."""

import numpy as np
import pytest

from course.pictures import tangent_picture


def test_each_panel_shows_the_curve_its_tangent_and_the_step():
    axes = tangent_picture(lambda x: x**2, 3.0).figure.axes
    for panel, step in zip(axes, (1.0, 0.1, 0.01), strict=True):
        curve, line, _, gap = (one.get_xydata().astype(float) for one in panel.lines)
        np.testing.assert_allclose(curve[:, 1], curve[:, 0] ** 2)
        np.testing.assert_allclose(line[:, 1], 9 + 6 * (line[:, 0] - 3))
        np.testing.assert_allclose(gap, [[3 + step, (3 + step) ** 2], [3 + step, 9 + 6 * step]])


def test_the_words_and_the_captions_say_by_how_much_the_tangent_misses():
    picture = tangent_picture(lambda x: x**2, 3.0, formula="f(x) = x²")
    captions = [text.get_text() for text in picture.figure.texts]
    assert captions[0] == "f(x) = x² and its tangent at x = 3, slope 6"
    assert captions[1:] == [
        "a step of 1: off by 1",
        "a step of 0.1: off by 0.01",
        "a step of 0.01: off by 0.0001",
    ]
    assert "a step of 1 takes the curve to 16, the tangent to 15, off by 1" in picture.alt


def test_a_curve_bent_downward_misses_by_as_much():
    captions = [t.get_text() for t in tangent_picture(np.log, 2.0).figure.texts]
    assert captions[1] == "a step of 1: off by 0.095"


@pytest.mark.parametrize("steps", [(1, 0.1), (1, 0.1, 0), (1, np.inf, 1)])
def test_other_steps_are_refused(steps):
    with pytest.raises(ValueError, match=r"write steps=\(1, 0.1, 0.01\)"):
        tangent_picture(np.exp, 0.0, steps=steps)


def test_a_curve_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="not finite near x=-1"), np.errstate(all="ignore"):
        tangent_picture(np.log, -1.0)
