"""Unit 07: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # the larger of two numbers, and products and sums, do not depend on the order
    "relu:3: args 0 and 1 swapped": 1,
    "leaky_relu:3: operands swapped": 1,
    "backward_batch:10: operands swapped": 1,
    "delta_sizes:4: operands swapped": 1,
    "delta_sizes:7: operands swapped": 1,
    "initialise:5: operands swapped": 1,
    "initialise:6: operands swapped": 1,
    "initialise:7: operands swapped": 1,
    # with a constant for the condition, what is left is z > 0 itself, 1 or 0
    "relu_prime:3: args 0 and 1 swapped": 1,
    "relu_prime:3: args 0 and 2 swapped": 1,
    # both are empty lists, filled in a fixed order
    "backward_batch:5: elts 0 and 1 swapped": 1,
    "initialise:3: elts 0 and 1 swapped": 1,
    # as long as each other: X and Y, and the lists with an entry a layer
    "backward_batch:4: X to Y": 1,
    "backward_batch:6: weights to biases": 1,
    "backward_batch:6: weights to zs": 1,
    "delta_sizes:6: weights to biases": 1,
    "delta_sizes:6: weights to zs": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 600
"""How many mutants change the result, at the least."""

COSTS = [
    ("missing-activation-derivative", {"backward_batch": 0, "delta_sizes": 0}),
    ("transposed-gradient", {"backward_batch": 4}),
    ("bias-mean", {"backward_batch": 4}),
    ("relu-mask-from-output", {"relu": 1, "relu_prime": 0, "leaky_relu_prime": 0}),
    ("inputs-mutated", {"relu": 0.5, "backward_batch": 4}),
    ("integer-arithmetic", {"leaky_relu": 0.5}),
    ("symmetric-initialisation", {"initialise": 1}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 60
"""How many drawn rewritings of the unit's solutions are tried."""

TANH_PRIMES = (
    "1 - np.tanh(z) ** 2",
    "(1 - np.tanh(z)) * (1 + np.tanh(z))",
    "1 - np.tanh(z) * np.tanh(z)",
    "np.cosh(np.clip(z, -300, 300)) ** -2.0",
    "np.array([1 - np.tanh(v) ** 2 for v in z.flat]).reshape(z.shape)",
    "(np.tanh(z + 1e-20j)).imag / 1e-20",
)
RELUS = (
    "np.maximum(z, 0)",
    "z * (z > 0)",
    "np.where(z >= 0, z, 0)",
    "(z + np.abs(z)) / 2",
    "np.clip(z, 0, None)",
    "np.maximum(z, 0).tolist()",
)
RELU_PRIMES = (
    "(z > 0).astype(float)",
    "z > 0",
    "z >= 0",
    "(np.sign(z) + 1) / 2",
    "np.heaviside(z, 0.7)",
    "1.0 * (np.maximum(z, 0) > 0)",
)
LEAKY = (
    "np.where(z > 0, z, slope * z)",
    "np.maximum(z, slope * z)",
    "np.maximum(0, z) + slope * np.minimum(0, z)",
    "z * np.where(z < 0, slope, 1)",
)
LEAKY_PRIMES = (
    "np.where(z > 0, 1, slope)",
    "np.where(z >= 0, 1.0, slope)",
    "slope + (1 - slope) * (z > 0)",
    "slope + (1 - slope) * np.heaviside(z, 0.5)",
)
LINEAR = (
    "{a} @ {w} + {b}",
    "np.dot({a}, {w}) + {b}[None, :]",
    "np.einsum('mi,ij->mj', {a}, {w}) + {b}",
    "np.array([{w}.T @ row + {b} for row in {a}])",
)
SOFTMAXES = (
    "np.exp(z - z.max(axis=1)[:, None]) / np.exp(z - z.max(axis=1)[:, None]).sum(1)[:, None]",
    "np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))",
    "np.array([np.exp(r - max(r)) / sum(np.exp(r - max(r))) for r in z])",
)
DWS = (
    "{a}.T @ {d}",
    "np.einsum('mi,mj->ij', {a}, {d})",
    "sum(np.outer(u, v) for u, v in zip({a}, {d}))",
    "({d}.T @ {a}).T.tolist()",
)
DBS = (
    "{d}.sum(axis=0)",
    "np.ones(len({d})) @ {d}",
    "sum({d})",
    "[column.sum() for column in {d}.T]",
)
BACK = (
    "({d} @ {w}.T) * g_prime({z})",
    "g_prime({z}) * np.einsum('mj,ij->mi', {d}, {w})",
    "np.array([{w} @ row for row in {d}]) * g_prime({z})",
)
SIZES = (
    "np.sqrt(np.mean(d**2))",
    "np.linalg.norm(d) / np.sqrt(d.size)",
    "(d.ravel() @ d.ravel() / d.size) ** 0.5",
)
ENTRIES = (
    "rng.normal(0, np.sqrt(v), (n, k))",
    "np.sqrt(v) * rng.standard_normal((n, k))",
    "rng.uniform(-np.sqrt(3 * v), np.sqrt(3 * v), size=(n, k))",
    "rng.normal(scale=v**0.5, size=(k, n)).T",
    "np.sqrt(v) * rng.choice([-1.0, 1.0], size=(n, k)) * np.sqrt(rng.exponential(size=(n, k)))",
)
BRACKETS = (("(", ")"), ("[", "]"))


