"""The demos that are measured and examined in a browser, one entry each.

A demo that is added here is timed by bench_widgets.py and examined by test_accessibility.py.
"""

from dataclasses import dataclass

SETUP = """
import numpy as np
from course import ChainGraph, DecisionBoundary, DeltasByDepth, DescentPath, NetworkView
from course import SoftmaxView, two_moons
from course.demos import WeightUpdate
from tests.course.demos import small_learner

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


swish = [
    ("s", "1 / (1 + exp(−x))", lambda x: 1 / (1 + np.exp(-x)), ["x"]),
    ("f", "x · s", lambda x, s: x * s, ["x", "s"]),
]


def swish_slope(x):
    s = 1 / (1 + np.exp(-x))
    return s + x * s * (1 - s)


def half_of_it(x):
    return 1 / (1 + np.exp(-x))


parameters = dict(zip(("W1", "W2", "W3", "b1", "b2", "b3"), weights + biases))

moons, moon = two_moons(np.random.default_rng(3), 80, noise=0.15)
learner = small_learner.initial(np.random.default_rng(4), (2, 12, 12, 2))
"""


@dataclass(frozen=True)
class Driven:
    """A demo and how it is moved.

    right, wrong : expressions that make it, of functions that are right and of one that is not.
    root : the class of its element. control : the selector in it of what takes the keys.
    state : the Python expression of what they set, where the demo is called `demo`.
    move : the statement that sets it to `to`, for interact, from low to high in steps of step.
    keys : one step there and one back; of a button, which knows no way back, two that press it.
    far : the keys to both ends. picture : the selector of what bears the text of the picture as
    its aria-label, another for another picture. text : the Python expression of that text.
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
    keys: tuple = ("ArrowRight", "ArrowLeft")
    far: tuple = ("End", "Home")
    picture: str = ".picture > svg"
    text: str = "demo.picture['alternative']"


DRIVEN = [
    Driven(
        "NetworkView",
        "NetworkView.deep(x, y, weights, biases, forward=forward, backward=backward,"
        " update=update)",
        "NetworkView.deep(x, y, weights, biases, forward=forward, backward=wrong_backward)",
        "network-view", "input[aria-label='Step']", "demo.step", "demo.step = round(to)", 0, 7, 1,
        text="demo.steps[demo.step]['alternative']",
    ),
    Driven(
        "WeightUpdate",
        "WeightUpdate(cost, gradients, parameters, rate=0.5, weight='W2[0, 1]')",
        "WeightUpdate(cost, lambda *p: [2 * d for d in gradients(*p)], parameters, rate=0.5)",
        "weight-update", "input[aria-label='Value of the weight']", "demo.value",
        "demo.value = to", -4, 4, 0.01,
    ),
    Driven(
        "DescentPath",
        "DescentPath(cost, gradients, parameters, rate=0.5, chosen=['W2[0, 1]', 'b2[1]'])",
        "DescentPath(cost, lambda *p: [abs(d) for d in gradients(*p)], parameters, rate=0.5)",
        "descent-path", "input[aria-label='Value of the weight across']", "demo.point[0]",
        "demo.point = [to, demo.point[1]]", -4, 4, 0.01,
    ),
    Driven(
        "SoftmaxView",
        "SoftmaxView([2.0, -1.0, 0.5], label=1, softmax=softmax)",
        "SoftmaxView([2.0, -1.0, 0.5], label=1, softmax=softmax, gradient=wrong_gradient)",
        "softmax-view", "input[aria-label='Logit of class 0']", "demo.logits[0]",
        "demo.logits = [to, *demo.logits[1:]]", -10, 10, 0.1,
    ),
    Driven(
        "ChainGraph",
        "ChainGraph(swish, derivative=swish_slope)",
        "ChainGraph(derivative=half_of_it)",
        "chain-graph", "input[aria-label='Input x']", "demo.x", "demo.x = to", -4, 4, 0.05,
    ),
    Driven(
        "DeltasByDepth",
        "DeltasByDepth()",
        "DeltasByDepth(flat)",
        "deltas-by-depth", "input[aria-label='Layers']", "demo.depth",
        "demo.depth = round(to)", 1, 20, 1,
    ),
    Driven(
        "DecisionBoundary",
        "DecisionBoundary(small_learner.predict, small_learner.step, learner, moons, moon,"
        " loss=small_learner.loss, rate=0.3)",
        "DecisionBoundary(small_learner.predict, small_learner.uphill, learner, moons, moon,"
        " loss=small_learner.loss, rate=0.1)",
        "decision-boundary", "button.step", "demo.steps", "demo.take_steps()", 0, 10_000, 1,
        # of its two texts, the one that names the step
        keys=("Enter", "Space"), far=("Enter", "Space"), picture="svg.loss",
        text="demo.picture['curve_text']",
    ),
]  # fmt: skip
"""The demos, in the order of the table that the bench prints."""
