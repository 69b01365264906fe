"""The softmax demo without a browser: numbers, marks and words, as the front end gets them."""

import sys

import numpy as np
import pytest

import course
from course.demos import SoftmaxView
from course.demos.softmax_numbers import look, pushes

LOGITS = [2.0, -1.0, 0.5]


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def gradient(z, label):
    return softmax(z) - np.eye(len(z))[label]


def rows(widget):
    return np.frombuffer(widget.rows).reshape(4, -1)


def differences(cost, z, h=1e-6):
    steps = h * np.eye(len(z))
    return np.array([(cost(z + step) - cost(z - step)) / (2 * h) for step in steps])


def test_it_is_offered_by_the_course_and_its_demos():
    assert course.SoftmaxView is SoftmaxView
    assert "SoftmaxView" in course.demos.__all__


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_the_numbers_are_those_of_the_formulas(output):
    z, y = np.array(LOGITS), np.eye(3)[1]
    now = look(LOGITS, 1, output)
    a = softmax if output == "softmax" else lambda v: 1 / (1 + np.exp(-v))
    np.testing.assert_allclose(now.p, softmax(z), rtol=1e-13)
    np.testing.assert_allclose(now.slope, gradient(z, 1), rtol=1e-12)
    assert now.cost == pytest.approx(-np.log(softmax(z)[1]))

    def quadratic(v):
        return np.sum((a(v) - y) ** 2) / 2

    assert now.other_cost == pytest.approx(quadratic(z))
    np.testing.assert_allclose(now.other_slope, differences(quadratic, z), rtol=1e-6)


def test_the_curve_passes_through_the_present_pushes():
    now = look([2.0, -1.0, 0.5], 2, "softmax")
    grid, cross, other = pushes(LOGITS, 2, "softmax", 10.0)
    at = np.argmin(np.abs(grid - 0.5))
    assert grid[at] == pytest.approx(0.5)
    assert cross[at] == pytest.approx(abs(now.slope[2]))
    assert other[at] == pytest.approx(abs(now.other_slope[2]))
    # badly wrong: the cross-entropy pushes with all its force, the quadratic cost hardly
    assert cross[0] > 0.999
    assert other[0] < 0.001


def test_right_functions_are_not_marked_and_are_what_is_drawn():
    widget = SoftmaxView(LOGITS, 1, softmax=softmax, gradient=gradient)
    assert widget.picture["off_p"] == widget.picture["off_slope"] == [False] * 3
    p, slope, true_p, true_slope = rows(widget)
    np.testing.assert_allclose([p, slope], [true_p, true_slope], atol=1e-15)
    assert "Your" not in widget.picture["sentence"]
    narrow = SoftmaxView(LOGITS, 1, softmax=lambda z: softmax(z.astype(np.float32)))
    assert narrow.picture["off_p"] == [False] * 3


def test_a_wrong_gradient_is_marked_where_it_is_wrong_with_both_numbers():
    widget = SoftmaxView(LOGITS, 1, softmax=softmax, gradient=lambda z, label: softmax(z))
    assert widget.picture["off_p"] == [False] * 3
    assert widget.picture["off_slope"] == [False, True, False]
    p = softmax(np.array(LOGITS))
    np.testing.assert_allclose(rows(widget)[1], p)
    said = " ".join(widget.picture["said"]["slope"][1])
    assert said == "dC/dz[1]: yours 0.0391 true −0.961"
    assert "Your gradient gives dC/dz[1] = 0.0391" in widget.picture["sentence"]


def test_every_setting_moves_the_picture():
    widget = SoftmaxView(LOGITS, 1)
    before = dict(widget.picture), widget.rows, widget.others, widget.curve
    widget.set_state({"logits": [0.0, 1.0, 2.0]})
    assert widget.picture["value_texts"][1].startswith("z[1] = 1, p[1] = 0.245, the right class")
    assert widget.rows != before[1]
    widget.set_state({"label": 2})
    assert widget.picture["sentence"].startswith("Right, but unsure: the right class, 2")
    widget.set_state({"compared": "sigmoid"})
    assert "after a sigmoid" in widget.picture["alternative"]
    widget.set_state({"logits": LOGITS, "label": 1, "compared": "softmax"})
    assert (widget.picture, widget.rows, widget.others, widget.curve) == before


@pytest.mark.parametrize(
    ("logits", "said"),
    [
        ([-4.0, 4.0, 0.0], "Badly wrong: the right class, 0, has p = 0.000329."),
        ([0.0, 1.0, 0.0], "Wrong: the right class, 0, has p = 0.212."),
        ([1.0, 0.5, 0.0], "Right, but unsure"),
        ([9.0, 0.0, 0.0], "Right and sure"),
    ],
)
def test_the_sentence_says_how_right_the_logits_are(logits, said):
    assert SoftmaxView(logits, 0).picture["sentence"].startswith(said)