@st.composite
def rewritten(draw):
    """Draw sources of all functions of the unit, all right."""

    def pick(options, **names):
        return draw(st.sampled_from(options)).format(**names)

    opened, closed = draw(st.sampled_from(BRACKETS))
    averaged = draw(st.booleans())
    over_m, later = (" / len(X)", "") if averaged else ("", " / len(X)")
    forward = f"""\
def forward(X, weights, biases, g):
    zs, activations, a = [], [X], X
    for w, b in zip(weights, biases):
        z = {pick(LINEAR, a="a", w="w", b="b")}
        a = g(z)
        zs.append(z)
        activations.append(a)
    activations[-1] = {pick(SOFTMAXES)}
    return zs, activations
"""
    back = pick(BACK, d="ds[0]", w="weights[k]", z="zs[k - 1]")
    way = f"""\
    zs, activations = forward(X, weights, biases, g)
    ds = [(activations[-1] - Y){over_m}]
    for k in range(len(weights) - 1, 0, -1):
        ds = [{back}, *ds]
"""
    backward = f"""\
def backward_batch(X, Y, weights, biases, g, g_prime):
{way}
    dws = [{pick(DWS, a="a", d=f"(d{later})")} for a, d in zip(activations, ds)]
    dbs = [{pick(DBS, d=f"(d{later})")} for d in ds]
    return {opened}dws, tuple(dbs){closed}
"""
    delta_sizes = f"""\
def delta_sizes(X, Y, weights, biases, g, g_prime):
{way}
    return {draw(st.sampled_from(("", "np.array")))}([{pick(SIZES)} for d in ds])
"""
    initialise = f"""\
def initialise(sizes, rng, scheme="he"):
    weights, biases = [], []
    for n, k in zip(sizes, sizes[1:]):
        v = dict(xavier=2 / (n + k), he=2 / n)[scheme]
        weights.append({pick(ENTRIES)})
        biases.append({draw(st.sampled_from(("np.zeros(k)", "[0] * k", "np.zeros(k, int)")))})
    return {opened}weights, biases{closed}
"""
    return {
        "tanh_prime": f"def tanh_prime(z):\n    return {pick(TANH_PRIMES)}\n",
        "relu": f"def relu(z):\n    return {pick(RELUS)}\n",
        "relu_prime": f"def relu_prime(z):\n    return {pick(RELU_PRIMES)}\n",
        "leaky_relu": f"def leaky_relu(z, slope=0.01):\n    return {pick(LEAKY)}\n",
        "leaky_relu_prime": (
            f"def leaky_relu_prime(z, slope=0.01):\n    return {pick(LEAKY_PRIMES)}\n"
        ),
        "forward": forward,
        "backward_batch": backward,
        "delta_sizes": delta_sizes,
        "initialise": initialise,
    }
