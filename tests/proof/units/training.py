"""Unit 09: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # X, y and the order have as many rows as each other
    "minibatches:3: y to X": 1,
    "minibatches:4: y to X": 1,
    "minibatches:4: y to order": 1,
    # sums and products commute
    "minibatches:5: operands swapped": 1,
    "sgd_step:3: operands swapped": 1,
    # of two axes, the last is the second
    "accuracy:3: 1 to -1": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 60
"""How many mutants change the result, at the least."""

MANY_RIGHT = ("overfit", "train")
"""Functions whose result is judged by how well it does: a mutant of them may do as well. What
wrong ones earn is tested in tests/course/tasks/test_training.py."""

COSTS = [
    ("last-batch-size", {"minibatches": 0}),
    ("inputs-mutated", {"minibatches": 2, "sgd_step": 1, "train": 5}),
    ("bias-missing", {"sgd_step": 0, "accuracy": 0}),
    ("integer-arithmetic", {"sgd_step": 1}),
    ("unscaled-initialisation", {"train": 0}),
]
"""Planted mistakes -> what is still earned of each task."""

REWRITINGS = 40
"""How many drawn rewritings of the unit's solutions are tried."""

ORDERS = (
    "order = rng.permutation(len(y))",
    "order = np.arange(len(X))\n    rng.shuffle(order)",
    "order = np.argsort(rng.random(len(y)))",
    "order = list(rng.permutation(X.shape[0]))",
    "order = rng.choice(len(y), size=len(y), replace=False)",
)
BATCHES = (
    "    for start in range(0, len(y), size):\n"
    "        rows = order[start : start + size]\n"
    "        yield X[rows], y[rows]\n",
    "    start = 0\n"
    "    while start < len(order):\n"
    "        rows = np.array(order[start : start + size])\n"
    "        start += size\n"
    "        yield [X[rows], y[rows]]\n",
    "    X, y = X[order], y[order]\n"
    "    cuts = np.arange(size, len(y), size)\n"
    "    yield from zip(np.split(X, cuts), np.split(y, cuts))\n",
    "    rows = [order[k : k + size] for k in range(0, len(y), size)]\n"
    "    return [(X[chosen], y[chosen]) for chosen in rows]\n",
)
STEPS = (
    "return {k: parameters[k] - rate * gradients[k] for k in parameters}",
    "return {k: -rate * gradients[k] + v for k, v in parameters.items()}",
    "new = dict(parameters)\n    for k in gradients:\n"
    "        new[k] = new[k] - rate * gradients[k]\n    return new",
    "new = {k: np.array(v, float) for k, v in parameters.items()}\n    for k in new:\n"
    "        new[k] -= rate * gradients[k]\n    return new",
)
ACCURACIES = (
    "np.mean(best == y)",
    "(best == y).mean()",
    "np.sum(best == y) / len(y)",
    "sum(int(a == b) for a, b in zip(best, y)) / len(X)",
    "1 - np.count_nonzero(best - y) / len(y)",
)
BEST = (
    "scores(X, parameters).argmax(axis=1)",
    "np.array([np.argmax(row) for row in scores(X, parameters)])",
    "np.argsort(scores(X, parameters), axis=1)[:, -1]",
)
SPREADS = (
    "rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)",
    "rng.normal(0, (2 / (n_in + n_out)) ** 0.5, (n_in, n_out))",
    "rng.uniform(-1, 1, size=(n_in, n_out)) * np.sqrt(6 / n_in)",
    "rng.standard_normal((n_in, n_out)) / np.sqrt(n_in)",
)
LOOPS = (
    "        for rows, labels in minibatches(X, y, batch, rng):\n"
    "            loss, gradients = network_loss(rows, labels, parameters)\n"
    "            parameters = sgd_step(parameters, gradients, rate)\n",
    "        order = rng.permutation(len(y))\n"
    "        for k in range(0, len(y), batch):\n"
    "            rows = order[k : k + batch]\n"
    "            gradients = network_loss(X[rows], y[rows], parameters)[1]\n"
    "            for name in parameters:\n"
    "                parameters[name] -= rate * gradients[name]\n",
)
FEW = (
    "    for step in range(1500):\n"
    "        parameters = sgd_step(parameters, network_loss(X, y, parameters)[1], 0.3)\n",
    "    loss = 1\n"
    "    while loss > 0.008:\n"
    "        loss, gradients = network_loss(X, y, parameters)\n"
    "        parameters = sgd_step(parameters, gradients, 0.2)\n",
    "    for step in range(400):\n"
    "        for rows, labels in minibatches(X, y, 5, rng):\n"
    "            loss, gradients = network_loss(rows, labels, parameters)\n"
    "            parameters = sgd_step(parameters, gradients, 0.1)\n",
)


@st.composite
def rewritten(draw):
    """Draw sources of functions, each right; the two that train are not among all of them."""
    one = st.sampled_from
    start = (
        "    parameters = {}\n"
        "    for k, (n_in, n_out) in enumerate(zip(sizes, sizes[1:]), 1):\n"
        f"        parameters[f'w{{k}}'] = {draw(one(SPREADS))}\n"
        "        parameters[f'b{k}'] = np.zeros(n_out)\n"
    )
    sources = {
        "minibatches": "def minibatches(X, y, size, rng):\n"
        f"    {draw(one(ORDERS))}\n{draw(one(BATCHES))}",
        "sgd_step": f"def sgd_step(parameters, gradients, rate):\n    {draw(one(STEPS))}\n",
        "accuracy": "def accuracy(X, y, parameters):\n"
        f"    best = {draw(one(BEST))}\n"
        f"    return {draw(one(ACCURACIES))}\n",
    }
    trainers = {
        "overfit": "def overfit(X, y, sizes, rng):\n"
        f"{start}{draw(one(FEW))}    return parameters\n",
        "train": "def train(X, y, sizes, epochs, rate, batch, rng):\n"
        f"{start}    for epoch in range(epochs):\n{draw(one(LOOPS))}    return parameters\n",
    }
    # a training takes a hundred times as long as all the rest
    chosen = draw(one(("overfit", "train", "neither", "neither", "neither")))
    return {**sources, **{name: text for name, text in trainers.items() if name == chosen}}
