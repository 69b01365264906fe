import numpy as np
import pytest

from course import confusion_picture, digits, images_picture


def test_each_image_stands_with_its_caption_row_by_row_from_the_top():
    X, y, *_ = digits()
    picture = images_picture(X[:12], y[:12], title="Twelve digits")
    axes = picture.figure.axes
    assert len(axes) == 12
    for k, one in enumerate(axes):
        (image,) = one.get_images()
        assert np.array_equal(image.get_array(), X[k].reshape(8, 8))
        assert one.texts[0].get_text() == str(y[k])
    # nine in a row, so the tenth stands below the first
    assert axes[9].get_position().x0 == pytest.approx(axes[0].get_position().x0)
    assert axes[9].get_position().y1 < axes[0].get_position().y0
    assert f"In order: {y[0]}; {y[1]};" in picture.alt


def test_signs_show_without_colour_and_zero_is_white():
    weights = np.array([[-1.0, 0.0, 0.5, 1.0]])
    (axes,) = images_picture(weights, title="A unit", signed=True).figure.axes
    (image,) = axes.get_images()
    assert image.norm.vmin == -1 and image.norm.vmax == 1
    assert np.allclose(image.cmap(0.5)[:3], 1, atol=0.01)
    strokes = [line.get_ydata()[0] for line in axes.lines]
    # one stroke, through the one negative pixel, in the first row
    assert strokes == [0]


def test_blank_images_are_drawn_as_well():
    for signed in (False, True):
        images_picture(np.zeros((2, 4)), title="Nothing", signed=signed)._repr_html_()


@pytest.mark.parametrize("images", [np.zeros((2, 8)), np.zeros((0, 4)), np.zeros((61, 4)), [1.0]])
def test_images_that_are_not_square_or_too_many_are_refused(images):
    with pytest.raises(ValueError, match="Got images of shape"):
        images_picture(images, title="no")


def test_captions_of_another_number_are_refused():
    with pytest.raises(ValueError, match="2 captions for 3 images"):
        images_picture(np.zeros((3, 4)), ["a", "b"], title="no")


def test_the_table_counts_each_pair_once():
    y = np.array([0, 0, 1, 1, 2, 2, 2])
    taken = np.array([0, 1, 1, 1, 0, 0, 2])
    picture = confusion_picture(y, taken)
    (axes,) = picture.figure.axes
    shown = {text.get_position(): text.get_text() for text in axes.texts}
    # (column, row): taken for, is
    assert shown == {(0, 0): "1", (1, 0): "1", (1, 1): "2", (0, 2): "2", (2, 2): "1"}
    assert "7 examples: 4 are right, 3 are not" in picture.alt
    assert "2 taken for 0: 2." in picture.alt


def test_labels_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="one of each for every example"):
        confusion_picture([0, 1], [0])
    with pytest.raises(ValueError, match="up to 20 classes"):
        confusion_picture([0, 25], [0, 1])
