"""The picture of what a gradient costs says what it was given, and draws no further."""

import numpy as np
import pytest

from course import pass_costs_picture

PARAMETERS, BACKWARD, DIFFERENCES = [100, 1000, 10_000], [1.5, 2.0, 2.5], [210.0, 2000.0]


def lines(picture):
    (axes,) = picture.figure.axes
    return [line.get_xydata() for line in axes.get_lines()]


def test_the_lines_are_the_numbers():
    beyond, measured, backward, _ = lines(pass_costs_picture(PARAMETERS, BACKWARD, DIFFERENCES))
    np.testing.assert_allclose(measured, [[100, 210], [1000, 2000]])
    np.testing.assert_allclose(backward, np.transpose([PARAMETERS, BACKWARD]))
    # what was not measured goes on in proportion
    np.testing.assert_allclose(beyond, [[1000, 2000], [10_000, 20_000]])


def test_the_words_tell_the_numbers():
    alt = pass_costs_picture(PARAMETERS, BACKWARD, DIFFERENCES).alt
    assert "2.5 at N = 10,000" in alt
    assert "2,000 at N = 1,000" in alt


@pytest.mark.parametrize(
    "numbers",
    [
        ([100], [2], [200]),
        (PARAMETERS, BACKWARD[:2], DIFFERENCES),
        (PARAMETERS, BACKWARD, []),
        (PARAMETERS, BACKWARD, [1.0] * 4),
        (PARAMETERS, [1, 2, np.nan], DIFFERENCES),
        (PARAMETERS, [1, 2, 0], DIFFERENCES),
    ],
)
def test_numbers_that_do_not_fit_are_refused(numbers):
    with pytest.raises(ValueError, match="must be positive and finite"):
        pass_costs_picture(*numbers)
