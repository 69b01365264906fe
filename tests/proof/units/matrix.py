"""Unit 03: what its proof knows of its reference solutions."""

from hypothesis import strategies as st

EQUIVALENT = {
    # addition of arrays commutes, and so does the product of two numbers or arrays
    "forward:3: operands swapped": 1,
    "forward:5: operands swapped": 1,
    "output_delta:3: operands swapped": 1,
    "hidden_delta:3: operands swapped": 1,
    "update:5: operands swapped": 4,
    "backward_rows:3: operands swapped": 1,
    "backward_rows:5: operands swapped": 1,
    "backward_rows:6: operands swapped": 1,
    "backward_rows:7: operands swapped": 1,
    # a square does not see the sign of what is squared
    "cost:3: operands swapped": 1,
    # the transpose of a vector is itself, and δ @ W is what Wᵀ @ δ is
    "backward:5: args 0 and 1 swapped": 1,
}
"""Mechanical mutants that are the same function -> how many there are of each."""

AT_LEAST = 700
"""How many mutants change the result, at the least."""

COSTS = [
    ("missing-activation-derivative", {"hidden_delta": 0, "backward": 5, "backward_rows": 3}),
    ("missing-output-derivative", {"output_delta": 0, "backward": 5, "backward_rows": 3}),
    ("preactivation-for-activation", {"backward": 4, "backward_rows": 3}),
    ("bias-missing", {"forward": 2.25, "update": 1, "backward_rows": 2}),
    ("inputs-mutated", {"output_delta": 1.5, "hidden_delta": 1.5, "update": 1}),
    ("mean-over-classes", {"cost": 0, "backward": 6}),
]
"""Planted mistakes -> what is still earned of each task: a mistake costs points once."""

REWRITINGS = 80
"""How many drawn rewritings of the unit's solutions are tried."""

SIGMOIDS = (
    "sigmoid({z})",
    "1 / (1 + np.exp(-{z}))",
    "1.0 / (np.exp(-{z}) + 1.0)",
    "0.5 * (1 + np.tanh({z} / 2))",
    "np.exp(-np.logaddexp(0, -{z}))",
    "np.array([1 / (1 + np.exp(-v)) for v in {z}])",
)
LINEAR = (
    "{W} @ {a} + {b}",
    "{b} + np.dot({W}, {a})",
    "np.einsum('ji,i->j', {W}, {a}) + {b}",
    "np.array([sum(w * v for w, v in zip(row, {a})) + c for row, c in zip({W}, {b})])",
    "({W} * {a}).sum(axis=1) + {b}",
    "({W} @ {a}[:, None])[:, 0] + {b}",
)
ROW_LINEAR = (
    "{a} @ {w} + {b}",
    "{w}.T @ {a} + {b}",
    "np.einsum('i,ij->j', {a}, {w}) + {b}",
    "({a}[None, :] @ {w})[0] + {b}",
    "({w} * {a}[:, None]).sum(axis=0) + {b}",
)
COSTS_OF = (
    "np.sum((a2 - t) ** 2) / 2",
    "0.5 * np.linalg.norm(a2 - t) ** 2",
    "(a2 - t) @ (a2 - t) / 2",
    "float(np.dot(t - a2, t - a2)) * 0.5",
    "sum((a - b) ** 2 for a, b in zip(a2, t)) / 2",
)
SLOPES = (
    "sigmoid_prime({z})",
    "{s} * (1 - {s})",
    "({s} - {s} ** 2)",
    "1 / (2 + np.exp({z}) + np.exp(-{z}))",
    "np.exp(-np.abs({z})) / (1 + np.exp(-np.abs({z}))) ** 2",
)
ERRORS = (
    "({a} - {t}) * {e}",
    "-({t} - {a}) * {e}",
    "{e} * np.subtract({a}, {t})",
    "np.diag({e}) @ ({a} - {t})",
)
BACK = (
    "{W}.T @ delta2",
    "delta2 @ {W}",
    "np.dot(delta2, {W})",
    "np.einsum('kj,k->j', {W}, delta2)",
    "({W} * delta2[:, None]).sum(axis=0)",
)
OUTER = (
    "np.outer({d}, {a})",
    "{d}[:, None] * {a}",
    "{d}.reshape(-1, 1) @ np.asarray({a}).reshape(1, -1)",
    "np.einsum('j,i->ji', {d}, {a})",
    "np.outer({a}, {d}).T",
    "[[u * v for v in {a}] for u in {d}]",
)
STEPS = (
    "[v - rate * np.asarray(g) for v, g in zip(parameters, gradients)]",
    "tuple(np.subtract(v, np.multiply(rate, g)) for v, g in zip(parameters, gradients))",
    "[(v - rate * np.asarray(g)).tolist() for v, g in zip(parameters, gradients)]",
    "tuple(v + (-rate) * g for v, g in zip(parameters, gradients))",
)
SIDE_SHOWS = (
    "",
    "print('here')",
    "import sys; print('careful', file=sys.stderr)",
    "import warnings; warnings.warn('careful')",
)
BRACKETS = (("(", ")"), ("[", "]"))


