"""The sigmoid, its slope and the bound, read back from the drawn figure."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from course.pictures import sigmoid_slope_picture

Z = np.array([0.3, -1.3, 0.8])


def texts(picture):
    """Return every visible text with its frame in pixels, as Agg renders it."""
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    picture.figure.draw(renderer)
    found = list(picture.figure.texts)
    for axes in picture.figure.axes:
        found += [*axes.texts, axes.xaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            found += [
                tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high
            ]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found]


@pytest.mark.parametrize(
    ("z", "layers"),
    [
        (None, 10),
        (Z, 10),
        ([5.0], 1),
        ([0.0] * 7, 20),
        ([-50, 50, 0.1, 0.11, -0.1], 2),
        ([-1000.0], 15),
    ],
)
def test_no_text_touches_another_or_leaves_the_picture(z, layers):
    picture = sigmoid_slope_picture(z, layers=layers)
    found = texts(picture)
    width, height = picture.figure.bbox.size
    for text, box in found:
        assert box.x0 > 4 and box.y0 > 4 and box.x1 < width - 4 and box.y1 < height - 4, text
    for (one, box), (other, frame) in combinations(found, 2):
        assert not (
            box.x0 < frame.x1 and frame.x0 < box.x1 and box.y0 < frame.y1 and frame.y0 < box.y1
        ), (one, other)


def curves(picture):
    long = [line for line in picture.figure.axes[0].lines if len(line.get_xdata()) > 100]
    return [line.get_xydata().T for line in long]


def test_the_curves_are_the_sigmoid_and_its_slope():
    (z, a), (same, slope) = curves(sigmoid_slope_picture())
    right = 1 / (1 + np.exp(-z))
    assert np.array_equal(z, same)
    assert np.allclose(a, right, rtol=1e-14, atol=0)
    assert np.allclose(slope, right * (1 - right), rtol=1e-10, atol=0)
    assert slope.max() == slope[z == 0] == 0.25


def test_each_unit_is_marked_on_both_curves():
    picture = sigmoid_slope_picture(Z)
    marks = {
        mark: np.array(
            [
                line.get_xydata()[0]
                for line in picture.figure.axes[0].lines
                if line.get_marker() == mark
            ]
        )
        for mark in "os"
    }
    right = 1 / (1 + np.exp(-Z))
    assert np.allclose(marks["o"], np.column_stack([Z, right]))
    assert np.allclose(marks["s"], np.column_stack([Z, right * (1 - right)]))
    shown = [text for text, _ in texts(picture)]
    assert "z −1.3000\nσ 0.2142" in shown and "σ′ 0.1683" in shown


def test_the_bound_is_drawn_to_scale_with_its_numbers():
    picture = sigmoid_slope_picture(layers=10)
    axes = picture.figure.axes[1]
    assert axes.get_xscale() == "log"
    points = [line.get_xydata() for line in axes.lines if line.get_marker() == "s"]
    assert np.array_equal(points[0], [(0.25**k, k) for k in range(1, 11)])
    shown = [text.replace("\u202f", "") for text, _ in texts(picture)]
    assert all(f"1/{4**k}" in shown for k in range(1, 11))


def test_the_words_hold_every_number():
    alt = sigmoid_slope_picture(Z, layers=3).alt
    assert "never exceeds ¼" in alt and "at z = 0" in alt
    assert "Unit 2: z = −1.3000, σ(z) = 0.2142, σ′(z) = 0.1683." in alt
    assert alt.endswith("for k = 1 to 3: 1/4, 1/16 and 1/64.")
    assert "Unit" not in sigmoid_slope_picture().alt


@pytest.mark.parametrize("z", [0.5, [[0.5]], [np.nan], [np.inf], ["a"], np.zeros(8), [1j]])
def test_what_cannot_be_marked_is_refused(z):
    with pytest.raises(ValueError, match=r"Got z=.*up to 7 finite numbers; pass one z"):
        sigmoid_slope_picture(z)


@pytest.mark.parametrize("layers", [0, -1, 21, 2.5, "ten", None, True])
def test_a_number_of_layers_out_of_range_is_refused(layers):
    with pytest.raises(ValueError, match=r"Got layers=.*from 1 to 20; try layers=10"):
        sigmoid_slope_picture(layers=layers)
