"""Unit 02: the cases on which answers are tried."""

import numpy as np

from course.forward import sigmoid
from course.mistakes.network import elementwise_slope
from course.task import Case

NETWORK = ("x", "t", "w1", "w2", "g", "g_prime")


def softplus(z):
    """Return log(1 + e^z), entry by entry."""
    return np.log(1 + np.exp(z))


def square_root(z):
    """Return z / √(1 + z²), entry by entry."""
    return z / np.sqrt(1 + z**2)


ACTIVATIONS = {
    "sigmoid": (sigmoid, "the sigmoid"),
    "tanh": (np.tanh, "g = tanh"),
    "softplus": (softplus, "g(z) = log(1 + e^z)"),
    "square root": (square_root, "g(z) = z / sqrt(1 + z²)"),
}

TRAITS = {"integer": frozenset({"integers"}), "float32": frozenset({"narrow"})}


def derivative_of(g):
    """Return g′ as a function of z, by a complex step."""

    def g_prime(z):
        z = np.asarray(z)
        value = elementwise_slope(g, z.astype(float))
        return value.astype(np.float32) if z.dtype == np.float32 else value

    return g_prime


def worked_example():
    """Return x, t, w1, w2 of the worked example, as new arrays."""
    return {
        "x": np.array([1.0, -1.0]),
        "t": 0.25,
        "w1": np.array([[0.5, -0.3, 0.8], [0.2, 0.6, -0.4]]),
        "w2": np.array([0.7, -0.5, 0.9]),
    }


def _network(rng, kind):
    """Draw a network of a kind, with words for the kind; kinds are activations and a few more."""
    name = kind if kind in ACTIVATIONS else "tanh" if kind == "large" else "sigmoid"
    g, says = ACTIVATIONS[name]
    if kind == "worked":
        drawn, says = worked_example(), "the numbers of the worked example"
    else:
        drawn = {
            "x": rng.normal(size=2),
            "t": float(rng.normal()),
            "w1": rng.normal(size=(2, 3)),
            "w2": rng.normal(size=3),
        }
    if kind == "large":
        drawn["w2"] *= 3
        says = "g = tanh and large weights"
    elif kind == "integer":
        drawn = {
            name: value if name == "t" else rng.choice((-2, -1, 1, 2), size=value.shape)
            for name, value in drawn.items()
        }
        says = "integer arrays"
    elif kind == "float32":
        drawn = {
            name: value if name == "t" else value.astype(np.float32)
            for name, value in drawn.items()
        }
        says = "float32 arrays"
    return {**drawn, "g": g, "g_prime": derivative_of(g)}, says


def draw_network(names, step=False):
    """Return a draw of the named arguments of a network; `step` adds a rate after w2."""

    def draw(rng, kind):
        drawn, says = _network(rng, kind)
        # no power of 2, or a forgotten rate would look like a forgotten half
        drawn["rate"] = float(rng.choice([0.1, 0.3, 1.5])) if step else 0.0
        says = f"{says} and a rate of {drawn['rate']}" if step else says
        return Case({name: drawn[name] for name in names}, says, TRAITS.get(kind, frozenset()))

    return draw


def draw_output(rng, kind):
    """Draw a3, t, z3 and g′ of a network."""
    drawn, says = _network(rng, kind)
    g = drawn["g"]
    z3 = g(drawn["x"] @ drawn["w1"]) @ drawn["w2"]
    arguments = {"a3": float(g(z3)), "t": drawn["t"], "z3": float(z3)}
    return Case({**arguments, "g_prime": drawn["g_prime"]}, says)


def draw_hidden(rng, kind):
    """Draw delta3, w2, z2 and g′ of a network."""
    drawn, says = _network(rng, kind)
    z2 = drawn["x"] @ drawn["w1"]
    arguments = {"delta3": float(rng.normal()), "w2": drawn["w2"], "z2": z2}
    traits = TRAITS.get(kind, frozenset())
    return Case({**arguments, "g_prime": drawn["g_prime"]}, says, traits)
