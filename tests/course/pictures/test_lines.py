import numpy as np
import pytest

from course import activation_curves_picture, active_units_picture, lines_picture
from course.pictures.lines import LOOKS
from course.pictures.style import PANEL

WORDS = {"title": "Costs", "xlabel": "step", "ylabel": "cost"}


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return np.dot([0.2126, 0.7152, 0.0722], linear)


def test_lines_are_told_apart_without_colour_and_their_names_can_be_read():
    assert len({look.marker for look in LOOKS}) == len({str(look.dashes) for look in LOOKS})
    assert len({look.marker for look in LOOKS}) == len(LOOKS)
    for look in LOOKS:
        assert (luminance(PANEL) + 0.05) / (luminance(look.color) + 0.05) > 4.5


def test_names_stand_in_the_order_of_the_lines_heights():
    picture = lines_picture({"low": [1e-6, 1.0], "high": [2.0, 3.0]}, **WORDS)
    (axes,) = picture.figure.axes
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["high", "low"]
    assert axes.get_yscale() == "log"


def test_alt_text_holds_the_numbers():
    picture = lines_picture({"tanh": [0.5, 0.25]}, [2, 3], note="Read it.", **WORDS)
    assert "tanh: 0.5 at 2 and 0.25 at 3." in picture.alt
    assert picture.alt.endswith("Read it.")


def test_zeros_leave_a_gap_on_a_logarithmic_axis_only():
    def shown(**options):
        picture = lines_picture({"a": [1.0, 0.0, 2.0]}, **WORDS, **options)
        return picture.figure.axes[0].lines[0].get_ydata()

    assert np.array_equal(np.isnan(shown()), [False, True, False])
    assert not np.isnan(shown(log=False)).any()


def test_a_line_of_nothing_but_zeros_is_drawn_without_a_warning():
    picture = lines_picture({"dead": [0.0, 0.0], "alive": [1.0, 2.0]}, **WORDS)
    assert "<img" in picture._repr_html_()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, "Got 0 lines"),
        ({str(k): [1.0] for k in range(7)}, "Got 7 lines"),
        ({"a": [1.0, 2.0], "b": [1.0]}, "Got a line 'b' of shape"),
    ],
)
def test_other_lines_are_refused(lines, said):
    with pytest.raises(ValueError, match=said):
        lines_picture(lines, **WORDS)


def test_dead_units_are_counted_and_named():
    z = np.array([[1.0, -1.0, 0.0], [-2.0, -3.0, 0.0]])
    picture = active_units_picture({"before": z, "after": z - 5})
    assert "before: 17% of all entries are on; 2 of 3 units are on for no example." in picture.alt
    first, second = picture.figure.axes
    assert first.get_title(loc="left").endswith("2 of 3 units dead")
    assert [label.get_text() for label in second.get_yticklabels()] == ["dead"] * 3


@pytest.mark.parametrize(
    "layers", [{}, {"a": np.zeros(3)}, dict.fromkeys("abcd", np.zeros((2, 2)))]
)
def test_other_layers_are_refused(layers):
    with pytest.raises(ValueError, match="the picture shows 1 to 3 arrays"):
        active_units_picture(layers)


def test_curves_are_drawn_by_their_values():
    left, right = activation_curves_picture().figure.axes
    heights = [max(np.max(line.get_ydata()) for line in axes.lines) for axes in (left, right)]
    assert heights == pytest.approx([4, 1])
    sigmoid_slope = max(np.max(line.get_ydata()) for line in right.lines[:2])
    assert sigmoid_slope == pytest.approx(0.25)
