"""A page with three stepped networks: one right, one wrong, one without a backward pass."""

NETWORK = """
import numpy as np
from course import NetworkView

x, y = np.array([0.5, -1.0]), np.array([0.0, 1.0])
rng = np.random.default_rng(5)
given = [x, y, *(rng.normal(size=shape) for shape in [(3, 2), 3, (2, 3), 2])]


def forward(x, W1, b1, W2, b2):
    z1 = W1 @ x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2 @ a1 + b2
    e = np.exp(z2 - z2.max())
    return z1, a1, z2, e / e.sum()


def backward(x, y, W1, b1, W2, b2, slope=lambda a: a * (1 - a)):
    z1, a1, z2, p = forward(x, W1, b1, W2, b2)
    delta2 = p - y
    delta1 = W2.T @ delta2 * slope(a1)
    return np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2


def flat(*given):
    return backward(*given, slope=lambda a: 1.0)


def not_written(*given):
    raise NotImplementedError


def step_with(backward):
    def train_step(x, y, W1, b1, W2, b2, rate=0.02):
        parts = zip((W1, b1, W2, b2), backward(x, y, W1, b1, W2, b2))
        return tuple(w - rate * d for w, d in parts)

    return train_step
"""
DEMOS = [
    f"""
view_{name} = NetworkView.two_layer(
    *given, forward=forward, backward={name}, update=step_with({name})
)
view_{name}
"""
    for name in ("backward", "flat", "not_written")
]
SCRUBBER = "input[type=range]"
PICTURE = ".picture > svg"


def open_networks(open_demo, serve):
    """Return a page in which all three are drawn and named."""
    page = open_demo(serve([NETWORK, *DEMOS]))
    page.wait_for_function("document.querySelectorAll('.network-view .unit').length === 21")
    mark_demos(page)
    return page


def mark_demos(page):
    """Name the demos by their order, so that a test need not know the notebook's elements."""
    page.evaluate(
        "() => document.querySelectorAll('.network-view').forEach((node, n) =>"
        " { node.id = ['right', 'wrong', 'missing'][n]; })"
    )


def put_back(page):
    """Put all three to their first step."""
    for name in ("right", "wrong", "missing"):
        page.locator(f"#{name} {SCRUBBER}").press("Home")
        wait_for_step(page, name, 0)


def wait_for_step(page, demo, step):
    page.wait_for_function(
        "([demo, step]) => [...document.querySelectorAll(`#${demo} .stations > span`)]"
        ".findIndex((station) => station.classList.contains('now')) === step",
        arg=[demo, step],
    )