def test_the_sentence_compares_the_two_pushes():
    said = SoftmaxView([-4.0, 4.0, 0.0], 0).picture["sentence"]
    now = look([-4.0, 4.0, 0.0], 0, "softmax")
    ratio = now.slope[0] / now.other_slope[0]
    assert ratio == pytest.approx(1600, rel=0.05)
    assert said.endswith(f"{float(f'{ratio:.2g}'):.0f} times less.")
    assert SoftmaxView([-800.0, 800.0]).picture["sentence"].endswith("next to nothing.")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda z: None, "Your softmax returned None: is its return missing?"),
        (lambda z: z[:2], "Your softmax returned an array of shape (2,)"),
        (lambda z: z * np.nan, "Your softmax returned nan at [0]."),
        (lambda z: "p", "Your softmax returned a str; it must return an array of shape (3,)."),
        (lambda z: 1 / 0, "Your softmax raised ZeroDivisionError: division by zero."),
        (lambda z: sys.exit(), "Your softmax raised SystemExit."),
    ],
)
def test_a_failing_function_is_told_and_the_true_numbers_stay(function, said):
    widget = SoftmaxView(LOGITS, softmax=function)
    assert widget.picture["sentence"].startswith(said)
    assert "The picture shows the true numbers." in widget.picture["sentence"]
    np.testing.assert_array_equal(rows(widget)[0], rows(widget)[2])


def test_a_function_not_yet_written_is_no_failure_of_the_demo():
    def not_written(z, label):
        raise NotImplementedError

    said = SoftmaxView(LOGITS, gradient=not_written).picture["sentence"]
    assert said.startswith("Your gradient is not written yet (NotImplementedError).")


def test_functions_get_copies_and_what_they_print_goes_nowhere(capfd):
    def greedy(z):
        print("flood")
        z[:] = 0
        return softmax(z)

    widget = SoftmaxView(LOGITS, softmax=greedy)
    assert widget.logits == LOGITS
    assert widget.picture["value_texts"][0].startswith("z[0] = 2, ")
    np.testing.assert_allclose(rows(widget)[2], softmax(np.array(LOGITS)))
    assert capfd.readouterr() == ("", "")


def test_the_text_beside_the_widget_says_what_it_shows():
    widget = SoftmaxView(LOGITS, 1)
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == f"Softmax of (2, −1, 0.5). {widget.picture['sentence']}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([1.0],), "Got logits=.* must be 2 to 6 finite numbers; write"),
        (([1.0] * 7,), "2 to 6"),
        (([1.0, np.inf],), "finite"),
        (("no",), "Got logits='no'"),
        ((LOGITS, 3), "Got label=3, but the classes are numbered from 0 to 2"),
        ((LOGITS, 1.0), "Got label=1.0"),
    ],
)
def test_bad_arguments_say_value_rule_and_way_out(arguments, said):
    with pytest.raises(ValueError, match=said):
        SoftmaxView(*arguments)
    with pytest.raises(ValueError, match=r"Got softmax=0\.5, but softmax must be a function"):
        SoftmaxView(LOGITS, softmax=0.5)


@pytest.mark.parametrize(
    ("name", "value"), [("logits", [1.0, 2.0]), ("label", -1), ("compared", "tanh")]
)
def test_traits_refuse_what_the_constructor_refuses(name, value):
    widget = SoftmaxView(LOGITS)
    before = getattr(widget, name)
    with pytest.raises(ValueError, match="Got "):
        setattr(widget, name, value)
    assert getattr(widget, name) == before


@pytest.mark.parametrize("logits", [[-4.0, 4.0], [0.0] * 6, [1000.0, -1000.0, 0.0]])
def test_the_figure_draws_every_state(logits):
    widget = SoftmaxView(logits, 1, gradient=lambda z, label: -gradient(z, label))
    figure = widget.figure()
    figure.canvas.draw()
    bars = figure.axes[0].patches[: len(logits)]
    np.testing.assert_allclose([bar.get_width() for bar in bars], rows(widget)[0])
    assert widget.picture["sentence"] in figure.get_supxlabel()


def test_of_two_that_fail_each_is_told_and_what_stays_is_said_once():
    sentence = SoftmaxView(LOGITS, softmax=np.sum, gradient=np.sum).picture["sentence"]
    assert sentence.index("Your softmax ") == 0 < sentence.index("Your gradient ")
    assert sentence.count("The picture shows the true numbers.") == 1
