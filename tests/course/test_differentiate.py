import numpy as np
import pytest

from course import central_difference, complex_step_gradient
from course.forward import cross_entropy, sigmoid, softmax


def f(x):
    return np.sum(np.sin(x) * x**2)


def slope(x):
    return np.cos(x) * x**2 + 2 * x * np.sin(x)


@pytest.mark.parametrize("shape", [(), (3,), (2, 4), (2, 3, 2), (0,)])
def test_complex_step_is_exact_to_rounding(shape):
    x = np.random.default_rng(0).normal(size=shape)
    gradient = complex_step_gradient(f, x)
    assert np.shape(gradient) == shape
    np.testing.assert_allclose(gradient, slope(x), rtol=1e-14, atol=1e-15)


def test_central_difference_has_an_error_of_order_h_squared():
    x = np.random.default_rng(1).normal(size=(2, 3))
    errors = [np.abs(central_difference(f, x, h) - slope(x)).max() for h in (1e-2, 1e-3)]
    assert 80 < errors[0] / errors[1] < 120
    assert isinstance(central_difference(f, 0.3), float)


def test_neither_changes_its_argument_nor_needs_floats():
    x = np.array([1, 2, 3])
    for gradient in (complex_step_gradient(f, x), central_difference(f, x)):
        np.testing.assert_allclose(gradient, slope(x), rtol=1e-8)
    assert x.tolist() == [1, 2, 3]


def test_a_function_that_drops_the_imaginary_part_is_refused():
    with pytest.raises(TypeError, match="must let complex numbers through"):
        complex_step_gradient(lambda x: float(abs(x[0])), np.ones(2))


@pytest.mark.parametrize("h", [0, -1e-5, float("nan")])
def test_a_step_that_is_not_positive_is_refused(h):
    with pytest.raises(ValueError, match=r"Got h=.*must be positive"):
        central_difference(f, 1.0, h)


def test_forward_functions_do_not_overflow_and_are_analytic():
    z = np.array([-1e4, -800.0, 0.0, 800.0, 1e4])
    assert sigmoid(z).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert np.all(np.isfinite(softmax(np.stack([z, -z]))))
    for point in (-30.0, -2.0, 0.0, 2.0, 30.0):
        expected = 1 / (2 + np.exp(point) + np.exp(-point))
        assert complex_step_gradient(sigmoid, point) == pytest.approx(expected, rel=1e-12)
    y = np.array([0.0, 1.0, 0.0])
    z = np.array([0.3, -1.0, 2.0])
    gradient = complex_step_gradient(lambda z: cross_entropy(softmax(z), y), z)
    np.testing.assert_allclose(gradient, softmax(z) - y, rtol=1e-13)
