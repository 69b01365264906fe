"""Two ways to differentiate a function without deriving anything.

Sources: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real
functions", SIAM Review 40 (1998), for the complex step; the central difference is the
textbook formula, with an error of order h².
"""

import numpy as np


def complex_step_gradient(f, x, h=1e-20):
    """Return the gradient of `f` at `x`, exact to rounding.

    An analytic f obeys f(x + ih) = f(x) + ih f'(x) + O(h²), so f' is the imaginary part
    over h. Nothing is subtracted, so h can be too small to matter.

    Parameters
    ----------
    f : a function of one array of x's shape, real-valued on real input. It must let complex
        numbers through: no abs, no max over entries, no comparison of complex numbers.
    x : array of any shape, or a number.
    h : the length of the step, in the unit of x.

    Returns an array of x's shape (a float for a number): entry k is df/dx[k].
    Raises TypeError where f loses the imaginary part and returns a real number.
    """
    x = np.asarray(x, dtype=float)
    gradient = np.empty(x.size)
    stepped = x.astype(complex, order="C")
    entries = stepped.reshape(-1)
    for k in range(x.size):
        entries[k] += 1j * h
        value = f(stepped)
        if not np.iscomplexobj(value):
            raise TypeError(
                f"Got a {type(value).__name__} from f at a complex point, but f must let complex "
                "numbers through: leave out abs, .real and float(), or use central_difference."
            )
        gradient[k] = value.imag / h
        entries[k] = x.item(k)
    return gradient.reshape(x.shape) if x.ndim else float(gradient[0])


def central_difference(f, x, h=1e-5):
    """Return the gradient of `f` at `x` by stepping to both sides, with an error of order h².

    Parameters
    ----------
    f : a real-valued function of one array of x's shape.
    x : array of any shape, or a number.
    h : the length of the step, in the unit of x; too small a step drowns in rounding
        (near 1e-5 the two errors balance in float64 when x and f are of order 1).

    Returns an array of x's shape (a float for a number): entry k is
    (f(x + h e_k) − f(x − h e_k)) / 2h. Raises ValueError unless h is positive.
    """
    if not h > 0:
        raise ValueError(f"Got h={h}, but the step must be positive; try h=1e-5.")
    x = np.asarray(x, dtype=float)
    gradient = np.empty(x.shape)
    for k in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[k] += h
        behind[k] -= h
        gradient[k] = (f(ahead) - f(behind)) / (2 * h)
    return gradient if x.ndim else float(gradient)
