"""Unit 01: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # sums and products of numbers, and of arrays entry by entry, commute
    "sigmoid:6: operands swapped": 1,
    "sigmoid_prime:4: operands swapped": 1,
    "central_difference:3: operands swapped": 2,
    "composite_derivative:5: operands swapped": 3,
    "fork_derivative:4: operands swapped": 1,
    "fork_derivative:5: operands swapped": 1,
    "neuron_gradients:3: operands swapped": 2,
    "neuron_gradients:4: operands swapped": 2,
    "neuron_gradients:5: operands swapped": 2,
    "descend:3: operands swapped": 1,
    "descend:6: operands swapped": 2,
    # a step to both sides may begin on either, and twice so short a step is as good
    "central_difference:1: 1e-05 to -1e-05": 1,
    "central_difference:1: 1e-05 to 2e-05": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 250
"""How many mutants change the result, at the least."""

COSTS = [
    ("sigmoid-overflow", {"sigmoid": 1, "sigmoid_prime": 1}),
    ("inputs-mutated", {"sigmoid": 1, "sigmoid_prime": 1}),
    ("integer-arithmetic", {"sigmoid": 1, "sigmoid_prime": 1, "descend": 1}),
    ("forward-difference", {"central_difference": 0}),
    ("gradient-overwritten", {"fork_derivative": 0}),
    ("missing-output-derivative", {"neuron_gradients": 1}),
    ("skips-a-factor", {"composite_derivative": 0, "fork_derivative": 0, "descend": 0}),
    ("wrong-sign", {"central_difference": 0, "neuron_gradients": 1, "descend": 0}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 80
"""How many drawn rewritings of the unit's solutions are tried."""

SIGMOIDS = (
    "z = np.asarray(z)\n    e = np.exp(-np.abs(z))\n    return np.where(z >= 0, 1, e) / (1 + e)",
    "return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))",
    "return 1 / (1 + np.exp(-np.clip(z, -500, 500)))",
    "return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))",
    "with np.errstate(over='ignore'):\n        return 1 / (1 + np.exp(-np.asarray(z)))",
    "z = np.asarray(z, dtype=float)\n"
    "    a = np.empty_like(z)\n"
    "    up = z >= 0\n"
    "    a[up] = 1 / (1 + np.exp(-z[up]))\n"
    "    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))\n"
    "    return a",
)
SLOPES = (
    "a = sigmoid(z)\n    return a * (1 - a)",
    "return sigmoid(z) - sigmoid(z) ** 2",
    "return sigmoid(z) * sigmoid(-np.asarray(z))",
    "e = np.exp(-np.abs(z))\n    return e / (1 + e) ** 2",
    "return 0.25 * (1 - np.tanh(np.asarray(z) / 2) ** 2)",
)
QUOTIENTS = (
    "(f(x + h) - f(x - h)) / (2 * h)",
    "(f(x - h) - f(x + h)) / (-2 * h)",
    "0.5 * ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h)",
    "(f(x + h) - f(x - h)) / ((x + h) - (x - h))",
    "float(f(x + h) / (2 * h) - f(x - h) / (2 * h))",
)
COMPOSITES = (
    "2 * x * np.cos(x**2) * np.exp(np.sin(x**2))",
    "np.exp(np.sin(x * x)) * (np.cos(x * x) * (x + x))",
    "float(np.prod([np.exp(np.sin(x**2)), np.cos(x**2), 2 * x]))",
)
FORKS = (
    "sigmoid(x) + x * sigmoid_prime(x)",
    "sigmoid(x) * (1 + x * (1 - sigmoid(x)))",
    "float(sum([x * sigmoid(x) * (1 - sigmoid(x)), sigmoid(x)]))",
    "x * sigmoid(x) + sigmoid(x) * (1 - x * sigmoid(x))",
)
NEURONS = (
    "a = sigmoid(w * x + b)\n    dz = (a - t) * a * (1 - a)\n    return dz * x, dz * w, dz",
    "z = w * x + b\n    db = (sigmoid(z) - t) * sigmoid_prime(z)\n    return [db * x, db * w, db]",
    "z = w * x + b\n    return tuple(-(t - sigmoid(z)) * sigmoid_prime(z) * v for v in (x, w, 1))",
)
DESCENTS = (
    "path = [x0]\n"
    "    for _ in range(steps):\n"
    "        path.append(path[-1] - rate * derivative(path[-1]))\n"
    "    return {}(path)",
    "path = np.empty(steps + 1)\n"
    "    path[0] = x = x0\n"
    "    for k in range(1, steps + 1):\n"
    "        x = x - rate * derivative(x)\n"
    "        path[k] = x\n"
    "    return {}(path)",
)


@st.composite
def rewritten(draw):
    """Draw sources of the seven functions, all right."""

    def pick(options):
        return draw(st.sampled_from(options))

    kind = pick(("np.array", "list", "tuple"))
    return {
        "sigmoid": f"def sigmoid(z):\n    {pick(SIGMOIDS)}\n",
        "sigmoid_prime": f"def sigmoid_prime(z):\n    {pick(SLOPES)}\n",
        "central_difference": (
            f"def central_difference(f, x, h=1e-5):\n    return {pick(QUOTIENTS)}\n"
        ),
        "composite_derivative": (f"def composite_derivative(x):\n    return {pick(COMPOSITES)}\n"),
        "fork_derivative": f"def fork_derivative(x):\n    return {pick(FORKS)}\n",
        "neuron_gradients": f"def neuron_gradients(w, x, b, t):\n    {pick(NEURONS)}\n",
        "descend": (
            f"def descend(derivative, x0, rate, steps):\n    {pick(DESCENTS).format(kind)}\n"
        ),
    }
