"""The demos that are measured and examined in a browser, one entry each.

A demo that is added here is timed by bench_widgets.py and examined by test_accessibility.py.
"""

from dataclasses import dataclass

SETUP = """
import numpy as np
from course import ChainGraph, DeltasByDepth, DescentPath, NetworkView, SoftmaxView
from course.demos import WeightUpdate

sizes = (3, 4, 4, 2)
rng = np.random.default_rng(5)
x, y = rng.normal(size=3), np.array([0.0, 1.0])
weights = [rng.normal(size=(n, m)) for m, n in zip(sizes, sizes[1:])]
biases = [rng.normal(size=n) for n in sizes[1:]]


def forward(x, weights, biases):
    activations, zs = [x], []
    for W, b in zip(weights, biases):
        zs.append(W @ activations[-1] + b)
        activations.append(1 / (1 + np.exp(-zs[-1])))
    activations[-1] = softmax(zs[-1])
    return zs, activations


def backward(x, y, weights, biases):
    zs, activations = forward(x, weights, biases)
    delta, dWs, dbs = activations[-1] - y, [], []
    for layer in reversed(range(len(weights))):
        dWs.insert(0, np.outer(delta, activations[layer]))
        dbs.insert(0, delta)
        delta = weights[layer].T @ delta * activations[layer] * (1 - activations[layer])
    return dWs, dbs


def wrong_backward(x, y, weights, biases):
    dWs, dbs = backward(x, y, weights, biases)
    return [2 * dWs[0], *dWs[1:]], dbs


def update(x, y, weights, biases, rate):
    dWs, dbs = backward(x, y, weights, biases)
    return ([W - rate * dW for W, dW in zip(weights, dWs)],
            [b - rate * db for b, db in zip(biases, dbs)])


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def wrong_gradient(z, label):
    return softmax(z)


def cost(*parameters):
    zs, activations = forward(x, parameters[:3], parameters[3:])
    return -np.log(activations[-1] @ y)


def gradients(*parameters):
    dWs, dbs = backward(x, y, parameters[:3], parameters[3:])
    return (*dWs, *dbs)


def flat(X, Y, weights, biases, g, g_prime):
    return np.ones(len(weights))


def swish_slope(x):
    s = 1 / (1 + np.exp(-x))
    return s + x * s * (1 - s)


def half_of_it(x):
    return 1 / (1 + np.exp(-x))


parameters = dict(zip(("W1", "W2", "W3", "b1", "b2", "b3"), weights + biases))
"""


@dataclass(frozen=True)
class Driven:
    """A demo and how it is moved.

    right, wrong : expressions that make it, of functions that are right and of one that is not.
    root : the class of its element. control : the name of the slider that is moved.
    state : the Python expression of what the slider sets, where the demo is called `demo`.
    move : the statement that sets it to `to`, for interact, from low to high in steps of step.
    """

    name: str
    right: str
    wrong: str
    root: str
    control: str
    state: str
    move: str
    low: float
    high: float
    step: float

    @property
    def slider(self):
        """The selector of the slider."""
        return f".{self.root} input[aria-label='{self.control}']"

    @property
    def picture(self):
        """The selector of the picture, whose aria-label is another for another picture."""
        return f".{self.root} .picture > svg"


DRIVEN = [
    Driven(
        "NetworkView",
        "NetworkView.deep(x, y, weights, biases, forward=forward, backward=backward,"
        " update=update)",
        "NetworkView.deep(x, y, weights, biases, forward=forward, backward=wrong_backward)",
        "network-view", "Step", "demo.step", "demo.step = to", 0, 7, 1,
    ),
    Driven(
        "WeightUpdate",
        "WeightUpdate(cost, gradients, parameters, rate=0.5, weight='W2[0, 1]')",
        "WeightUpdate(cost, lambda *p: [2 * d for d in gradients(*p)], parameters, rate=0.5)",
        "weight-update", "Value of the weight", "demo.value", "demo.value = to", -4, 4, 0.01,
    ),
    Driven(
        "DescentPath",
        "DescentPath(cost, gradients, parameters, rate=0.5, chosen=['W2[0, 1]', 'b2[1]'])",
        "DescentPath(cost, lambda *p: [abs(d) for d in gradients(*p)], parameters, rate=0.5)",
        "descent-path", "Value of the weight across", "demo.point[0]",
        "demo.point = [to, demo.point[1]]", -4, 4, 0.01,
    ),
    Driven(
        "SoftmaxView",
        "SoftmaxView([2.0, -1.0, 0.5], label=1, softmax=softmax)",
        "SoftmaxView([2.0, -1.0, 0.5], label=1, softmax=softmax, gradient=wrong_gradient)",
        "softmax-view", "Logit of class 0", "demo.logits[0]",
        "demo.logits = [to, *demo.logits[1:]]", -10, 10, 0.1,
    ),
    Driven(
        "ChainGraph",
        "ChainGraph(derivative=swish_slope)",
        "ChainGraph(derivative=half_of_it)",
        "chain-graph", "Input x", "demo.x", "demo.x = to", -4, 4, 0.05,
    ),
    Driven(
        "DeltasByDepth",
        "DeltasByDepth()",
        "DeltasByDepth(flat)",
        "deltas-by-depth", "Layers", "demo.depth", "demo.depth = to", 1, 20, 1,
    ),
]  # fmt: skip
"""The demos, in the order of the table that the bench prints."""
