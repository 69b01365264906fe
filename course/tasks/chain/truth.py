"""Unit 01: the true values, and the quantities that mistakes are made in.

Derivatives come from a complex step through the function itself; only the difference quotient,
whose value is asked for and not the derivative, is computed as it is defined.
"""

import numpy as np

from course.differentiate import complex_step_gradient
from course.forward import sigmoid
from course.mistakes.network import elementwise_slope, network
from course.task import Follow


def slope(z):
    """Return σ′(z), entry by entry."""
    return elementwise_slope(sigmoid, np.asarray(z, dtype=float))


def composite(x):
    """Return exp(sin(x²))."""
    return np.exp(np.sin(x**2))


def fork(x):
    """Return x·σ(x)."""
    return x * sigmoid(x)


def neuron_cost(w, x, b, t):
    """Return ½(σ(wx + b) − t)²."""
    return (sigmoid(w * x + b) - t) ** 2 / 2


def neuron_gradients(w, x, b, t):
    """Return the derivatives of the neuron's cost by w, x and b."""
    return (
        complex_step_gradient(lambda value: neuron_cost(value, x, b, t), w),
        complex_step_gradient(lambda value: neuron_cost(w, value, b, t), x),
        complex_step_gradient(lambda value: neuron_cost(w, x, value, t), b),
    )


NEURON_FOLLOWS = {
    "dw": Follow(("db",), lambda arguments, db: db * arguments["x"]),
    "dx": Follow(("db",), lambda arguments, db: db * arguments["w"]),
}


def quotient_parts(f, x, h=1e-5):
    """Return what makes a difference quotient: two steps and their distance, in units of h."""
    return {"f": f, "x": x, "h": h, "ahead": 1, "behind": 1, "distance": 2, "sign": 1}


def quotient(q):
    """Return the difference quotient of its parts."""
    up, down = q["f"](q["x"] + q["ahead"] * q["h"]), q["f"](q["x"] - q["behind"] * q["h"])
    return (q["sign"] * (up - down) / (q["distance"] * q["h"]),)


def composite_factors(x):
    """Return the three slopes along the chain x → x² → sin → exp."""
    x = float(x)
    return {
        "inner": complex_step_gradient(lambda v: v**2, x),
        "middle": complex_step_gradient(np.sin, x**2),
        "outer": complex_step_gradient(np.exp, np.sin(x**2)),
        "x": x,
    }


def product(q):
    """Return the product of the slopes along the chain."""
    return (q["outer"] * q["middle"] * q["inner"],)


def fork_paths(x):
    """Return what each of the two paths from x to x·σ(x) contributes."""
    x = float(x)
    return {"paths": [float(sigmoid(x)), x * float(slope(x))], "x": x}


def neuron(w, x, b, t):
    """Return the neuron as a Network of one layer with one unit."""
    return network([x], [t], [[[w]]], [[b]], sigmoid, output="g")


def neuron_values(net, arguments):
    """Return (dw, dx, db) as a (tampered) neuron makes them."""
    dW, db = net.gradients()
    return dW[1][0, 0], net.errors()[1][0, 0] * arguments["w"], db[1][0]


def walk(derivative, x0, rate, steps):
    """Return the path (steps + 1,) of gradient descent from x0."""
    path = [float(x0)]
    for _ in range(steps):
        path.append(path[-1] - rate * derivative(path[-1]))
    return np.array(path)