@st.composite
def rewritten(draw):
    """Draw sources of the unit's seven functions, all right."""

    def pick(options, **names):
        return draw(st.sampled_from(options)).format(**names)

    opened, closed = draw(st.sampled_from(BRACKETS))
    extra = draw(st.sampled_from(("", ", verbose=False", ", *, eps=1e-12")))
    through_functions = draw(st.booleans())
    output_slope, hidden_slope = (pick(SLOPES, s="s", z=z) for z in ("z2", "z1"))
    forward = f"""\
def forward(a0, W1, b1, W2, b2{extra}):
    z1 = {pick(LINEAR, W="W1", a="a0", b="b1")}
    {draw(st.sampled_from(SIDE_SHOWS))}
    a1 = {pick(SIGMOIDS, z="z1")}
    z2 = {pick(LINEAR, W="W2", a="a1", b="b2")}
    a2 = {pick(SIGMOIDS, z="z2")}
    return {opened}z1, a1, z2, a2{closed}
"""
    cost = f"def cost(a2, t{extra}):\n    return {pick(COSTS_OF)}\n"
    output_delta = f"""\
def output_delta(a2, t, z2{extra}):
    s = {pick((*SIGMOIDS, "a2"), z="z2")}
    return {pick(ERRORS, a="a2", t="t", e=output_slope)}
"""
    hidden_delta = f"""\
def hidden_delta(W2, delta2, z1{extra}):
    s = {pick(SIGMOIDS, z="z1")}
    {draw(st.sampled_from(SIDE_SHOWS))}
    return ({pick(BACK, W="W2")}) * ({hidden_slope})
"""
    own = (
        pick(ERRORS, a="a2", t="t", e=pick(SLOPES, s="a2", z="z2")),
        f"({pick(BACK, W='W2')}) * ({pick(SLOPES, s='a1', z='z1')})",
    )
    called = "output_delta(a2, t, z2)", "hidden_delta(W2, delta2, z1)"
    delta2, delta1 = called if through_functions else own
    backward = f"""\
def backward(a0, t, W1, b1, W2, b2{extra}):
    z1, a1, z2, a2 = forward(a0, W1, b1, W2, b2)
    delta2 = {delta2}
    delta1 = {delta1}
    dW1 = {pick(OUTER, d="delta1", a="a0")}
    dW2 = {pick(OUTER, d="delta2", a="a1")}
    return {opened}dW1, delta1, dW2, delta2{closed}
"""
    update = f"def update(parameters, gradients, rate{extra}):\n    return {pick(STEPS)}\n"
    if draw(st.booleans()):
        rows = """\
    dW1, db1, dW2, db2 = backward(x, y, w1.T, b1, w2.T, b2)
    return np.transpose(dW1), db1, np.transpose(dW2), db2
"""
    else:
        rows = f"""\
    z1 = {pick(ROW_LINEAR, w="w1", a="x", b="b1")}
    a1 = {pick(SIGMOIDS, z="z1")}
    z2 = {pick(ROW_LINEAR, w="w2", a="a1", b="b2")}
    a2 = {pick(SIGMOIDS, z="z2")}
    delta2 = {pick(ERRORS, a="a2", t="y", e=pick(SLOPES, s="a2", z="z2"))}
    delta1 = ({pick(BACK, W="w2.T")}) * ({pick(SLOPES, s="a1", z="z1")})
    dw1 = {pick(OUTER, d="x", a="delta1")}
    dw2 = {pick(OUTER, d="a1", a="delta2")}
    return {opened}dw1, delta1, dw2, delta2{closed}
"""
    return {
        "forward": forward,
        "cost": cost,
        "output_delta": output_delta,
        "hidden_delta": hidden_delta,
        "backward": backward,
        "update": update,
        "backward_rows": f"def backward_rows(x, y, w1, b1, w2, b2{extra}):\n{rows}",
    }
