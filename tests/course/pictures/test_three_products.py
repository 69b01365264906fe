import numpy as np
import pytest

from course.pictures import three_products_picture

M = np.array([[2, -1], [0, 3], [1, 1], [-2, 1]])
V, F, ROW = np.array([3, 1]), np.array([1, 2, 0, -1]), np.array([1, 2, -1])


def texts(picture):
    (axes,) = picture.figure.axes
    return [text.get_text() for text in axes.texts]


def test_every_number_of_the_three_products_is_drawn():
    drawn = texts(three_products_picture(M, V, F, ROW))
    u = M @ V
    w = u * F
    wanted = [*M.ravel(), *V, *u, *u, *F, *w, *w, *ROW, *np.outer(w, ROW).ravel()]
    numbers = [text for text in drawn if text.lstrip("−").isdigit()]
    assert numbers == [str(n).replace("-", "−") for n in wanted]


def test_shapes_stand_under_every_array():
    shapes = [text for text in texts(three_products_picture(M, V, F, ROW)) if text[0] == "("]
    assert shapes == [
        *("(4, 2)", "(2, 1)", "(4, 1)"),
        *("(4, 1)", "(4, 1)", "(4, 1)"),
        *("(4, 1)", "(1, 3)", "(4, 3)"),
    ]


def test_the_words_follow_one_entry_through_all_three():
    words = three_products_picture(M, V, F, ROW, entry=(3, 2)).alt
    assert "−2 times 3 + 1 times 1 = −5" in words
    assert "−5 times −1 = 5" in words
    assert "5 times −1 = −5" in words
    names = (r"W_2^\top", r"\delta_2", "da_1", "s", r"\delta_1", r"a_0^\top", "dW_1")
    words = three_products_picture(M, V, F, ROW, names=names).alt
    assert "W2 transposed (4, 2) times delta2" in words
    assert "$" not in words
    assert "\\" not in words


@pytest.mark.parametrize(
    ("arrays", "said"),
    [((M.T, V, F, ROW), "must be"), ((np.ones((6, 2)), V, np.ones(6), ROW), "up to")],
)
def test_what_does_not_fit_is_refused(arrays, said):
    with pytest.raises(ValueError, match=said):
        three_products_picture(*arrays)
