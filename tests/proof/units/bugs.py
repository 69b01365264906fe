"""Unit 10: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

_COMMUTES = {
    "fix_1": {5: 1, 7: 1, 10: 1},
    "fix_2": {5: 1, 6: 1, 9: 2},
    "fix_3": {5: 1, 6: 1, 10: 2},
    "fix_4": {5: 1, 7: 1, 11: 1},
    "fix_5": {5: 1, 6: 1, 11: 2},
    "fix_6": {5: 1, 6: 1, 10: 1, 11: 1, 12: 2, 13: 1, 14: 1},
    "fix_7": {6: 1, 7: 1, 15: 1, 16: 1},
    "fix_8": {7: 2, 8: 1, 9: 1, 12: 2},
}
_AS_MANY_ROWS = {
    "fix_1:9": ("P", "Y", "a1", "z1"),
    "fix_2:8": ("P", "Y", "a1"),
    "fix_3:8": ("P", "Y", "a1"),
    "fix_4:9": ("P", "Y", "a1", "z1"),
    "fix_5:8": ("P", "Y", "a1"),
    "fix_6:9": ("P", "Y", "a1"),
    "fix_7:10": ("P", "Y"),
    "fix_8:6": ("Y",),
    "fix_8:11": ("Y",),
}

EQUIVALENT = {
    # addition of arrays commutes, and so does the product of two numbers or arrays
    **{
        f"{task}:{line}: operands swapped": times
        for task, lines in _COMMUTES.items()
        for line, times in lines.items()
    },
    # m is the number of rows of any of them
    **{f"{line}: X to {other}": 1 for line, others in _AS_MANY_ROWS.items() for other in others},
    # the hidden layer has as many biases as w2 has rows
    "fix_2:10: b1 to w2": 1,
    # a unit is on where its output is positive
    "fix_4:10: z1 to a1": 1,
    # below the first layer nobody asks for a delta
    "fix_7:14: layer to last": 1,
    "fix_7:14: 1 to -1": 1,
    "fix_7:14: 1 to 0": 1,
    # the names are wrong, which costs the points; the numbers behind them stay as they were
    "fix_7:12: layer to gradients": 1,
    "fix_7:13: layer to gradients": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 3000
"""How many mutants change the result, at the least."""

COSTS = [
    ("derivative-of-activated", {"fix_1": 0}),
    ("double-mean", {"fix_3": 0, "fix_8": 0}),
    ("integer-arithmetic", {"fix_2": 1}),
    ("inputs-mutated", {"fix_4": 1, "fix_6": 1}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 40
"""How many drawn rewritings of the unit's solutions are tried."""

LINEAR = (
    "{a} @ {w} + {b}",
    "{b} + np.dot({a}, {w})",
    "np.einsum('mi,io->mo', {a}, {w}) + {b}",
    "np.array([row @ {w} + {b} for row in {a}])",
    "({w}.T @ {a}.T).T + {b}",
)
SIGMOIDS = ("sigmoid({z})", "1 / (1 + np.exp(-({z})))", "np.exp(-np.logaddexp(0, -({z})))")
SLOPES = (
    "a * (1 - a)",
    "a - a**2",
    "sigmoid_prime(z)",
    "0.25 - (a - 0.5) ** 2",
    "1 / (2 + np.exp(z) + np.exp(-z))",
)
MASKS = (
    "z > 0",
    "a > 0",
    "z >= 0",
    "np.sign(a)",
    "(1 + np.sign(z)) / 2",
    "np.where(z < 0, 0.0, 1.0)",
)
DELTAS = (
    "(P - Y) / m",
    "-(Y - P) / m",
    "np.where(Y == 1, P - 1, P) / m",
    "np.array([p - y for p, y in zip(P, Y)]) / m",
)
DOWN = (
    "{d} @ {w}.T",
    "({w} @ {d}.T).T",
    "np.einsum('mo,io->mi', {d}, {w})",
    "np.array([{w} @ row for row in {d}])",
)
WEIGHTS = (
    "{a}.T @ {d}",
    "({d}.T @ {a}).T",
    "np.einsum('mi,mo->io', {a}, {d})",
    "sum(np.outer(u, v) for u, v in zip({a}, {d}))",
    "({a}.T @ {d}).tolist()",
)
BIASES = (
    "{d}.sum(axis=0)",
    "np.ones(len({d})) @ {d}",
    "sum({d})",
    "len({d}) * np.mean({d}, axis=0)",
    "[column.sum() for column in {d}.T]",
)

LOOP = """\
def {name}(X, Y, parameters{more}):
    last, m = len(parameters) // 2, len(X)
    w = [None, *(parameters["w%d" % k] for k in range(1, last + 1))]
    b = [None, *(parameters["b%d" % k] for k in range(1, last + 1))]
    zs, activations = [None], [X]
    for k in range(1, last):
        zs.append({linear})
        activations.append({g})
    P = softmax(activations[-1] @ w[last] + b[last])
    delta, found = {delta}, {{}}
    for k in range(last, 0, -1):
        found["w%d" % k] = {dw}
        found["b%d" % k] = {db}
        if k > 1:
            z, a = zs[k - 1], activations[k - 1]
            delta = ({down}) * ({slope})
    return {returned}
"""
STEPS = (
    "{k: parameters[k] - rate * np.asarray(found[k]) for k in parameters}",
    "{k: np.add(v, np.multiply(-rate, found[k])) for k, v in parameters.items()}",
)
ADDED = (
    """\
def fix_8(X, Y, parameters, size):
    return fix_1(X, Y, parameters)
""",
    """\
def fix_8(X, Y, parameters, size):
    found = {}
    for start in range(0, len(X), size):
        x, y = X[start : start + size], Y[start : start + size]
        for key, own in fix_1(x, y, parameters).items():
            found[key] = found.get(key, 0) + np.asarray(own) * (len(x) / len(X))
    return found
""",
    """\
def fix_8(X, Y, parameters, size):
    rows, found = 0, {key: 0.0 for key in parameters}
    while rows < len(X):
        x, y = X[rows:][:size], Y[rows:][:size]
        own = fix_2(x, y, parameters)
        found = {key: found[key] + len(x) * np.asarray(own[key]) for key in found}
        rows += len(x)
    return {key: value / rows for key, value in found.items()}
""",
)


@st.composite
def rewritten(draw):
    """Draw sources of all eight passes, all right."""

    def pick(options, **names):
        return draw(st.sampled_from(options)).format(**names)

    def a_pass(number, more="", returned="found"):
        relu = number == 4
        return LOOP.format(
            name=f"fix_{number}",
            more=more,
            linear=pick(LINEAR, a="activations[-1]", w="w[k]", b="b[k]"),
            g="relu(zs[-1])" if relu else pick(SIGMOIDS, z="zs[-1]"),
            delta=draw(st.sampled_from(DELTAS)),
            dw=pick(WEIGHTS, a="activations[k - 1]", d="delta"),
            db=pick(BIASES, d="delta"),
            down=pick(DOWN, w="w[k]", d="delta"),
            slope=draw(st.sampled_from(MASKS if relu else SLOPES)),
            returned=returned,
        )

    return {
        **{f"fix_{number}": a_pass(number) for number in (1, 2, 3, 4, 5, 7)},
        "fix_6": a_pass(6, ", rate", draw(st.sampled_from(STEPS))),
        "fix_8": draw(st.sampled_from(ADDED)),
    }
